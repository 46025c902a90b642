"""Who is written to: everyone who speaks for a member, the people of a group, or the employers of a call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Person
from core.lookups import keys_of
from partnerships.enums import SignUpState
from partnerships.models import Call, Group, GroupSeat, Member, Membership, Partnership, SignUp
from partnerships.roles import HEARS_FOR_A_MEMBER


@dataclass(frozen=True)
class Audience:
    """To whom a letter goes: a group, the employers of a call, or without either all members."""

    partnership: Partnership
    group: Group | None = None
    call: Call | None = None


@dataclass(frozen=True)
class Recipient:
    """Someone who gets it, and for which organisation."""

    person: Person
    organisation: str


def recipients(audience: Audience, *, writer: int) -> list[Recipient]:
    """Everyone who can be mailed, each person once and the writer not, by organisation and name; one query."""
    if audience.group is not None:
        found: Iterable[Recipient] = _in_group(audience.group)
    elif audience.call is not None:
        found = _of_call(audience.call)
    else:
        found = _of_members(audience.partnership)
    once = {one.person.pk: one for one in reversed([*found]) if one.person.is_reachable}
    once.pop(writer, None)
    return sorted(
        once.values(), key=lambda one: (one.organisation.lower(), one.person.sort_name, one.person.pk)
    )


def _of_members(partnership: Partnership) -> list[Recipient]:
    members = Member.objects.running().filter(partnership=partnership)
    rows = Membership.objects.working().filter(
        organisation__in=keys_of(members, "organisation"), role__in=HEARS_FOR_A_MEMBER
    )
    rows = rows.select_related("person__user", "organisation").order_by("organisation__name", "pk")
    return [Recipient(row.person, row.organisation.name) for row in rows]


def _in_group(group: Group) -> list[Recipient]:
    seats = GroupSeat.objects.giving_papers().filter(group=group).for_list()
    return [Recipient(seat.person, seat.organisation.name if seat.organisation else "") for seat in seats]


def _of_call(call: Call) -> list[Recipient]:
    rows = SignUp.objects.confirmed().filter(call=call, contact__isnull=False)
    rows = rows.exclude(state=SignUpState.DROPPED_OUT).select_related("contact__user").order_by("pk")
    return [Recipient(row.contact, row.organisation_name) for row in rows if row.contact is not None]


def edition_of(found: Iterable[Recipient]) -> str:
    """What a page showed of who gets a letter, to be sent along with it."""
    return ".".join(str(one.person.pk) for one in found)


def unheard(partnership: Partnership, found: Iterable[Recipient]) -> list[str]:
    """Members where nobody gets what goes to all of them, by name."""
    heard = {one.organisation for one in found}
    members = Member.objects.running().filter(partnership=partnership)
    names = members.order_by("organisation__name", "pk").values_list("organisation__name", flat=True)
    return [name for name in names if name not in heard]
