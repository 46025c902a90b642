"""What was reported because a client can be recognised in it: as a task, and on the page where that is decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Value
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import changes
from core.dates import today
from core.models import FieldChange
from partnerships.actors import Actor
from students.models import Enrolment, Evidence, GoalRemark, WorkSituation
from students.models.reporting import Reportable
from ui.next_steps import MOST, NextStep

MODELS: dict[str, Any] = {model.KIND: model for model in (WorkSituation, Evidence, GoalRemark)}
OF_GOAL = "goal__plan__enrolment"
TO_ENROLMENT = {WorkSituation.KIND: "enrolment", Evidence.KIND: OF_GOAL, GoalRemark.KIND: OF_GOAL}
OWN_WORDS = {
    WorkSituation.KIND: _("Read your work situation again"),
    Evidence.KIND: _("Read your evidence again"),
    GoalRemark.KIND: _("Read your feedback again"),
}
LOOK = {
    WorkSituation.KIND: _("Look at a work situation that was reported"),
    Evidence.KIND: _("Look at evidence that was reported"),
    GoalRemark.KIND: _("Look at feedback that was reported"),
}


def reported_to_student(actor: Actor) -> Iterator[NextStep]:
    """Own texts and files in which someone thinks that a client can be recognised."""
    own = {
        kind: model.objects.filter(**{f"{TO_ENROLMENT[kind]}__student__person": actor.person_id})
        for kind, model in MODELS.items()
    }
    own[GoalRemark.KIND] = own[GoalRemark.KIND].filter(by=actor.person_id)
    for row in _reported(own):
        yield NextStep(
            title=OWN_WORDS[row.KIND],
            text=_("Someone thinks that a client can be recognised in it."),
            url=row.author_url,
            button=_("Read your text again"),
            kind="reported",
            icon="alert-triangle",
            due=today(),
        )


def reported_to_teacher(actor: Actor, organisation_id: int) -> Iterator[NextStep]:
    """The same of own students, which a teacher removes or lets stay."""
    taught = Enrolment.objects.taught_by(actor).filter(cohort__programme__school=organisation_id)
    of_students = {
        kind: model.objects.filter(**{f"{TO_ENROLMENT[kind]}__in": taught}) for kind, model in MODELS.items()
    }
    for kind in (WorkSituation.KIND, Evidence.KIND):
        of_students[kind] = of_students[kind].filter(for_teachers=True)
    for row in _reported(of_students):
        student = row.of_enrolment.student
        yield NextStep(
            title=LOOK[row.KIND],
            text=format_lazy(
                _("{name}: someone thinks that a client can be recognised in it."), name=student.full_name
            ),
            url=row.decide_url,
            button=_("Look at the report"),
            kind="reported",
            icon="alert-triangle",
            due=today(),
            about=student.subject,
            many=_("Look at what was reported"),
        )


def report_of(row: Reportable) -> FieldChange | None:
    """Who said that a client can be recognised in it, as long as nobody decided about that and it is on record."""
    if not row.is_reported:
        return None
    return changes.history(row).filter(field="reported_at").last()


def _reported(rows: dict[str, Any]) -> Iterator[Reportable]:
    """Those reported longest ago, of all kinds together: one query, and one for each kind of which there is any."""
    first, *others = (
        found.reported().order_by().values(pk_of=F("pk"), since=F("reported_at"), kind=Value(kind))
        for kind, found in rows.items()
    )
    found = list(first.union(*others, all=True).order_by("since", "kind", "pk_of")[:MOST])
    loaded: dict[tuple[str, int], Reportable] = {}
    for kind in dict.fromkeys(row["kind"] for row in found):
        path = TO_ENROLMENT[kind]
        of_kind = rows[kind].select_related(f"{path}__student__person", f"{path}__cohort__programme__school")
        pks = [row["pk_of"] for row in found if row["kind"] == kind]
        loaded |= {(kind, row.pk): row for row in of_kind.filter(pk__in=pks)}
    yield from (loaded[row["kind"], row["pk_of"]] for row in found if (row["kind"], row["pk_of"]) in loaded)
