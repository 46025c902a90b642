"""The editor of a plan: an outline of work processes, and the goals of one as rows to write in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import WorkProcess
from students import rules
from students.enums import GoalOrigin, Party
from students.forms.plans import EditedGoalForm, GoalForm, GoalTextForm
from students.models import Goal, GoalVersion, LearningPlan
from students.presenters.goals import goal_row
from students.presenters.spaces import frame_of
from students.queries.suggestions import first_person
from students.rules.plans import OPEN_TEXT
from students.services import plans as service
from students.views.guards import goal_or_404, plan_or_404
from ui.acts import attempt

OWN = "eigen"
TEXTS = service.TEXTS
ORIGINS = {
    Party.STUDENT: GoalOrigin.STUDENT,
    Party.EMPLOYER: GoalOrigin.EMPLOYER,
    Party.SCHOOL: GoalOrigin.QUALIFICATION,
}


@dataclass(frozen=True)
class Chapter:
    """A line of the outline."""

    key: str
    code: str
    title: Any
    process: WorkProcess | None
    goals: Sequence[Goal]

    @property
    def count(self) -> int:
        return len(self.goals)

    @property
    def qualification(self) -> str:
        """Named where the programme has more than one."""
        return (self.process.named or "") if self.process else ""


def outline_of(request: ActorRequest, plan: LearningPlan) -> list[Chapter]:
    """Every work process of the programme with its goals, and the own questions at the end."""
    goals: dict[int | None, list[Goal]] = {}
    for goal in Goal.objects.visible_to(request.actor).filter(plan=plan).live().for_list():
        goal.plan = plan
        goals.setdefault(goal.work_process_id, []).append(goal)
    processes = list(WorkProcess.objects.of_programme(plan.enrolment.cohort.programme_id))
    known = {process.pk for process in processes}
    processes += [
        process for key, found in goals.items() if key not in known and (process := found[0].process)
    ]
    chapters = [
        Chapter(str(process.pk), process.code, process.title, process, goals.get(process.pk, []))
        for process in processes
    ]
    return [*chapters, Chapter(OWN, "", _("Own questions"), None, goals.get(None, []))]


@require_http_methods(["GET", "HEAD", "POST"])
def plan_edit(request: ActorRequest, public_id: UUID) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    require(rules.can_edit_plan(request.actor, plan))
    outline = outline_of(request, plan)
    chosen = request.GET.get("werkproces", "")
    chapter = next((item for item in outline if item.key == chosen), outline[0])
    data = request.POST if request.method == "POST" else None
    edits = [(goal_row(goal, plan.enrolment), _edit_form(plan, goal, data)) for goal in chapter.goals]
    new = _new_form(plan, chapter, data)
    if data is not None and _saved(request, plan, chapter, edits, new):
        if data.get("act") == "ask":
            return _ask(request, plan)
        return redirect(f"{reverse('students:plan-edit', args=[plan.public_id])}?werkproces={chapter.key}")
    context = {"plan": plan, "outline": outline, "chapter": chapter, "edits": edits, "new": new}
    context |= {
        "failed": [form for form in [*(form for _row, form in edits), new] if form and form.errors],
        "unasked": sum(_is_unasked(goal) for item in outline for goal in item.goals),
        "may_ask": rules.can_ask_consent(request.actor, plan),
        **frame_of(request.actor, plan.enrolment),
    }
    return render(request, "students/plans/edit.html", context)


def _is_unasked(goal: Goal) -> bool:
    return goal.latest is not None and goal.latest.asked_at is None


def _edit_form(plan: LearningPlan, goal: Goal, data: Any) -> EditedGoalForm | None:
    """A row to write in; None for a goal whose text stands."""
    if goal.state not in OPEN_TEXT or goal.latest is None:
        return None
    initial = {name: getattr(goal.latest, name) for name in TEXTS} | {"based_on": goal.latest_id}
    return EditedGoalForm(data, prefix=f"g{goal.pk}", initial=initial, latest_day=plan.enrolment.ends_on)


def _new_form(plan: LearningPlan, chapter: Chapter, data: Any) -> GoalTextForm:
    suggestion = first_person(chapter.process.title) if chapter.process and not chapter.goals else ""
    wanted = data is not None and (data.get("act") == "add" or data.get("new-text"))
    return GoalTextForm(
        data if wanted else None,
        prefix="new",
        initial={"text": suggestion, "due_on": plan.enrolment.ends_on},
        latest_day=plan.enrolment.ends_on,
    )


def _saved(
    request: ActorRequest, plan: LearningPlan, chapter: Chapter, edits: Any, new: GoalTextForm
) -> bool:
    """Write all rows or none; a row that someone else changed meanwhile says so, with what was typed."""
    forms = [form for _row, form in edits if form is not None]
    changed = [form for form in forms if form.has_changed()]
    wants_new = new.is_bound and (request.POST.get("act") == "add" or new.has_changed())
    if not all([form.is_valid() for form in changed] + [not wants_new or new.is_valid()]):
        return False
    if not changed and not wants_new:
        if request.POST.get("act") != "ask":
            messages.info(request, _("There was nothing to save."))
        return True
    try:
        with transaction.atomic():
            _write(request, plan, chapter, edits, new if wants_new else None)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    if request.POST.get("act") != "ask":
        messages.success(request, _("Saved. Ask consent when you are ready."))
    return True


def _write(request: ActorRequest, plan: LearningPlan, chapter: Chapter, edits: Any, new: Any) -> None:
    for row, form in edits:
        if form is not None and form.has_changed():
            texts = {name: form.cleaned_data[name] for name in TEXTS}
            service.change_goal(
                goal_id=row.goal.pk, by=request.actor, based_on=form.cleaned_data["based_on"], **texts
            )
    if new is not None:
        service.add_goal(
            plan_id=plan.pk,
            by=request.actor,
            work_process_id=chapter.process.pk if chapter.process else None,
            **{name: new.cleaned_data[name] for name in TEXTS},
        )


def _ask(request: ActorRequest, plan: LearningPlan) -> HttpResponse:
    require(rules.can_ask_consent(request.actor, plan))
    attempt(
        request,
        lambda: service.ask_consent(plan_id=plan.pk, by=request.actor),
        _("Consent has been asked. Your own yes is in."),
    )
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
def goal_add(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Any party proposes a goal; with an employer there, consent is asked at once."""
    plan = plan_or_404(request, public_id)
    require(rules.can_propose_goal(request.actor, plan))
    form = GoalForm(request.POST or None, enrolment=plan.enrolment)
    if form.is_valid():
        goal = _propose(request, plan, form)
        if goal is not None:
            return redirect(goal)
    context = {"plan": plan, "form": form, **frame_of(request.actor, plan.enrolment)}
    return render(request, "students/goals/add.html", context)


