"""Work situations: brought in by the student, put in a session and treated by the school."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import states
from partnerships.actors import Actor
from programmes.models import Session
from students import mail
from students.enums import SituationState, VisibleFor
from students.models import WorkSituation


@transaction.atomic
def bring_in(
    *,
    enrolment_id: int,
    text: str,
    work_process_id: int | None = None,
    visible_for: str = VisibleFor.TEACHER,
) -> WorkSituation:
    """Keep what the student ran into. The same words twice in a row are one situation: a form sent twice."""
    newest = WorkSituation.objects.filter(enrolment=enrolment_id).order_by("-created_at", "-pk").first()
    if newest and newest.text == text and newest.state == SituationState.SUBMITTED:
        return newest
    return WorkSituation.objects.create(
        enrolment_id=enrolment_id, text=text, work_process_id=work_process_id, visible_for=visible_for
    )


@transaction.atomic
def put_in_session(*, situation_id: int, session_id: int, by: Actor) -> WorkSituation:
    """Plan a situation for a session of the student's own cohort; planning it again moves it."""
    situation = _locked(situation_id)
    session = Session.objects.get(pk=session_id)
    if session.cohort_id != situation.enrolment.cohort_id:
        raise ValidationError(_("This session is of another cohort."))
    states.advance(situation, "plan", by=by.user_id, session=session)
    return situation


@transaction.atomic
def put_all_in_session(*, situation_ids: Collection[int], session_id: int, by: Actor) -> None:
    """Plan several situations for one session: all of them or none."""
    for situation_id in situation_ids:
        put_in_session(situation_id=situation_id, session_id=session_id, by=by)


@transaction.atomic
def treat(*, situation_id: int, answer: str, by: Actor) -> WorkSituation:
    """Write down what came out of it; the asker hears."""
    situation = _locked(situation_id)
    if not answer.strip():
        raise ValidationError(_("Write what came out of it."))
    states.advance(situation, "treat", by=by.user_id, answer=answer.strip())
    mail.student_situation_treated(situation)
    return situation


def _locked(situation_id: int) -> WorkSituation:
    situation = WorkSituation.objects.select_for_update(of=("self",), no_key=True).get(pk=situation_id)
    if situation.visible_for == VisibleFor.ME:
        raise ValidationError(_("Only the student may read this work situation."))
    return situation
