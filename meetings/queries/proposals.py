"""Where someone may propose an improvement, and to whom."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from core.lookups import keys_of
from meetings.models import ImprovementProposal, ProposalAdoption
from meetings.models.proposals import RECEIVES
from partnerships.actors import Actor
from partnerships.models import Affiliation, Member, Membership, Organisation, Partnership
from partnerships.models.affiliations import Studying
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.models.partnerships import PartnershipQuerySet


def proposes_in(actor: Actor) -> PartnershipQuerySet:
    """The partnerships in which someone studies or takes part otherwise than by a role at a member, by name."""
    studies = Studying.objects.running().filter(person=actor.person_id)
    takes_part = Affiliation.objects.running().filter(person=actor.person_id)
    found = Q(pk__in=keys_of(studies, "partnership")) | Q(pk__in=keys_of(takes_part, "partnership"))
    return Partnership.objects.running().filter(found).for_list()


def receiving(partnerships: PartnershipQuerySet) -> OrganisationQuerySet:
    """Their members at which someone can receive a proposal, by name."""
    takes_in = Membership.objects.working().filter(organisation=OuterRef("pk"), role__in=RECEIVES)
    members = Member.objects.running().filter(partnership__in=keys_of(partnerships, "pk"))
    found = Organisation.objects.filter(Exists(takes_in), pk__in=keys_of(members, "organisation"))
    return found.order_by("name", "pk")


def is_member(organisation: Organisation, partnership: Partnership) -> bool:
    """Whether an organisation takes part in the partnership today."""
    return Member.objects.running().filter(organisation=organisation, partnership=partnership).exists()


def beginning(organisations: Collection[int], proposal: ImprovementProposal) -> OrganisationQuerySet:
    """Those among them that have not begun with a proposal, by name."""
    begun = ProposalAdoption.objects.standing().filter(proposal=proposal)
    found = Organisation.objects.filter(pk__in=organisations).exclude(pk__in=keys_of(begun, "organisation"))
    return found.order_by("name", "pk")
