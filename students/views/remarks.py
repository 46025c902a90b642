"""Feedback on a goal: given, taken back, corrected."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.actors import ActorRequest
from students import rules
from students.forms.plans import RemarkForm
from students.presenters.spaces import space_of_enrolment
from students.services import remarks as service
from students.views.goals import goal_page, shown_again
from students.views.guards import goal_or_404, remark_or_404
from ui.acts import attempt, attempt_form, posted, refused


@require_POST
def remark_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Short feedback; the same words sent twice are kept once."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_remark(request.actor, goal)):
        return shown_again(request, goal)
    form = RemarkForm(request.POST, prefix="remark")
    if not form.is_valid():
        return goal_page(request, goal, remark=form)
    act = partial(service.give, goal_id=goal.pk, by=request.actor, **form.cleaned_data)
    attempt(request, act, _("Your feedback has been added."))
    return shown_again(request, goal)


@require_POST
def remark_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Whoever gave it takes it back; pressed again it says so again."""
    remark = remark_or_404(request, public_id)
    is_repeat = remark.taken_back_at is not None and remark.by_id == request.actor.person_id
    if is_repeat or not refused(request, rules.can_take_back_remark(request.actor, remark)):
        act = partial(service.take_back, remark_id=remark.pk, by=request.actor)
        attempt(request, act, _("Your feedback has been taken back."))
    return redirect(remark.goal)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_correct(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Other words beside what was said; whether that can be is for the service when the form was sent."""
    remark = remark_or_404(request, public_id)
    is_corrected = request.method != "POST" and remark.corrections.filter(taken_back_at=None).exists()
    if refused(request, rules.can_correct_remark(request.actor, remark, is_corrected=is_corrected)):
        return redirect(remark.goal)
    form = RemarkForm(posted(request), initial={"text": remark.text})
    if form.is_valid():
        act = partial(service.correct, remark_id=remark.pk, by=request.actor, **form.cleaned_data)
        if attempt_form(request, form, act, _("Your feedback has been corrected.")):
            return redirect(remark.goal)
    space = space_of_enrolment(request.actor, remark.goal.plan.enrolment)
    context = {"goal": remark.goal, "remark": remark, "form": form, **space}
    return render(request, "students/goals/correct_remark.html", context)
