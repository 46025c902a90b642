"""Who can be given an action, and who can answer for an organisation."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.lookups import keys_of
from meetings.queries.tables import STANDS_IN
from partnerships.models import GroupSeat, Member, Membership


def can_own(partnership_id: int, group_id: int | None) -> PersonQuerySet:
    """People of the table: of a group its seats, and in any case who acts for a member of the partnership."""
    members = Member.objects.running().filter(partnership=partnership_id)
    roles = Membership.objects.working().filter(
        organisation__in=keys_of(members, "organisation"), role__in=STANDS_IN
    )
    seats = GroupSeat.objects.held().filter(group=group_id, is_observer=False)
    found = Q(pk__in=keys_of(roles, "person")) | Q(pk__in=keys_of(seats, "person"))
    return Person.objects.filter(found).select_related("user").order_by("sort_name", "pk")


def can_answer_for(organisation_id: int) -> PersonQuerySet:
    """Everyone with a role at an organisation and an account that works, by name: who can own a proposal to it."""
    roles = Membership.objects.working().filter(organisation=organisation_id)
    return (
        Person.objects.filter(pk__in=keys_of(roles, "person"))
        .select_related("user")
        .order_by("sort_name", "pk")
    )
