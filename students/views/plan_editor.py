"""The editor of a plan: an outline of work processes, and the goals of one as rows to write in."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import ActorRequest
from students import rules
from students.forms.plan_editor import ChapterForms, edit_form
from students.forms.plans import GoalForm
from students.models import Goal, LearningPlan
from students.presenters.goals import goal_row
from students.presenters.plan_editor import chosen, outline_of
from students.presenters.spaces import space_of_enrolment
from students.services import plans as service
from students.views.guards import goal_or_404, plan_or_404
from ui.acts import attempt, attempt_form, number_read, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Write the goals of one work process; a button asks consent for all that is new."""
    plan = plan_or_404(request, public_id)
    if refused(request, rules.can_edit_plan(request.actor, plan)):
        return redirect(plan)
    outline = outline_of(request.actor, plan)
    chapter = chosen(outline, request.GET.get("werkproces", ""))
    forms = ChapterForms(posted(request), plan=plan, process=chapter.process, goals=chapter.goals)
    if forms.is_valid() and _saved(request, plan, forms):
        if forms.asks:
            return redirect("students:plan-ask", plan.public_id)
        return redirect(f"{reverse('students:plan-edit', args=[plan.public_id])}?werkproces={chapter.key}")
    context = {"plan": plan, "outline": outline, "chapter": chapter, "new": forms.new} | {
        "edits": [(goal_row(goal, plan.enrolment), form) for goal, form in forms.edits],
        "failed": forms.failed,
        "unasked": [pk for item in outline for pk in item.unasked_texts],
        "is_empty": not any(item.count for item in outline),
        "may_ask": rules.can_ask_consent(request.actor, plan),
        **space_of_enrolment(request.actor, plan.enrolment),
    }
    return render(request, "students/plans/edit.html", context)


def _saved(request: ActorRequest, plan: LearningPlan, forms: ChapterForms) -> bool:
    """Write all rows or none; a row that someone else changed meanwhile says so, with what was typed."""
    if not forms.has_changed:
        if not forms.asks:
            messages.info(request, _("There was nothing to save."))
        return True
    act = partial(service.save_texts, plan_id=plan.pk, by=request.actor, **forms.written())
    return attempt(request, act, "" if forms.asks else _("Saved. Ask consent when you are ready."))


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Any party proposes a goal; with an employer there, consent is asked at once."""
    plan = plan_or_404(request, public_id)
    if refused(request, rules.can_propose_goal(request.actor, plan)):
        return redirect(plan)
    form = GoalForm(posted(request), enrolment=plan.enrolment)
    if form.is_valid():
        goal = _proposed(request, plan, form)
        if goal is not None:
            return redirect(goal)
    context = {"plan": plan, "form": form, **space_of_enrolment(request.actor, plan.enrolment)}
    return render(request, "students/goals/add.html", context)


def _proposed(request: ActorRequest, plan: LearningPlan, form: GoalForm) -> Goal | None:
    by, process = request.actor, form.cleaned_data["work_process"]
    try:
        goal = service.propose_goal(
            plan_id=plan.pk, by=by, work_process_id=process.pk if process else None, texts=form.texts
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    asked = goal.latest is not None and goal.latest.asked_at is not None
    messages.success(request, _("Goal added; consent has been asked.") if asked else _("Goal added."))
    return goal


@require_http_methods(["GET", "HEAD", "POST"])
def goal_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Write a new text of one goal; what was agreed holds until three agree on it."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_change_goal(request.actor, goal)):
        return redirect(goal)
    form = edit_form(goal, posted(request))
    if form is not None and form.is_valid():
        based_on = number_read(form.based_on)
        act = partial(
            service.rewrite_goal, goal_id=goal.pk, by=request.actor, based_on=based_on, texts=form.texts
        )
        done = {True: _("The new text waits for consent."), False: _("Saved.")}
        if attempt_form(request, form, act, lambda asked: done[asked]):
            return redirect(goal)
    space = space_of_enrolment(request.actor, goal.plan.enrolment)
    return render(
        request, "students/goals/change.html", {"goal": goal, "plan": goal.plan, "form": form, **space}
    )
