"""A goal handed in, assessed, corrected; and any of it taken back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.actors import ActorRequest
from students import rules
from students.forms.hand_ins import AssessForm, CorrectForm, HandInForms
from students.models import Assessment, Evidence
from students.presenters.goal_pages import correct_context
from students.services import goals as service
from students.views.goals import goal_page, is_refused
from students.views.guards import goal_or_404
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read


@require_POST
def goal_hand_in(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student hands in what teachers may read, with what was seen at work; of nothing, what was chosen stays."""
    goal = goal_or_404(request, public_id)
    if is_refused(request, goal, "hand_in", rules.can_hand_in):
        return redirect(goal)
    mine = Evidence.objects.visible_to(request.actor).filter(goal=goal)
    forms = HandInForms(request.POST, list(mine))
    if forms.is_valid():
        seen = number_read(request.POST.get("opinion", "")) or None
        act = partial(
            service.hand_in, goal_id=goal.pk, by=request.actor, readers=forms.readers, opinion_id=seen
        )
        if attempt(request, partial(act, read=was_read(request)), _("Handed in. Your teacher assesses it.")):
            return redirect(goal)
    return goal_page(request, goal, hand_in=forms)


@require_POST
def goal_assess(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The school's result for the hand-in that was on the page."""
    goal = goal_or_404(request, public_id)
    if is_refused(request, goal, "assess", rules.can_assess):
        return redirect(goal)
    form = AssessForm(request.POST, prefix="assess")
    if form.is_valid():
        read = number_read(request.POST.get("hand_in", ""))
        act = partial(service.assess, goal_id=goal.pk, hand_in_id=read, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The result has been recorded; the student hears.")):
            return redirect(goal)
    if refused(request, rules.can_assess(request.actor, goal)):
        # The same person in another tab: the page shows the result, and how to correct it.
        return redirect(goal)
    return goal_page(request, goal, assess=form)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_correct(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Another result, with the reason; the first stays to be read."""
    goal = goal_or_404(request, public_id)
    if is_refused(request, goal, "correct", rules.can_correct):
        return redirect(goal)
    form = CorrectForm(posted(request), newest=Assessment.objects.of_goal(goal).first())
    if form.is_valid():
        act = partial(service.correct, goal_id=goal.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("The result has been corrected; the student hears.")):
            return redirect(goal)
    context = correct_context(request.actor, goal) | {"form": form}
    return render(request, "students/goals/correct.html", context)


@require_POST
def goal_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back the act that was on the page: a hand-in, a result, the dropping of the goal."""
    goal = goal_or_404(request, public_id)
    read = number_read(request.POST.get("act", ""))
    act = partial(service.take_back, goal_id=goal.pk, act_id=read, by=request.actor)
    attempt(request, act, _("Taken back. Who was mailed about it hears."))
    return redirect(goal)
