"""Matches: proposed by the school's side, answered by the employer, then by the student."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.states import advance
from partnerships.actors import Actor
from placements.enums import OPEN_MATCH, SlotState
from placements.mail import matches as mail
from placements.mail import notices
from placements.mail.matches import Cause
from placements.models import Match, Placement, Slot
from placements.queries.placed import has_ordinary_place
from placements.queries.seats import lowest_free_seat, period_of
from placements.services import locks, placements
from students.enums import EnrolmentState
from students.models import Enrolment


class SlotFull(ValidationError):
    """Nobody did anything wrong: the last place has gone to someone else."""


def full() -> SlotFull:
    return SlotFull(_("All places here have been given away."), code="full")


@transaction.atomic
def propose(*, slot_id: int, enrolment_id: int, reason: str, by: Actor) -> Match:
    """Propose a student for a slot and ask the employer. It takes no seat."""
    slot = locks.slot(slot_id)
    enrolment = Enrolment.objects.select_related("student", "cohort__programme__school").get(pk=enrolment_id)
    _check_proposal(slot, enrolment)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Give the reason.")})
    try:
        with transaction.atomic():
            match = Match.objects.create(
                slot=slot, enrolment=enrolment, reason=reason, proposed_by_id=by.user_id
            )
    except IntegrityError as error:
        raise ValidationError(_("This student is already proposed for this place.")) from error
    mail.employer_match_proposed(match, notices.employer(match.slot))
    return match


def _check_proposal(slot: Slot, enrolment: Enrolment) -> None:
    if slot.state != SlotState.ONLINE or slot.is_over:
        raise ValidationError(_("This place is not online any more."))
    if enrolment.state != EnrolmentState.ENROLLED:
        raise ValidationError(_("This student is not enrolled now."))
    starts_on, ends_on = period_of(slot, enrolment)
    if starts_on >= ends_on:
        raise ValidationError(_("The period of this place does not fit the programme of this student."))
    if has_ordinary_place(enrolment.student_id, starts_on, ends_on):
        raise ValidationError(_("This student already has a place in this period."))
    if lowest_free_seat(slot_id=slot.pk, seats=slot.seats, starts_on=starts_on, ends_on=ends_on) is None:
        raise full()


@transaction.atomic
def employer_answer(*, match_id: int, yes: bool, reason: str, by: Actor) -> Match:
    """The employer's answer: after a yes the student is asked, after a no the proposer is told."""
    match = locks.match(match_id)
    if not yes:
        _decline(match, reason=reason, by=by)
        mail.proposer_match_declined(match, notices.proposer(match), party="employer")
        return match
    starts_on, ends_on = period_of(match.slot, match.enrolment)
    if match.state in OPEN_MATCH and (
        lowest_free_seat(slot_id=match.slot_id, seats=match.slot.seats, starts_on=starts_on, ends_on=ends_on)
        is None
    ):
        raise ValidationError(
            _("All places here have been given away. Add a place first, or say no."), code="full"
        )
    now: datetime = timezone.now()
    advance(match, "employer_yes", by=by.user_id, reason=reason, employer_agreed_at=now, asked_at=now)
    mail.student_match_agreed(match)
    return match


@transaction.atomic
def student_answer(*, match_id: int, yes: bool, reason: str, by: Actor) -> Placement | None:
    """The student's answer; a yes makes the placement, a full slot leaves everything as it was."""
    if yes:
        return placements.place(match_id=match_id, by=by)
    match = locks.match(match_id)
    if match.employer_agreed_at is None:
        raise ValidationError(_("The employer answers first."))
    _decline(match, reason=reason, by=by)
    mail.proposer_match_declined(match, notices.proposer(match), party="student")
    mail.employer_match_declined(match, notices.employer(match.slot))
    return None


def _decline(match: Match, *, reason: str, by: Actor) -> None:
    advance(match, "decline", by=by.user_id, reason=reason, answer_reason=reason.strip()[:300])


@transaction.atomic
def withdraw(*, match_id: int, reason: str, by: Actor) -> Match:
    """The school's side takes the proposal back; whoever knew of it is told."""
    match = locks.match(match_id)
    advance(match, "withdraw", by=by.user_id, reason=reason, answer_reason=reason.strip()[:300])
    notices.match_withdrawn(match, cause=Cause.WITHDRAWN, tell={"employer", "student"})
    return match


@transaction.atomic
def expire(*, match_id: int) -> bool:
    """Close one such match; whoever was waiting for an answer is told."""
    match = locks.match(match_id)
    if match.state not in OPEN_MATCH:
        return False
    advance(match, "expire", by=None)
    notices.match_withdrawn(match, cause=Cause.EXPIRED, tell={"employer", "student", "proposer"})
    return True
