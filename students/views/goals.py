"""One goal: its page, and what each party does with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from core.access import Verdict
from partnerships.actors import Actor, ActorRequest
from students import rules
from students.forms.hand_ins import AssessForm, HandInForms, OpinionForm
from students.forms.plan_editor import edit_form
from students.forms.plans import AnswerForm, RemarkForm
from students.models import Goal
from students.presenters.asked_changes import parts_of
from students.presenters.goal_pages import goal_context
from students.presenters.spaces import space_of_enrolment
from students.services import goals as service
from students.services import plans as plan_service
from students.views.guards import goal_or_404, version_read
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.forms import ReasonForm

PAGE, PART = "students/goals/detail.html", "students/goals/_goal.html"


def goal_page(request: ActorRequest, goal: Goal, **forms: Any) -> HttpResponse:
    """The page, or its living part when htmx asked; `forms` are those that came back with errors."""
    is_part = bool(getattr(request, "htmx", False))
    context = goal_context(request.actor, goal)
    change_form = edit_form(goal, None) if context["task"] == "sent_back" else None
    context |= {
        "answer_form": forms.get("answer") or AnswerForm(prefix="answer"),
        "assess_form": forms.get("assess") or AssessForm(prefix="assess"),
        "hand_in_forms": forms.get("hand_in") or HandInForms(None, context["evidence"]),
        "opinion_form": forms.get("opinion") or OpinionForm(prefix="opinion"),
        "remark_form": forms.get("remark") or RemarkForm(prefix="remark"),
        "change_form": change_form,
        "change_parts": parts_of(change_form, context["asked_change"]) if change_form else None,
        "is_part": is_part,
    }
    return render(request, PART if is_part else PAGE, context)


@require_safe
def goal_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What was agreed, evidence, feedback."""
    return goal_page(request, goal_or_404(request, public_id))


def shown_again(request: ActorRequest, goal: Goal) -> HttpResponse:
    """After an act: the page by its address, or for htmx the part that lives on it."""
    if getattr(request, "htmx", False):
        return goal_page(request, goal_or_404(request, goal.public_id))
    return redirect(goal)


@require_POST
def goal_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One party's answer to the newest text, the one that the reader saw."""
    goal = goal_or_404(request, public_id)
    if refused(request, rules.can_consent(request.actor, goal.plan)):
        return shown_again(request, goal)
    form = AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return goal_page(request, goal, answer=form)
    # Whether this text still waits for an answer is for the service: a newer one has a sentence of its own.
    version = version_read(goal, request.POST.get("version", ""))
    act = partial(plan_service.answer, goal_version_id=version, by=request.actor, **form.cleaned_data)
    if attempt_form(request, form, act, _("Your answer has been kept.")):
        return shown_again(request, goal)
    return goal_page(request, goal, answer=form)


def is_refused(
    request: ActorRequest, goal: Goal, action: str, rule: Callable[[Actor, Goal], Verdict]
) -> bool:
    """Whether the act is refused, which is told; a button pressed twice is not, for the service then does nothing."""
    if states.is_repeat(goal, action, by=request.actor.person_id):
        return False
    return refused(request, rule(request.actor, goal))


def _act(
    request: ActorRequest,
    public_id: UUID,
    action: str,
    rule: Callable[[Actor, Goal], Verdict],
    verb: Callable[..., Goal],
    done: str | Promise,
) -> HttpResponse:
    """An act on a goal that asks nothing more; then back to its page."""
    goal = goal_or_404(request, public_id)
    if not is_refused(request, goal, action, rule):
        attempt(request, partial(verb, goal_id=goal.pk, by=request.actor, read=was_read(request)), done)
    return redirect(goal)


@require_POST
def goal_begin(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The student starts."""
    return _act(
        request, public_id, "begin", rules.can_begin, service.begin, _("You have started. Good luck!")
    )


@require_POST
def goal_resume(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take up again what was not achieved yet."""
    done = _("This goal is in progress again.")
    return _act(request, public_id, "resume", rules.can_resume, service.resume, done)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_lapse(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """A page that asks for the reason before a goal is dropped."""
    goal = goal_or_404(request, public_id)
    if is_refused(request, goal, "lapse", rules.can_lapse):
        return redirect(goal)
    form = ReasonForm(posted(request))
    if form.is_valid():
        lapse = partial(service.lapse, goal_id=goal.pk, by=request.actor, read=was_read(request))
        if attempt_form(request, form, partial(lapse, **form.cleaned_data), _("The goal has been dropped.")):
            return redirect(goal.plan)
    context = {"goal": goal, "form": form, **space_of_enrolment(request.actor, goal.plan.enrolment)}
    return render(request, "students/goals/lapse.html", context)
