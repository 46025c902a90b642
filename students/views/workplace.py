"""The employer's and the supervisor's own students."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.enums import Role
from core import readlog
from core.access import Forbidden
from partnerships.actors import Actor, ActorRequest
from partnerships.models import Organisation
from students import rules
from students.enums import GoalState
from students.models import Enrolment, Goal, LearnerAccess, LearningPlan
from students.presenters import next_steps
from students.presenters.goals import GoalRow, goal_rows, grouped, line_of, plan_parties
from students.presenters.plans import awaiting
from ui.next_steps import first_of
from ui.pages import paginate

MOST_SHOWN = 3


def student_rows(actor: Actor, enrolments: Sequence[Enrolment]) -> list[dict[str, Any]]:
    """A line per student: learning line, strip and what waits for the reader; the goals in two queries for all."""
    goals: dict[int, list[Goal]] = {}
    visible = Goal.objects.visible_to(actor).filter(plan__enrolment__in=enrolments).live().for_list()
    for goal in visible:
        goals.setdefault(goal.plan_id, []).append(goal)
    rows = []
    for enrolment in enrolments:
        plans: list[LearningPlan] = enrolment.open_plans  # type: ignore[attr-defined]
        plan = plans[0] if plans else None
        found = goal_rows(goals.get(plan.pk, []) if plan else [], enrolment)
        if plan:
            plan.enrolment = enrolment
        rows.append(
            {
                "enrolment": enrolment,
                "plan": plan,
                "goals": found,
                "shown": _in_hand(found),
                "line": line_of(grouped(found)),
                "strip": plan_parties(plan, found) if plan else [],
                "waiting": len(awaiting(found, rules.party_of(actor, enrolment))),
            }
        )
    return rows


def _in_hand(rows: list[GoalRow]) -> list[GoalRow]:
    """What a supervisor gives feedback on: what is worked on now, or else what comes first."""
    open_rows = [row for row in rows if not row.is_achieved]
    now = [row for row in open_rows if row.goal.state in {GoalState.BUSY, GoalState.DEMONSTRATED}]
    return (now or open_rows or rows)[:MOST_SHOWN]


def _with_plans(enrolments: Any) -> Any:
    plans = Prefetch("plans", LearningPlan.objects.open().order_by("-pk"), to_attr="open_plans")
    return (
        enrolments.with_parties()
        .select_related("cohort__programme")
        .prefetch_related(plans)
        .order_by("student__sort_name", "pk")
    )


@require_safe
def supervisor_start(request: ActorRequest) -> HttpResponse:
    """Begeleider: own students with their goals, two steps away from feedback."""
    memberships = request.actor.memberships(Role.SUPERVISOR)
    if not memberships:
        raise Forbidden(_("This page is for work supervisors."))
    held = LearnerAccess.objects.running().filter(membership__in=memberships, enrolment=OuterRef("pk"))
    page = paginate(request, _with_plans(Enrolment.objects.filter(Exists(held))), per_page=12)
    rows = student_rows(request.actor, list(page))
    readlog.record(request.actor.user_id, *(row["enrolment"].student.public_id for row in rows))
    first_step = first_of(next_steps.for_supervisor(request.actor))
    context = {"page": page, "rows": rows, "first_step": first_step, "space": "supervisor"}
    return render(request, "students/supervisor/start.html", context)


@require_safe
def employer_students(request: ActorRequest, slug: str) -> HttpResponse:
    """Own students of an employer, by the grants that run."""
    organisation = get_object_or_404(
        Organisation.objects.filter(pk__in=request.actor.organisations()), slug=slug
    )
    if not request.actor.has_role(organisation.pk, Role.CONTACT, Role.PRACTICE_TRAINER):
        raise Forbidden(_("Only contact persons and practice trainers see the students of the organisation."))
    held = LearnerAccess.objects.running().filter(
        organisation=organisation, membership__isnull=True, enrolment=OuterRef("pk")
    )
    page = paginate(request, _with_plans(Enrolment.objects.filter(Exists(held))))
    rows = student_rows(request.actor, list(page))
    first_step = first_of(next_steps.for_employer(request.actor, organisation.pk))
    context = {
        "organisation": organisation,
        "page": page,
        "rows": rows,
        "first_step": first_step,
        "space": "employer",
    }
    return render(request, "students/employer/students.html", context)