def _propose(request: ActorRequest, plan: LearningPlan, form: GoalForm) -> Goal | None:
    party = rules.party_of(request.actor, plan.enrolment)
    process = form.cleaned_data["work_process"]
    try:
        with transaction.atomic():
            goal = service.add_goal(
                plan_id=plan.pk,
                by=request.actor,
                origin=GoalOrigin.QUALIFICATION if process else ORIGINS[party or Party.SCHOOL],
                work_process_id=process.pk if process else None,
                **{name: form.cleaned_data[name] for name in TEXTS},
            )
            asked = _ask_for(request, plan, goal.latest)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, _("Goal added; consent has been asked.") if asked else _("Goal added."))
    return goal


def _ask_for(request: ActorRequest, plan: LearningPlan, version: GoalVersion | None) -> bool:
    """Put one's own text to consent at once; not without an employer, then the plan is still a draft."""
    if version is None or plan.enrolment.parties.employer is None:
        return False
    if version.asked_at is None:
        service.ask_consent(plan_id=plan.pk, by=request.actor, goal_ids=[version.goal_id])
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def goal_change(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Write a new text of one goal; what was agreed holds until three agree on it."""
    goal = goal_or_404(request, public_id)
    require(rules.can_change_goal(request.actor, goal))
    form = _edit_form(goal.plan, goal, request.POST or None)
    if form is not None and form.is_valid() and _changed(request, goal, form):
        return redirect(goal)
    frame = frame_of(request.actor, goal.plan.enrolment)
    context = {"goal": goal, "plan": goal.plan, "form": form, **frame}
    return render(request, "students/goals/change.html", context)


def _changed(request: ActorRequest, goal: Goal, form: EditedGoalForm) -> bool:
    texts = {name: form.cleaned_data[name] for name in TEXTS}
    try:
        with transaction.atomic():
            version = service.change_goal(
                goal_id=goal.pk, by=request.actor, based_on=form.cleaned_data["based_on"], **texts
            )
            asked = _ask_for(request, goal.plan, version)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    done = _("The new text waits for consent.") if asked else _("Saved.")
    messages.success(request, done)
    return True
