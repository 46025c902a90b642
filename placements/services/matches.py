"""Matches: proposed by the school's side, answered by the employer, then by the student."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from core.mail import Ask
from core.models import StateChange
from core.states import act_read, advance, is_repeat, take_back
from partnerships.actors import Actor
from placements.enums import OPEN_MATCH, Cause
from placements.mail import matches as mail
from placements.models import Match, Placement, Slot
from placements.models.placements import HAS_PLACE_THEN
from placements.queries.due import answer_by
from placements.queries.people import employers_of, parties_of_match, proposers_of
from placements.queries.placed import has_ordinary_place
from placements.queries.seats import Opening, ensure_offer, opening
from placements.rules import matches as rules
from placements.rules.slots import takes_proposals, takes_students
from placements.services import locks, placements
from placements.services.closing import close
from placements.services.placements import SlotFull
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.models import Enrolment
from students.queries.asks import of_cohort


@transaction.atomic
def propose(
    *, slot_id: int, enrolment_id: int, reason: str, by: Actor, read: str | None, tell: bool = True
) -> Match:
    """Propose a student for a slot and ask the employer. It takes no seat.

    Who does this for many tells the employer of all at once, without `tell`.
    """
    locks.enrolment(enrolment_id)
    slot = locks.slot(slot_id)
    enrolment = Enrolment.objects.select_related("student__person", "cohort__programme__school").get(
        pk=enrolment_id
    )
    ensure(rules.can_propose_in(by, Cohort.objects.for_page(by).get(pk=enrolment.cohort_id)))
    _check_proposal(slot, enrolment)
    versions.ensure(read, slot, enrolment)
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Give the reason.")})
    match = Match(
        slot=slot, enrolment=enrolment, reason=reason, proposed_by_id=by.person_id, answer_by=answer_by()
    )
    with explained(match):
        match.save()
    if tell:
        mail.employer_match_proposed(match, employers_of(slot))
    return match


def _check_proposal(slot: Slot, enrolment: Enrolment) -> None:
    ensure(takes_students(slot))
    ensure(takes_proposals(slot, Match.objects.open().filter(slot=slot).count()))
    ensure(rules.can_be_placed(enrolment))
    found = opening(slot, enrolment)
    if found.is_over:
        raise ValidationError(
            _("The period of this training place does not fit the programme of this student.")
        )
    if has_ordinary_place(enrolment.student_id, found.starts_on, found.ends_on):
        raise ValidationError(HAS_PLACE_THEN)
    if found.seat_no is None:
        raise SlotFull


@dataclass(frozen=True)
class Answered:
    """What whoever answers many reads once for all: a proposal under the locks of its place and its own, what the place
    has for the student, until when the student answers, and whom the student asks.
    """

    match: Match
    found: Opening
    until: dt.date
    ask: Sequence[Ask]

    @classmethod
    def alone(cls, match_id: int) -> Answered:
        """One proposal, for its own answer."""
        locks.slot(Match.objects.values_list("slot", flat=True).get(pk=match_id))
        match = locks.match(match_id)
        return cls(
            match, opening(match.slot, match.enrolment), answer_by(), of_cohort(match.enrolment.cohort_id)
        )


@transaction.atomic
def employer_answer(
    *, match_id: int, yes: bool, reason: str, by: Actor, read: str | None, among: Answered | None = None
) -> Match:
    """The employer's answer: after a yes the student is asked, after a no the proposer is told.

    `read` is the edition of the offer that was answered to (`seats.edition_of`). The same answer again changes nothing.
    Who answers many reads once what all need: `among`.
    """
    facts = among or Answered.alone(match_id)
    match = facts.match
    if is_repeat(match, "employer_yes" if yes else "decline", by=by.person_id):
        return match
    ensure(rules.can_answer_as_employer(by, match))
    ensure_offer(read, match, facts.found)
    if not yes:
        act = _decline(match, reason=reason, by=by)
        mail.proposer_match_declined(match, proposers_of(match), party="employer", about=act)
        return match
    if facts.found.seat_no is None:
        raise ValidationError(
            _("All training places here have been given away. Add a training place first, or say no."),
            code="full",
        )
    now = timezone.now()
    asked: dict[str, Any] = {"employer_agreed_at": now, "asked_at": now, "answer_by": facts.until}
    act = advance(match, "employer_yes", by=by.person_id, reason=reason, **asked)
    mail.student_match_agreed(match, about=act, ask=facts.ask)
    return match


@transaction.atomic
def student_answer(*, match_id: int, yes: bool, reason: str, by: Actor, read: str | None) -> Placement | None:
    """The student's answer; a yes makes the placement, a full slot leaves everything as it was.

    `read` is the edition of the offer that was answered to (`seats.edition_of`). The same answer again changes nothing.
    """
    known = Match.objects.values("slot_id", "enrolment_id", "enrolment__student_id").get(pk=match_id)
    locks.enrolment(known["enrolment_id"])
    locks.student(known["enrolment__student_id"])
    locks.slot(known["slot_id"])
    match = locks.match(match_id)
    if is_repeat(match, "student_yes" if yes else "decline", by=by.person_id):
        return Placement.objects.filter(match=match).first()
    if match.state in OPEN_MATCH:  # of one that is over the reason is the better answer
        ensure_offer(read, match)
    if yes:
        return placements.place(match_id=match_id, by=by)
    ensure(rules.can_answer_as_student(by, match))
    act = _decline(match, reason=reason, by=by)
    mail.proposer_match_declined(match, proposers_of(match), party="student", about=act)
    mail.employer_match_declined(match, employers_of(match.slot), about=act)
    return None


def _decline(match: Match, *, reason: str, by: Actor) -> StateChange:
    return advance(match, "decline", by=by.person_id, reason=reason, answer_reason=reason.strip()[:300])


@transaction.atomic
def withdraw(*, match_id: int, reason: str, by: Actor, read: str | None, tell: bool = True) -> Match:
    """The school's side takes the proposal back; whoever knew of it is told. Done again it changes nothing.

    Who does this for many tells the employer of all at once, without `tell`.
    """
    match = locks.match(match_id)
    if is_repeat(match, "withdraw", by=by.person_id):
        return match
    match.is_taught = Match.objects.with_taught(by).get(pk=match.pk).is_taught
    ensure(rules.can_withdraw_match(by, match))
    versions.ensure(read, match)
    said: dict[str, Any] = {"answer_reason": reason.strip()[:300], "close_cause": Cause.WITHDRAWN}
    act = advance(match, "withdraw", by=by.person_id, reason=reason, **said)
    readers: set[mail.Reader] = {"employer", "student"} if tell else {"student"}
    mail.parties_match_withdrawn(match, cause=Cause.WITHDRAWN, tell=readers, about=act)
    return match


@transaction.atomic
def expire(*, match_id: int, cause: StateChange | None = None) -> bool:
    """Close an open match whose slot or enrolment is over, and tell whoever was waiting; says whether it was open.

    `cause` is the change of the enrolment it follows from.
    """
    match = locks.match(match_id)
    if match.state not in OPEN_MATCH:
        return False
    left = match.enrolment.state != EnrolmentState.ENROLLED
    close(match=match, why=Cause.ENROLMENT_OVER if left else Cause.SLOT_OVER, cause=cause)
    return True


@transaction.atomic
def expire_silent(*, match_id: int) -> bool:
    """Close a match whose answer did not come in time; says whether it was still waiting that long."""
    match = locks.match(match_id)
    if match.state not in OPEN_MATCH or match.answer_by >= today():
        return False
    close(match=match, why=Cause.SILENCE)
    return True


@transaction.atomic
def take_back_expire(*, act: StateChange, by: Actor, cause: StateChange) -> Match:
    """What ended the proposal is taken back: it is open again, and the days to answer it begin anew."""
    slot, match = _with_its_slot(int(act.object_id))
    _open_again(match, slot, act, by=by, cause=cause)
    return match


@transaction.atomic
def take_back_act(*, match_id: int, act_id: int, by: Actor) -> Match:
    """Take back the answer or the withdrawal that was on the page, while the other party has not answered to it.

    The days to answer begin anew. Done again by the same person it changes nothing.
    """
    slot, match = _with_its_slot(match_id)
    act = act_read(match, act_id, by=by.person_id)
    if act is None:
        return match
    match.is_taught = Match.objects.with_taught(by).get(pk=match.pk).is_taught
    ensure(rules.can_take_back(by, match, act))
    if act.action != "employer_yes":
        _open_again(match, slot, act, by=by)
        return match
    back = take_back(match, act, by=by.person_id, employer_agreed_at=None, **_asked_anew())
    mail.readers_answer_taken_back(back)
    return match


def _with_its_slot(match_id: int) -> tuple[Slot, Match]:
    """A match and its slot under their locks, and that of the enrolment."""
    known = Match.objects.values("slot_id", "enrolment_id").get(pk=match_id)
    locks.enrolment(known["enrolment_id"])
    return locks.slot(known["slot_id"]), locks.match(match_id)


def _open_again(
    match: Match, slot: Slot, act: StateChange, *, by: Actor, cause: StateChange | None = None
) -> None:
    """Let a match that ended wait for its answer again, if it could be proposed today; who was mailed hears."""
    _check_proposal(slot, match.enrolment)
    if Match.objects.open().filter(slot=slot, enrolment=match.enrolment_id).exists():
        raise ValidationError(_("This student has been proposed for this training place again."))
    cleared = _asked_anew() | {"answer_reason": "", "close_cause": ""}
    back = take_back(match, act, by=by.person_id, cause=cause, **cleared)
    among = parties_of_match(match) if back.mailed else ()
    letters.taken_back(back.mailed, by=str(back.change.by), among=among)


def _asked_anew() -> dict[str, Any]:
    return {"asked_at": timezone.now(), "answer_by": answer_by()}
