"""What was reported because a client can be recognised in it: as a task, and on the page where that is decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import changes
from core.dates import today
from core.models import FieldChange
from partnerships.actors import Actor
from partnerships.models import Organisation
from programmes.models import Cohort, Programme
from students.models import Enrolment, Evidence, Goal, GoalRemark, LearningPlan, Student, WorkSituation
from students.models.reporting import Reportable
from students.queries.reported import MODELS, reported_in, reported_of
from ui.next_steps import NextStep

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
    for row in (_row(**about) for about in reported_of(person=actor.person_id)):
        yield NextStep(
            title=OWN_WORDS[row.KIND],
            text=_("Someone thinks that a client can be recognised in it."),
            url=row.author_url,
            button=_("Read your text again"),
            kind="reported",
            icon="alert-triangle",
            due=today(),
        )


def reported_to_teacher(cohorts: Collection[int]) -> Iterator[NextStep]:
    """The same of students in own cohorts, which a teacher removes or lets stay."""
    for row in (_row(**about) for about in reported_in(cohorts=cohorts)):
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


def _row(
    *,
    kind: str,
    at_row: UUID,
    at_goal: UUID | None,
    at_cohort: UUID,
    school: str,
    at_student: UUID,
    person: int,
    first_name: str,
    name_prefix: str,
    last_name: str,
    **_order: Any,
) -> Reportable:
    """A row with no more than its addresses and the name of its student."""
    named = Person(pk=person, first_name=first_name, name_prefix=name_prefix, last_name=last_name)
    programme = Programme(school=Organisation(slug=school))
    enrolment = Enrolment(
        student=Student(public_id=at_student, person=named),
        cohort=Cohort(public_id=at_cohort, programme=programme),
    )
    if at_goal is None:
        return WorkSituation(public_id=at_row, enrolment=enrolment)
    goal = Goal(public_id=at_goal, plan=LearningPlan(enrolment=enrolment))
    row: Reportable = MODELS[kind](public_id=at_row, goal=goal)
    return row
