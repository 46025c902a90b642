"""Who sits at the table of a meeting, who is missing there, and who could stand in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from accounts.enums import Role
from accounts.models import Person
from meetings.enums import MeetingState
from meetings.models import Meeting
from partnerships.enums import MemberRole, Perspective, SignUpState
from partnerships.models import Group, GroupSeat, Member, Membership, Organisation, SignUp
from partnerships.models.expectations import Lacking, Missing
from partnerships.queries.organisations import members_today

# Who speaks for a member at a meeting of the whole partnership.
SPEAKS = (Role.MANAGER, Role.COORDINATOR)
STANDS_IN = (Role.MANAGER, Role.COORDINATOR, Role.CONTACT, Role.PRACTICE_TRAINER, Role.TEACHER)
# From here on an employer of a call is one of those with whom it begins.
PLEDGED = (SignUpState.PLEDGED, SignUpState.SIGNED, SignUpState.STARTED)
MOST_STAND_INS = 3
MOST_TO_ADOPT = 3


@dataclass(frozen=True)
class Asked:
    """Someone to be asked to a meeting, in whose name and with which voice."""

    person: Person
    organisation: Organisation | None
    seat: GroupSeat | None = None
    perspective: str = Perspective.DELEGATE
    is_observer: bool = False


def at_table(meeting: Meeting) -> list[Asked]:
    """Whom a meeting asks: who sits in the group, or else who speaks for each member of the partnership.

    To the kick-off of a call also the employers that pledged.
    """
    if meeting.group is not None:
        seats = GroupSeat.objects.held().filter(group=meeting.group).for_list()
        return [
            Asked(seat.person, seat.organisation, seat, seat.perspective, seat.is_observer) for seat in seats
        ]
    members = {member.organisation_id: member for member in members_today(meeting.partnership_id)}
    roles = Membership.objects.working().filter(organisation__in=list(members), role__in=SPEAKS)
    rows = roles.select_related("person__user", "organisation").order_by(
        "organisation__name", "person__sort_name", "pk"
    )
    found: dict[int, Asked] = {}
    for row in rows:
        observes = members[row.organisation_id].role == MemberRole.OBSERVER
        found.setdefault(row.person_id, Asked(row.person, row.organisation, is_observer=observes))
    for one in _pledged(meeting.call_id):
        found.setdefault(one.person.pk, one)
    return list(found.values())


def _pledged(call_id: int | None) -> list[Asked]:
    """Who signed up for a call and got as far as a pledge; none without a call."""
    if call_id is None:
        return []
    rows = SignUp.objects.confirmed().filter(call=call_id, state__in=PLEDGED, contact__isnull=False)
    found = rows.select_related("contact__user", "organisation").order_by("organisation_name", "pk")
    return [Asked(row.contact, row.organisation) for row in found if row.contact is not None]


def kick_off_of(call_id: int | None) -> Meeting | None:
    """The kick-off of a call that was not called off, if there is one."""
    rows = Meeting.objects.filter(call=call_id).exclude(state=MeetingState.CANCELLED)
    return rows.order_by("pk").first() if call_id else None


def missing_at(group: Group) -> Missing:
    """Which members and voices are not at the table of a group, as `Group.missing` counts; the group is read anew."""
    fresh = Group.objects.with_expected().get(pk=group.pk)
    seats = list(GroupSeat.objects.running().filter(group=group).with_held())
    return fresh.missing(members_today(group.partnership_id), seats)


@dataclass(frozen=True)
class Gap:
    """An organisation whose delegate does not come, or that has none, and who there could stand in."""

    organisation: str
    people: Sequence[Person]


def gaps(meeting: Meeting, names: Collection[str], asked: Collection[int]) -> list[Gap]:
    """These organisations of the partnership, each with a few people who could come for it and are not asked already.

    One query, whatever the number.
    """
    members = Member.objects.running().filter(
        partnership=meeting.partnership_id, organisation__name__in=names
    )
    roles = (
        Membership.objects.working()
        .filter(organisation__in=members.values("organisation"), role__in=STANDS_IN)
        .exclude(person__in=asked)
        .select_related("person__user", "organisation")
        .order_by("organisation__name", "person__sort_name", "pk")
    )
    people: dict[str, dict[int, Person]] = {name: {} for name in names}
    for row in roles:
        people[row.organisation.name][row.person_id] = row.person
    return [Gap(name, list(found.values())[:MOST_STAND_INS]) for name, found in people.items()]


def absent_at(meeting: Meeting) -> Missing:
    """Which organisations and voices were expected at a meeting and were not there, or too few, by who was ticked off."""
    there = meeting.attendances.filter(was_present=True)
    members = list(members_today(meeting.partnership_id))
    if meeting.group is None:
        came = set(there.values_list("organisation", flat=True))
        lacking = [
            one for one in members if one.role != MemberRole.OBSERVER and one.organisation_id not in came
        ]
        return Missing([Lacking(one.organisation.name, 1, one.organisation_id) for one in lacking], [])
    group = Group.objects.with_expected().get(pk=meeting.group.pk)
    seats = GroupSeat.objects.running().filter(group=group, person__in=there.values("person"))
    return group.missing(members, list(seats.with_held()))


def to_adopt(meeting: Meeting) -> list[Meeting]:
    """Reports of earlier meetings of the same table that went out and were adopted nowhere, the oldest first."""
    rows = Meeting.objects.filter(
        partnership=meeting.partnership_id, group=meeting.group_id, state=MeetingState.CLOSED
    )
    earlier = rows.filter(starts_at__lt=meeting.starts_at, adoption__isnull=True)
    return list(earlier.order_by("-starts_at", "-pk")[:MOST_TO_ADOPT])[::-1]
