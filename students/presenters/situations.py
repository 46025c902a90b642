"""Work situations as their teachers read them: on the page of one, and in a session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import changes
from core.access import Verdict
from core.dates import today
from core.models import FieldChange
from partnerships.actors import Actor
from programmes.models import Session
from students.models import Enrolment, Treatment, WorkSituation
from students.rules import situations as rules
from ui.next_steps import MOST, NextStep


@dataclass(frozen=True)
class SessionRow:
    """A work situation in a session, with what came out of it there."""

    situation: WorkSituation
    treatment: Treatment
    may: Verdict


def situations_of(actor: Actor, session: Session) -> list[SessionRow]:
    """The work situations of a session that the actor may read."""
    return list(_rows(actor, session))


def _rows(actor: Actor, session: Session) -> Iterator[SessionRow]:
    for situation in WorkSituation.objects.visible_to(actor).filter(sessions=session).for_list():
        treatment = next(row for row in situation.treatments.all() if row.session_id == session.pk)
        yield SessionRow(situation, treatment, rules.can_treat(actor, situation))


def treat_context(actor: Actor, situation: WorkSituation) -> dict[str, Any]:
    """The situation of `for_list`, the answers to it, and the sessions in which it is still to be treated."""
    rows = list(situation.treatments.all())
    to_treat = [row.session for row in rows if row.session and not row.treated_at]
    return {
        "situation": situation,
        "treated": [row for row in rows if row.treated_at],
        "to_treat": to_treat,
        "first_session": str(to_treat[0].pk) if to_treat else "",
        "may_treat": rules.can_treat(actor, situation),
        "may_blank": rules.can_blank(actor, situation),
        "report": report_of(situation),
        "may_keep": rules.can_keep(actor, situation),
    }


def reported_to_student(actor: Actor) -> Iterator[NextStep]:
    """Own texts in which someone thinks that a client can be recognised."""
    for row in WorkSituation.objects.own(actor).reported().order_by("reported_at", "pk")[:MOST]:
        yield NextStep(
            title=_("Read your work situation again"),
            text=_("Someone thinks that a client can be recognised in it."),
            url=reverse("students:situation-edit", args=[row.public_id]),
            button=_("Read your text again"),
            kind="reported",
            icon="alert-triangle",
            due=today(),
        )


def reported_to_teacher(actor: Actor, organisation_id: int) -> Iterator[NextStep]:
    """The same in texts of own students, which a teacher removes or lets stay."""
    taught = Enrolment.objects.taught_by(actor).filter(cohort__programme__school=organisation_id)
    found = WorkSituation.objects.reported().filter(for_teachers=True, enrolment__in=taught)
    rows = found.select_related("enrolment__student__person", "enrolment__cohort__programme__school")
    for row in rows.order_by("reported_at", "pk")[:MOST]:
        student, cohort = row.enrolment.student, row.enrolment.cohort
        address = [cohort.programme.school.slug, cohort.public_id, row.public_id]
        yield NextStep(
            title=_("Look at a work situation that was reported"),
            text=format_lazy(
                _("{name}: someone thinks that a client can be recognised in it."), name=student.full_name
            ),
            url=reverse("students:cohort-situation-treat", args=address),
            button=_("Look at the report"),
            kind="reported",
            icon="alert-triangle",
            due=today(),
            about=student.subject,
            many=_("Look at work situations that were reported"),
        )


def report_of(situation: WorkSituation) -> FieldChange | None:
    """Who said that a client can be recognised in it, as long as nobody decided about that and it is on record."""
    if not situation.is_reported:
        return None
    return changes.history(situation).filter(field="reported_at").last()
