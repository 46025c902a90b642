"""Work situations: brought in by the student, put in sessions and treated by the school, withdrawn at any time."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import changes, states, versions
from core.access import ensure
from core.versions import NO_PAGE
from partnerships.actors import Actor
from programmes.models import Session
from students import mail
from students.enums import SituationState
from students.mail.reports import report_called_off, report_hidden
from students.models import Enrolment, Treatment, WorkSituation
from students.models.sharing import flags
from students.rules import situations as rules
from students.services.locks import locked_situation


@transaction.atomic
def bring_in(
    *,
    enrolment_id: int,
    text: str,
    by: Actor,
    readers: Collection[str] = (),
    work_process_id: int | None = None,
) -> WorkSituation:
    """Keep what the student ran into, for the readers chosen.

    The same words twice in a row are one situation, a form sent twice; what it says about its readers last holds.
    """
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    ensure(rules.can_bring_in(by, Enrolment.objects.with_parties().get(pk=enrolment_id)))
    newest = WorkSituation.objects.filter(enrolment=enrolment_id).order_by("-created_at", "-pk").first()
    if newest and newest.text == text and newest.state == SituationState.SUBMITTED:
        return share(situation_id=newest.pk, readers=readers, by=by, version=NO_PAGE)
    return WorkSituation.objects.create(
        enrolment_id=enrolment_id, text=text, work_process_id=work_process_id, **flags(readers)
    )


@transaction.atomic
def edit(
    *,
    situation_id: int,
    text: str,
    readers: Collection[str],
    by: Actor,
    work_process_id: int | None = None,
    version: str | None,
) -> WorkSituation:
    """Write it anew, until something came out of it. What it said before is kept nowhere."""
    situation = locked_situation(situation_id)
    ensure(rules.can_edit(by, situation))
    versions.claim(version, situation)
    if text != situation.text and situation.is_reported:
        situation.reported_at = None  # what was reported stands there no more
        report_called_off(situation)
    situation.text, situation.work_process_id = text, work_process_id
    _save(situation, by, "text", "work_process", "reported_at")
    return share(situation_id=situation_id, readers=readers, by=by, version=NO_PAGE)


@transaction.atomic
def share(*, situation_id: int, readers: Collection[str], by: Actor, version: str | None) -> WorkSituation:
    """Let others read it from now on, or no longer; on record."""
    situation = locked_situation(situation_id)
    ensure(rules.can_share(by, situation))
    versions.claim(version, situation)
    chosen = flags(readers)
    for name, value in chosen.items():
        setattr(situation, name, value)
    _save(situation, by, *chosen)
    if situation.is_reported and not situation.for_teachers:
        report_hidden(situation)
    return situation


@transaction.atomic
def withdraw(*, situation_id: int, by: Actor, read: str | None) -> WorkSituation:
    """Take it back, treated or not: text and answers are gone for everyone."""
    situation = locked_situation(situation_id)
    if situation.is_withdrawn:
        return situation
    ensure(rules.can_withdraw(by, situation))
    versions.ensure(read, situation)
    return _emptied(situation, "withdraw", by=by)


@transaction.atomic
def blank(*, situation_id: int, reason: str, by: Actor, read: str | None) -> WorkSituation:
    """A teacher removes what tells of a client; the student hears why. A second time changes and mails nothing."""
    situation = locked_situation(situation_id)
    if situation.is_withdrawn and situation.removed_because and not rules.can_blank(by, situation).is_final:
        return situation
    ensure(rules.can_blank(by, situation))
    versions.ensure(read, situation)
    _emptied(situation, "blank", by=by, reason=reason, removed_because=reason.strip())
    mail.student_situation_blanked(situation)
    return situation


@transaction.atomic
def put_in_session(*, situation_id: int, session_id: int, by: Actor, read: str | None) -> WorkSituation:
    """Plan a situation for a session of the student's own cohort, beside others that it is in already."""
    situation = locked_situation(situation_id)
    ensure(rules.can_treat(by, situation))
    session = Session.objects.get(pk=session_id)
    if session.cohort_id != situation.enrolment.cohort_id:
        raise ValidationError(_("This session is of another cohort."))
    if situation.treatments.filter(session=session).exists():
        return situation
    versions.ensure(read, situation)
    Treatment.objects.create(situation=situation, session=session)
    if situation.is_open:
        states.advance(situation, "plan", by=by.person_id)
    return situation


@transaction.atomic
def put_all_in_session(
    *, situation_ids: Collection[int], session_id: int, by: Actor, read: Mapping[int, str] | None
) -> None:
    """Plan several situations for one session: all of them or none. `read` has the version of each that was read."""
    for pk in situation_ids:
        seen = None if read is None else read.get(pk, "")
        put_in_session(situation_id=pk, session_id=session_id, by=by, read=seen)


@transaction.atomic
def take_out(*, situation_id: int, session_id: int, by: Actor, read: str | None) -> WorkSituation:
    """Take a situation out of a session in which nothing came out of it yet."""
    situation = locked_situation(situation_id)
    ensure(rules.can_treat(by, situation))
    row = situation.treatments.filter(session=session_id).first()
    if row is None:
        return situation
    if row.treated_at:
        raise ValidationError(_("This was treated in the session, so it stays there."))
    versions.ensure(read, situation)
    row.delete()
    if situation.state == SituationState.PLANNED and not situation.treatments.exists():
        states.advance(situation, "take_out", by=by.person_id)
    return situation


@transaction.atomic
def treat(
    *,
    situation_id: int,
    answer: str,
    by: Actor,
    session_id: int | None = None,
    read: str | None,
) -> Treatment:
    """Write down what came out of it, in a session or outside of any; the asker hears.

    The same words once more are a form sent twice: nothing is written or mailed.
    """
    situation = locked_situation(situation_id)
    ensure(rules.can_treat(by, situation))
    answer = answer.strip()
    if not answer:
        raise ValidationError(_("Write what came out of it."))
    written = situation.treatments.filter(session=session_id, treated_at__isnull=False)
    if same := written.filter(answer=answer).first():
        return same
    versions.ensure(read, situation)
    if session_id is not None and written.exists():
        raise ValidationError(_("What came out of it in this session has been written down already."))
    made = situation.treatments.filter(session=session_id, treated_at=None).first() or Treatment(
        situation=situation, session=None if session_id is None else Session.objects.get(pk=session_id)
    )
    if made.session and made.session.cohort_id != situation.enrolment.cohort_id:
        raise ValidationError(_("This session is of another cohort."))
    made.answer, made.treated_at, made.by_id = answer, timezone.now(), by.person_id
    made.save()
    states.advance(situation, "treat", by=by.person_id)
    mail.student_situation_treated(situation, made)
    return made


def _emptied(
    situation: WorkSituation, action: str, *, by: Actor, reason: str = "", removed_because: str = ""
) -> WorkSituation:
    """Blank the text and every answer to it; the rows stay, so that it is known that something was there."""
    if situation.is_reported:
        report_called_off(situation)
    situation.treatments.update(answer="")
    states.advance(
        situation,
        action,
        by=by.person_id,
        reason=reason,
        text="",
        work_process_id=None,
        reported_at=None,
        removed_because=removed_because,
    )
    return situation


def _save(situation: WorkSituation, by: Actor, *names: str) -> None:
    subject = situation.enrolment.student.public_id
    changes.save(situation, by=by.person_id, subject=subject, update_fields=names)
