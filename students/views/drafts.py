"""Throw away a goal or a plan that nobody was asked about."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import ActorRequest
from students import rules
from students.models import Goal, LearningPlan
from students.presenters.spaces import back_from, space_of_enrolment
from students.queries.drafts import read_of, was_asked
from students.services import drafts as service
from students.views.guards import goal_or_404, plan_or_404
from ui.acts import attempt, confirm, refused, was_read
from ui.languages import dutch, told


@require_http_methods(["GET", "HEAD", "POST"])
def plan_discard(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Throw a plan away of which consent was never asked."""
    plan = plan_or_404(request, public_id)
    if refused(request, rules.can_discard_plan(request.actor, plan, was_asked=was_asked(plan))):
        return redirect(plan)
    if request.method == "POST":
        act = partial(service.plan, plan_id=plan.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, _("The learning plan has been deleted."))
        return redirect(back_from(request.actor, plan.enrolment) if done else plan)
    heading = _("Delete the learning plan of %(name)s?") % {"name": plan.enrolment.student.full_name}
    read = read_of(plan.goals.order_by("pk"))
    return _asked(request, plan, plan.enrolment.student.full_name, heading, read)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_discard(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Throw a goal away that nobody was asked about."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_discard_goal(request.actor, goal)):
        return redirect(goal)
    if request.method == "POST":
        act = partial(service.goal, goal_id=goal.pk, by=request.actor, read=was_read(request))
        done = attempt(request, act, _("The goal has been deleted."))
        return redirect(goal.plan if done else goal)
    heading = told(_("Delete the goal “%(name)s”?"), name=dutch(goal))
    return _asked(request, goal, _("Goal"), heading, read_of([goal]))


def _asked(
    request: ActorRequest, draft: LearningPlan | Goal, of: str, heading: str, read: str
) -> HttpResponse:
    enrolment = draft.plan.enrolment if isinstance(draft, Goal) else draft.enrolment
    says = [_("Nobody was asked about it. You cannot get it back; the history shows that it existed.")]
    context: dict[str, Any] = {"of": of, "heading": heading, "says": says, "word": _("Delete")}
    space = space_of_enrolment(request.actor, enrolment)
    return confirm(request, **context, back_url=draft.get_absolute_url(), read=read, **space)
