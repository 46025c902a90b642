"""Placements: the seat is taken here and nowhere else."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.models import StateChange
from core.periods import is_over
from core.states import advance, take_back
from partnerships.actors import Actor
from placements.enums import OPEN_MATCH, Cause, MatchState, PlacementKind, PlacementState
from placements.mail import placements as mail
from placements.mail.matches import parties_match_withdrawn
from placements.models import Match, Placement, Slot, Supervisor
from placements.models.placements import HAS_PLACE_THEN
from placements.queries.placed import has_ordinary_place
from placements.queries.seats import free_seats, is_full_for, lowest_free_seat, period_of
from placements.rules.matches import can_answer_as_student
from placements.rules.placements import can_change_supervisor
from placements.rules.slots import takes_students
from placements.services import locks
from placements.services.closing import close_full
from placements.signals import (
    placement_broken_off,
    placement_completed,
    placement_confirmed,
    placement_restored,
)
from students.enums import AccessScope
from students.services import access


class SlotFull(ValidationError):
    """Refused because the last seat went to someone else meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("All places here have been given away."), code="full")


@transaction.atomic
def place(*, match_id: int, by: Actor) -> Placement:
    """The student's yes: give the lowest free seat, open access to the plan, tell everyone. Gives the placement.

    The agreement follows by the signal `placement_confirmed`. Enrolment, student, slot and matches are locked in that
    order (`locks`). The lock on the slot makes the seat certain; the exclusion constraints stand behind it.
    """
    known = Match.objects.values("slot_id", "enrolment_id", "enrolment__student_id").get(pk=match_id)
    locks.enrolment(known["enrolment_id"])
    student = locks.student(known["enrolment__student_id"])
    slot = locks.slot(known["slot_id"])
    concerned = Q(enrolment__student=student) | Q(slot=slot)
    waiting = Match.objects.open().filter(concerned).values_list("pk", flat=True)
    matches = {match.pk: match for match in locks.matches({match_id, *waiting})}
    match = matches.pop(match_id)
    if match.state == MatchState.EXPIRED and is_full_for(match):
        raise SlotFull  # someone else's yes closed it while this one was on its way
    ensure(can_answer_as_student(by, match))
    act = advance(match, "student_yes", by=by.person_id)
    placement = _take_seat(slot, match)
    own = [other for other in matches.values() if other.enrolment.student_id == student.pk]
    for other in own:
        if _overlaps(other, placement):
            _withdraw_other(other, by=by)
    close_full(matches=[other for other in matches.values() if other not in own], cause=act)
    _open_access(placement)
    placement_confirmed.send(Placement, placement=placement, by=by)
    mail.parties_placement_confirmed(placement)
    return placement


