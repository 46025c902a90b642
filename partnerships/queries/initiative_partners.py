"""Who takes part in an initiative and who wants to, and the people who speak for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.lookups import keys_of
from partnerships.models import Initiative, InitiativePartner, Member, Membership
from partnerships.models.organisations import OrganisationQuerySet
from partnerships.queries.organisations import members_of
from partnerships.queries.people import coordinators_of
from partnerships.roles import BRINGS_INITIATIVES


def can_be_invited(initiative: Initiative) -> OrganisationQuerySet:
    """Members of the partnership that neither take part nor wait for an answer, by name."""
    live = InitiativePartner.objects.live().filter(initiative=initiative, organisation=OuterRef("pk"))
    return members_of(initiative.partnership).filter(~Exists(live))


def speakers_of(organisation_id: int) -> PersonQuerySet:
    """The people who speak for an organisation in initiatives, by name."""
    roles = Membership.objects.working().filter(organisation=organisation_id, role__in=BRINGS_INITIATIVES)
    return Person.objects.filter(pk__in=keys_of(roles, "person")).order_by("last_name", "first_name", "pk")


def owners_for(initiative: Initiative) -> PersonQuerySet:
    """Who may own an initiative: people who speak for an organisation that takes part in it; and who owns it now."""
    joined = InitiativePartner.objects.joined().filter(initiative=initiative)
    roles = Membership.objects.working().filter(
        organisation__in=keys_of(joined, "organisation"), role__in=BRINGS_INITIATIVES
    )
    found = Person.objects.filter(Q(pk__in=keys_of(roles, "person")) | Q(pk=initiative.owner_id))
    return found.order_by("last_name", "first_name", "pk")


def inside_of(people: Collection[int], partnerships: Collection[int]) -> set[tuple[int, int]]:
    """Who of these people has a role at a member of which of these partnerships, by key. Two queries."""
    joined = Member.objects.running().filter(partnership__in=partnerships)
    members: dict[int, set[int]] = defaultdict(set)
    for organisation, partnership in joined.values_list("organisation", "partnership"):
        members[organisation].add(partnership)
    roles = Membership.objects.running().filter(person__in=people, organisation__in=list(members))
    pairs = set(roles.values_list("person", "organisation"))
    return {(person, partnership) for person, one in pairs for partnership in members[one]}


def leading(initiative: Initiative) -> list[Person]:
    """Who hears about an initiative: its owner with a role at a member, and the coordinators, each once."""
    found = {person.pk: person for person in coordinators_of(initiative.partnership_id)}
    if initiative.owner is not None and inside_of([initiative.owner.pk], [initiative.partnership_id]):
        found[initiative.owner.pk] = initiative.owner
    return [found[pk] for pk in sorted(found)]


def who_can_carry(initiative: Initiative, *known: int | None) -> PersonQuerySet:
    """Who may be asked to make a plan or reach a milestone: speakers of its partners, its owner, its coordinators.

    `known` are those who are named already, so that a form keeps them after they left.
    """
    leading_now = [person.pk for person in coordinators_of(initiative.partnership_id)]
    others = [pk for pk in (*known, *leading_now) if pk is not None]
    found = owners_for(initiative) | Person.objects.filter(pk__in=others)
    return found.order_by("last_name", "first_name", "pk")
