"""Who has a seat in a group, and who can still be given one."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery

from accounts.queries.delivery import undelivered
from core.lookups import keys_of
from partnerships.models import Affiliation, Group, GroupSeat, Member, Membership, Studying
from partnerships.models.affiliations import AffiliationQuerySet, StudyingQuerySet
from partnerships.models.memberships import MembershipQuerySet


def seats_of(group: Group) -> list[GroupSeat]:
    """The seats that run, each with why the mail of its invitation did not go."""
    seats = GroupSeat.objects.running().filter(group=group).with_held().for_list()
    return list(seats.annotate(undelivered=undelivered("invitation")))


def affiliates_to_seat(group: Group) -> AffiliationQuerySet:
    """The clients, carers and experts of the partnership who have no seat in the group."""
    running = Affiliation.objects.running().by_hand().filter(partnership=group.partnership_id)
    return running.exclude(person__in=group.seats.running().values("person")).for_list()


def students_to_seat(group: Group) -> StudyingQuerySet:
    """The students of the partnership who have no seat in the group."""
    running = Studying.objects.running().filter(partnership=group.partnership_id)
    return running.exclude(person__in=group.seats.running().values("person")).for_list()


def can_be_seated(group: Group) -> MembershipQuerySet:
    """People of the member organisations who have no seat in the group, once for each organisation they work for."""
    members = Member.objects.running().filter(partnership=group.partnership_id)
    first_roles = (
        Membership.objects.running()
        .filter(organisation__in=keys_of(members, "organisation"))
        .order_by("person_id", "organisation_id", "pk")
        .distinct("person_id", "organisation_id")
        .values("pk")
    )
    return (
        Membership.objects.filter(pk__in=ArraySubquery(first_roles))
        .exclude(person__in=group.seats.running().values("person"))
        .select_related("person", "organisation")
        .order_by("organisation__name", "person__sort_name", "pk")
    )