def _take_seat(slot: Slot, match: Match) -> Placement:
    ensure(takes_students(slot))
    starts_on, ends_on = period_of(slot, match.enrolment)
    if starts_on >= ends_on:
        raise ValidationError(_("The period of this place is over."))
    student_id = match.enrolment.student_id
    if has_ordinary_place(student_id, starts_on, ends_on):
        raise ValidationError(_("You already have a place in this period."), code="placed")
    seat_no = lowest_free_seat(slot_id=slot.pk, seats=slot.seats, starts_on=starts_on, ends_on=ends_on)
    if seat_no is None:
        raise SlotFull
    placement = Placement(
        match=match,
        slot=slot,
        seat_no=seat_no,
        enrolment=match.enrolment,
        student_id=student_id,
        supervisor=slot.supervisor,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with explained(placement):  # the lock keeps this from happening; the constraint is for writers without it
        placement.save()
    return placement


def _overlaps(match: Match, placement: Placement) -> bool:
    starts_on, ends_on = period_of(match.slot, match.enrolment)
    return match.state in OPEN_MATCH and starts_on <= placement.ends_on and ends_on >= placement.starts_on


def _withdraw_other(match: Match, *, by: Actor) -> None:
    cause = Cause.PLACED_ELSEWHERE
    act = advance(match, "withdraw", by=by.person_id, reason=str(cause.label), close_cause=cause)
    parties_match_withdrawn(match, cause=cause, tell={"employer", "student", "proposer"}, about=act)


def _open_access(placement: Placement) -> None:
    """The employer, and the supervisor once known as a person, may see the goals while the placement runs."""
    _open_access_for(placement, membership_id=None)
    if placement.supervisor and placement.supervisor.membership_id:
        _open_access_for(placement, membership_id=placement.supervisor.membership_id)


def _open_access_for(placement: Placement, *, membership_id: int | None) -> None:
    is_exchange = placement.kind == PlacementKind.EXCHANGE
    held = access.open(
        enrolment_id=placement.enrolment_id,
        organisation_id=placement.slot.organisation_id,
        membership_id=membership_id,
        scope=AccessScope.EXCHANGE if is_exchange else AccessScope.PLAN,
        starts_on=max(today(), placement.starts_on) if membership_id else today(),
        ends_on=placement.ends_on,
        reason=str(_("placement")),
    )
    if is_exchange:
        held.goals.set(placement.goals.all())


@transaction.atomic
def break_off(*, placement_id: int, reason: str, by: Actor, cause: StateChange | None = None) -> Placement:
    """End a placement early: the seat comes free, access closes, all are told. The agreement ends by the signal.

    `cause` is the change it follows from, when the student left.
    """
    placement = _locked(placement_id)
    act = advance(
        placement,
        "break_off",
        by=by.person_id,
        reason=reason,
        cause=cause,
        subject=placement.student.public_id,
    )
    access.close(
        enrolment_id=placement.enrolment_id, organisation_id=placement.slot.organisation_id, on=today()
    )
    placement_broken_off.send(Placement, placement=placement, reason=reason, by=by, cause=act)
    mail.parties_placement_broken_off(placement, act)
    return placement


@transaction.atomic
def take_back_break_off(*, act: StateChange, by: Actor, cause: StateChange | None = None) -> Placement:
    """The placement goes on after all, on its own seat or another free one; who was told hears of it.

    `cause` takes back what `act` followed from. Refused when every seat, or the student, is taken in the period.
    """
    known = Placement.objects.values("enrolment_id", "student_id", "slot_id").get(pk=act.object_id)
    locks.enrolment(known["enrolment_id"])
    locks.student(known["student_id"])
    slot = locks.slot(known["slot_id"])
    placement = _locked(int(act.object_id))
    starts_on, ends_on = placement.starts_on, placement.ends_on
    if placement.kind == PlacementKind.ORDINARY and has_ordinary_place(
        placement.student_id, starts_on, ends_on
    ):
        raise ValidationError(HAS_PLACE_THEN, code="placed")
    free = free_seats(slot_id=slot.pk, seats=slot.seats, starts_on=starts_on, ends_on=ends_on)
    if not free:
        raise SlotFull
    seat_no = placement.seat_no if placement.seat_no in free else free[0]
    back = take_back(placement, act, by=by.person_id, cause=cause, seat_no=seat_no)
    _open_access(placement)
    placement_restored.send(Placement, placement=placement, by=by, act=act, undo=back.change)
    letters.taken_back(back.mailed, by=str(back.change.by))
    return placement


@transaction.atomic
def change_supervisor(*, placement_id: int, supervisor: Supervisor | None, by: Actor) -> Placement:
    """Another supervisor guides the student: access closes for the former one and opens for the new one."""
    locks.enrolment(Placement.objects.values_list("enrolment_id", flat=True).get(pk=placement_id))
    placement = _locked(placement_id)
    ensure(can_change_supervisor(by, placement))
    if supervisor and supervisor.organisation_id != placement.slot.organisation_id:
        raise ValidationError(_("Choose a supervisor of the same employer."))
    former = placement.supervisor
    if former == supervisor:
        return placement
    placement.supervisor = supervisor
    placement.save(update_fields=["supervisor"])
    if former and former.membership_id:
        access.close(
            enrolment_id=placement.enrolment_id,
            organisation_id=placement.slot.organisation_id,
            membership_id=former.membership_id,
            on=today(),
        )
    if supervisor and supervisor.membership_id:
        _open_access_for(placement, membership_id=supervisor.membership_id)
    if supervisor:
        mail.supervisor_placement_assigned(placement)
    return placement


def _locked(placement_id: int) -> Placement:
    return (
        Placement.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "slot__organisation",
            "slot__location",
            "student__person__user",
            "supervisor__membership__person__user",
            "enrolment__cohort__programme__school",
        )
        .get(pk=placement_id)
    )


@transaction.atomic
def start(*, placement_id: int) -> bool:
    """Begin a placement whose first day has come; says whether it was due."""
    placement = _locked(placement_id)
    due = placement.state == PlacementState.CONFIRMED and placement.starts_on <= today()
    if due:
        advance(placement, "start", by=None)
    return due


@transaction.atomic
def complete(*, placement_id: int) -> bool:
    """Complete a placement whose last day has passed; says whether it was due."""
    placement = _locked(placement_id)
    due = placement.state == PlacementState.RUNNING and is_over(placement)
    if due:
        advance(placement, "complete", by=None)
        placement_completed.send(Placement, placement=placement)
    return due


@transaction.atomic
def link_supervisor(*, supervisor: Supervisor) -> None:
    """A supervisor got an account: open access to the goals of the students whom this supervisor guides."""
    for placement in (
        Placement.objects.live()
        .filter(supervisor=supervisor, ends_on__gte=today())
        .select_related("slot")
        .order_by("enrolment_id", "pk")
    ):
        _open_access_for(placement, membership_id=supervisor.membership_id)
