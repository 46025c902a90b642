"""Goals and plans that nobody was asked about are thrown away, on record."""

from __future__ import annotations

from django.db import transaction

from core import versions
from core.access import ensure
from core.drafts import discard
from partnerships.actors import Actor
from students import rules
from students.models import Goal
from students.queries.drafts import read_of, was_asked
from students.services.locks import locked, locked_goal


@transaction.atomic
def plan(*, plan_id: int, by: Actor, read: str | None) -> None:
    """Throw a plan away with its goals, as long as consent was asked of none; `read` is what was on the page."""
    row = locked(plan_id)
    ensure(rules.can_discard_plan(by, row, was_asked=was_asked(row)))
    goals = list(row.goals.order_by("pk"))
    _ensure_read(read, goals)
    Goal.objects.filter(plan=row).update(latest=None)  # a text is a part of its goal, which names its newest
    discard(row, by=by.person_id, subject=row.enrolment.student.public_id)


@transaction.atomic
def goal(*, goal_id: int, by: Actor, read: str | None) -> None:
    """Throw a goal away that nobody was asked about, with its texts; `read` is what was on the page."""
    row = locked_goal(goal_id)
    ensure(rules.can_discard_goal(by, row))
    _ensure_read(read, [row])
    Goal.objects.filter(pk=row.pk).update(latest=None)
    discard(row, by=by.person_id, subject=row.plan.enrolment.student.public_id)


def _ensure_read(read: str | None, goals: list[Goal]) -> None:
    versions.ensure_same(read, read_of(goals))
