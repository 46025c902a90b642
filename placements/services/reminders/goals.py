"""A goal falls due: a week before (on a working day) and on the day itself, to the student."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.models import User
from placements.mail import reminders as mail
from placements.services.reminders.batches import batches, gathered
from placements.services.reminders.engine import Item, Notice
from placements.services.reminders.ladders import Calendar, Due, Step, due_steps, on_days
from students.enums import EnrolmentState, GoalState, PlanState
from students.models import Goal

# A week before may be caught up until the day before; on the day it is now or never.
ON_THE_DAY = Step("on-the-day", 0, urgent=True)
STEPS = (Step("week-before", -7, window=7), ON_THE_DAY)
UNFINISHED = (GoalState.AGREED, GoalState.BUSY)


class GoalDue:
    """Only the student can hand something in; teachers see it on the cohort's page."""

    kind = "goal_due"

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_steps(STEPS, calendar)
        coming = Goal.objects.filter(
            on_days("current__due_on", due),
            state__in=UNFINISHED,
            plan__state__in=[PlanState.DRAFT, PlanState.ACTIVE],
            plan__enrolment__state=EnrolmentState.ENROLLED,
            plan__enrolment__student__user__is_active=True,
        )
        keys = coming.order_by("plan", "pk").values_list("pk", flat=True)
        rows = Goal.objects.select_related("current", "plan__enrolment__student__user").order_by()
        for chunk in batches(keys, rows):
            yield gathered(_pairs(chunk, due))

    def send(self, user: User, items: list[dict[str, Any]]) -> None:
        mail.student_goal_due(user, items)


def _pairs(rows: list[Goal], due: Due) -> Iterator[tuple[User, str, Item]]:
    overview = reverse("student-start")
    for row in rows:
        user = row.plan.enrolment.student.user
        step = due.get(row.current.due_on) if row.current else None
        if step is None or user is None or row.state not in UNFINISHED:
            continue
        words = {
            "goal": str(row.current),
            "due_on": row.current.due_on,  # type: ignore[union-attr]
            "is_today": step.name == ON_THE_DAY.name,
            "path": row.get_absolute_url(),
            "overview": overview,
        }
        yield user, step.name, Item(f"goal:{row.pk}", step, words)
