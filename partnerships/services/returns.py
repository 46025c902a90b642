"""Within two weeks an end is taken back, with what ended by it: of roles, members, seats, groups, calls, locations …"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise

from accounts.mail import letters
from core import endings, states, versions
from core.access import ensure
from core.models import StateChange
from core.states import TakenBack
from partnerships.actors import Actor
from partnerships.models import (
    Affiliation,
    Call,
    Group,
    GroupSeat,
    Location,
    Mandate,
    Member,
    Membership,
    Partnership,
)
from partnerships.rules import memberships as rules
from partnerships.rules.affiliations import can_take_back as can_take_back_affiliation
from partnerships.rules.groups import can_seat, has_room
from partnerships.rules.members import rests_on_two_yeses
from partnerships.rules.partnerships import can_coordinate, can_write
from partnerships.services import mandates
from partnerships.services.locks import (
    affiliation_under_lock,
    call_under_lock,
    group_under_lock,
    member_under_lock,
    partnership_under_lock,
    reopening_under_lock,
    role_under_lock,
)
from partnerships.signals import (
    location_reopened,
    member_restored,
    membership_restored,
    membership_started,
    partnership_reopened,
)


@transaction.atomic
def role(*, membership_id: int, by: Actor, read: str | None) -> list[str | Promise]:
    """Let an ended role go on, with the mandates that ended with it; whoever was mailed about it hears of this.

    What others took over comes back too, but for what was changed meanwhile: that is given, in sentences.
    Done before by the same person it is done, unless there is an earlier end that was on the page as well. Raises
    ValidationError when it is too late or the role runs anew.
    """
    membership = role_under_lock(membership_id)
    act = endings.last_end(membership)
    is_old = act is None or read != versions.of(membership)
    if endings.was_taken_back(membership, by=by.person_id) and is_old:
        return []
    ensure(rules.can_take_back(by, membership, act))
    versions.ensure(read, membership)
    back = _taken_back(membership, act, by)
    assert act is not None  # noqa: S101  the rule refuses None
    for ended in states.caused(act, Mandate):
        mandate = membership.mandates.select_related("membership__organisation").get(pk=ended.object_id)
        mandates.bring_back(mandate=mandate, act=ended, undo=back.change)
    membership_started.send(sender=Membership, membership=membership)
    answers = membership_restored.send(sender=Membership, membership=membership, act=act, undo=back.change)
    return [sentence for _receiver, lost in answers for sentence in lost or ()]


@transaction.atomic
def member(*, member_id: int, by: Actor, read: str | None) -> list[str | Promise]:
    """Let an organisation that left a partnership take part again, as long as both said yes; gives what stays away."""
    row = member_under_lock(member_id)
    ensure(can_coordinate(by, row.partnership))
    if endings.was_taken_back(row, by=by.person_id):
        return []
    act = endings.last_end(row)
    versions.ensure(read, row)
    ensure(rests_on_two_yeses(row))
    back = _taken_back(row, act, by)
    answers = member_restored.send(sender=Member, member=row, by=by, act=act, undo=back.change)
    return [sentence for _receiver, lost in answers for sentence in lost or ()]


@transaction.atomic
def seat(*, group_id: int, public_id: UUID | str, by: Actor, read: str | None) -> GroupSeat:
    """Let someone sit in a group again, when there is room."""
    group = group_under_lock(group_id)
    ensure(can_seat(by, group))
    row = group.seats.select_related("person").get(public_id=public_id)
    if not endings.was_taken_back(row, by=by.person_id):
        versions.ensure(read, row)
        ensure(has_room(group, group.seats.running(), row))
        _taken_back(row, endings.last_end(row), by)
    return row


@transaction.atomic
def affiliation(*, affiliation_id: int, by: Actor, read: str | None) -> Affiliation:
    """Let someone take part again: a seat that rests on it opens papers as it did."""
    row = affiliation_under_lock(affiliation_id)
    if not endings.was_taken_back(row, by=by.person_id):
        act = endings.last_end(row)
        ensure(can_take_back_affiliation(by, row, act))
        versions.ensure(read, row)
        _taken_back(row, act, by)
    return row


@transaction.atomic
def group(*, group_id: int, by: Actor, read: str | None) -> Group:
    """Let a closed group go on: who sits there reads its papers again."""
    row = group_under_lock(group_id)
    ensure(can_coordinate(by, row.partnership))
    if not endings.was_taken_back(row, by=by.person_id):
        versions.ensure(read, row)
        _taken_back(row, endings.last_end(row), by)
    return row


@transaction.atomic
def call(*, call_id: int, act_id: int, by: Actor) -> Call:
    """Let employers answer a closed call again; `act_id` is the closing that was on the page."""
    row = call_under_lock(call_id)
    ensure(can_write(by, row.partnership))
    act = states.act_read(row, act_id, by=by.person_id)
    if act is not None:
        states.take_back(row, act, by=by.person_id, closed_on=None)
    return row


@transaction.atomic
def partnership(*, partnership_id: int, by: Actor, read: str | None) -> list[str | Promise]:
    """Let a closed partnership go on, with the places that were offered there; gives what did not come back, and why."""
    row = partnership_under_lock(partnership_id)
    ensure(can_coordinate(by, row))
    if endings.was_taken_back(row, by=by.person_id):
        return []
    versions.ensure(read, row)
    act = endings.last_end(row)
    back = _taken_back(row, act, by)
    answers = partnership_reopened.send(sender=Partnership, partnership=row, by=by, act=act, undo=back.change)
    return [sentence for _receiver, lost in answers for sentence in lost or ()]


@transaction.atomic
def location(*, location_id: int, by: Actor, read: str | None) -> list[str | Promise]:
    """Let a closed location go on, with the places that were offered there; gives what did not come back, and why.

    Under the locks of the partnerships that its organisation is in too: one that closes at this moment would not see
    the places that come online there.
    """
    row = reopening_under_lock(location_id)
    if endings.was_taken_back(row, by=by.person_id):
        return []
    act = endings.last_end(row)
    ensure(rules.can_reopen_location(by, row, act))
    versions.ensure(read, row)
    back = _taken_back(row, act, by)
    answers = location_reopened.send(sender=Location, location=row, by=by, act=act, undo=back.change)
    return [sentence for _receiver, lost in answers for sentence in lost or ()]


def _taken_back(
    row: Membership | Member | GroupSeat | Affiliation | Group | Partnership | Location,
    act: StateChange | None,
    by: Actor,
) -> TakenBack:
    verdict = endings.permits_take_back(row, act)
    if act is None or not verdict:
        raise ValidationError(str(verdict.reason))
    back = endings.take_back(row, act, by=by.person_id)
    letters.taken_back(back.mailed, by=str(back.change.by))
    return back
