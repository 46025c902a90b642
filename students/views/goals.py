"""One goal: what was agreed, evidence, feedback, and what each party can do with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states
from core.access import Verdict, require
from partnerships.actors import ActorRequest
from students import rules
from students.enums import GoalState, Party
from students.forms.plans import AnswerForm, AssessForm, RemarkForm
from students.models import Evidence, Goal
from students.presenters.goals import SIDE_WORDS, goal_row
from students.presenters.spaces import frame_of
from students.services import goals as service
from students.services import plans as plan_service
from students.views.guards import goal_or_404
from students.views.plan_versions import as_text
from ui.acts import attempt, posted
from ui.forms import ReasonForm

RULES = {
    "answer": rules.can_answer,
    "assess": rules.can_assess,
    "begin": rules.can_begin,
    "change": rules.can_change_goal,
    "demonstrate": rules.can_demonstrate,
    "evidence": rules.can_add_evidence,
    "lapse": rules.can_lapse,
    "remark": rules.can_remark,
    "resume": rules.can_resume,
}
PAGE, PART = "students/goals/detail.html", "students/goals/_goal.html"


def goal_page(request: ActorRequest, goal: Goal, **forms: Any) -> HttpResponse:
    """The page, or its living part when htmx asked; `forms` are those that came back with errors."""
    actor = request.actor
    context = {
        "goal": goal,
        "plan": goal.plan,
        "row": goal_row(goal, goal.plan.enrolment),
        "may": {name: rule(actor, goal) for name, rule in RULES.items()},
        "answer_form": forms.get("answer") or AnswerForm(prefix="answer"),
        "assess_form": forms.get("assess") or AssessForm(prefix="assess"),
        "remark_form": forms.get("remark") or RemarkForm(prefix="remark"),
        "remarks": _remarks(goal),
        **frame_of(actor, goal.plan.enrolment),
        "is_own": goal.plan.enrolment.student.user_id == actor.user_id,
    }
    if goal.current and goal.pending:
        context |= {"old_text": as_text(goal.current), "new_text": as_text(goal.pending)}
    if goal.state == GoalState.LAPSED:
        context["dropped"] = states.history(goal).filter(to_state=GoalState.LAPSED).last()
    context["evidence"] = Evidence.objects.visible_to(actor).filter(goal=goal)
    context["is_part"] = bool(getattr(request, "htmx", False))
    return render(request, PART if context["is_part"] else PAGE, context)


def _remarks(goal: Goal) -> list[dict[str, Any]]:
    """Feedback and reasons why a text was sent back, newest first."""
    said = [(row.at, row.text, row.party, row.by) for row in goal.remarks.select_related("by")]
    consents = goal.latest.consents.all() if goal.latest else []
    said += [(row.at, row.remark, row.party, row.by) for row in consents if row.remark]
    return [
        {"at": at, "text": text, "party": party, "by": by, "role": SIDE_WORDS[Party(party)]}
        for at, text, party, by in sorted(said, key=lambda row: row[0], reverse=True)
    ]


@require_safe
def goal_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    return goal_page(request, goal_or_404(request, public_id))


def _shown_again(request: ActorRequest, goal: Goal) -> HttpResponse:
    """After an act: the page by its address, or for htmx the part that lives on it."""
    if getattr(request, "htmx", False):
        return goal_page(request, goal_or_404(request, goal.public_id))
    return redirect(goal)


@require_POST
def goal_answer(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """One party's answer to the newest text, the one that the reader saw."""
    goal = goal_or_404(request, public_id)
    party = rules.party_of(request.actor, goal.plan.enrolment)
    require(
        rules.can_propose_goal(request.actor, goal.plan)
    )  # the parties; who answered already is told below
    form = AnswerForm(request.POST, prefix="answer")
    if not form.is_valid():
        return goal_page(request, goal, answer=form)
    version = _version_read(goal, request.POST.get("version", ""))
    attempt(
        request,
        lambda: plan_service.answer(
            goal_version_id=version, party=party or "", by=request.actor, **form.cleaned_data
        ),
        _("Your answer has been kept."),
    )
    return _shown_again(request, goal)


def _version_read(goal: Goal, asked: str) -> int:
    """The text that was on the screen; an unknown one means the newest."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    known = number == goal.latest_id or goal.versions.filter(pk=number).exists()
    return number if known else goal.latest_id or 0


@require_POST
def remark_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Short feedback; the same words sent twice are kept once."""
    goal = goal_or_404(request, public_id)
    require(rules.can_remark(request.actor, goal))
    form = RemarkForm(request.POST, prefix="remark")
    if not form.is_valid():
        return goal_page(request, goal, remark=form)
    party = rules.side_of(request.actor, goal.plan.enrolment)
    attempt(
        request,
        lambda: service.remark(
            goal_id=goal.pk, party=party or "", text=form.cleaned_data["text"], by=request.actor
        ),
        _("Your feedback has been added."),
    )
    return _shown_again(request, goal)


@require_POST
def goal_assess(request: ActorRequest, public_id: UUID) -> HttpResponse:
    goal = goal_or_404(request, public_id)
    require(rules.can_decide(request.actor, goal))
    form = AssessForm(request.POST, prefix="assess")
    if not form.is_valid():
        return goal_page(request, goal, assess=form)
    attempt(
        request,
        lambda: service.assess(goal_id=goal.pk, by=request.actor, **form.cleaned_data),
        _("The result has been recorded; the student hears."),
    )
    return redirect(goal)


def _act(request: ActorRequest, goal: Goal, verdict: Verdict, act: Any, done: str | Promise) -> HttpResponse:
    require(verdict)
    attempt(request, lambda: act(goal_id=goal.pk, by=request.actor), done)
    return redirect(goal)


@require_POST
def goal_begin(request: ActorRequest, public_id: UUID) -> HttpResponse:
    goal = goal_or_404(request, public_id)
    return _act(
        request,
        goal,
        rules.can_work_on(request.actor, goal),
        service.begin,
        _("You have started. Good luck!"),
    )


@require_POST
def goal_demonstrate(request: ActorRequest, public_id: UUID) -> HttpResponse:
    goal = goal_or_404(request, public_id)
    done = _("Handed in. Your teacher assesses it.")
    return _act(request, goal, rules.can_work_on(request.actor, goal), service.demonstrate, done)


@require_POST
def goal_resume(request: ActorRequest, public_id: UUID) -> HttpResponse:
    goal = goal_or_404(request, public_id)
    verdict = rules.can_take_up(request.actor, goal)
    return _act(request, goal, verdict, service.resume, _("This goal is in progress again."))


@require_http_methods(["GET", "HEAD", "POST"])
def goal_lapse(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """A page that asks for the reason before a goal is dropped."""
    goal = goal_or_404(request, public_id)
    require(rules.can_decide(request.actor, goal))
    if not rules.can_lapse(request.actor, goal):
        messages.info(request, str(rules.can_lapse(request.actor, goal).reason))
        return redirect(goal)
    form = ReasonForm(posted(request))
    if form.is_valid():
        attempt(
            request,
            lambda: service.lapse(goal_id=goal.pk, by=request.actor, **form.cleaned_data),
            _("The goal has been dropped."),
        )
        return redirect(goal.plan)
    context = {"goal": goal, "form": form, **frame_of(request.actor, goal.plan.enrolment)}
    return render(request, "students/goals/lapse.html", context)
