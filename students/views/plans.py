"""Learning plans: read, make, put to consent, agree, print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import WorkProcess
from students import rules
from students.enums import Answer
from students.forms.plans import AnswerForm, PlanForm
from students.models import Enrolment, Goal, LearningPlan
from students.presenters.goals import goal_rows, grouped
from students.presenters.plans import awaiting, plan_context
from students.presenters.spaces import frame_of
from students.services import plans as service
from students.views.guards import note_read, plan_or_404
from ui.acts import attempt


@require_safe
def plan_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    return render(request, "students/plans/detail.html", plan_context(request.actor, plan))


@require_safe
def plan_print(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The plan as a sheet of paper, with lines to sign on."""
    plan = plan_or_404(request, public_id)
    require(rules.can_read_whole_plan(request.actor, plan.enrolment))
    return render(request, "students/plans/print.html", plan_context(request.actor, plan))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Make the plan of an enrolment from the work processes of its programme."""
    visible = Enrolment.objects.parties_visible_to(request.actor).for_page()
    enrolment = get_object_or_404(visible, public_id=public_id)
    note_read(request.actor, enrolment)
    require(rules.can_create_plan(request.actor, enrolment))
    plan = enrolment.plans.open().first()
    if plan is not None:
        messages.info(request, _("This student already has a learning plan."))
        return redirect(plan)
    form = PlanForm(request.POST or None, enrolment=enrolment, initial={"due_on": enrolment.ends_on})
    if form.is_valid():
        made = _create(request, enrolment, form)
        if made is not None:
            return redirect("students:plan-edit", public_id=made.public_id)
    context = {"form": form, "enrolment": enrolment, **frame_of(request.actor, enrolment)}
    return render(request, "students/plans/create.html", context)


def _create(request: ActorRequest, enrolment: Enrolment, form: PlanForm) -> LearningPlan | None:
    chosen = form.cleaned_data["work_processes"]
    try:
        plan = service.create(
            enrolment_id=enrolment.pk,
            by=request.actor,
            work_process_ids=[process.pk for process in chosen],
            due_on=form.cleaned_data["due_on"],
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, _("The learning plan has been made. Rewrite the goals and ask consent."))
    return plan


@require_POST
def plan_ask(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Put every new text to consent."""
    plan = plan_or_404(request, public_id)
    require(rules.can_ask_consent(request.actor, plan))
    attempt(
        request,
        lambda: service.ask_consent(plan_id=plan.pk, by=request.actor),
        _("Consent has been asked. Your own yes is in."),
    )
    return redirect(plan)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_consent(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Answer several goals on one form: a practice trainer has five minutes."""
    plan = plan_or_404(request, public_id)
    party = rules.party_of(request.actor, plan.enrolment)
    require(rules.can_propose_goal(request.actor, plan))  # the parties of an open plan
    goals = Goal.objects.visible_to(request.actor).filter(plan=plan).live().for_list()
    rows = awaiting(goal_rows(goals, plan.enrolment), party)
    data = request.POST if request.method == "POST" else None
    forms = [
        (row, AnswerForm(data, prefix=f"v{row.goal.latest_id}", may_skip=True, initial={})) for row in rows
    ]
    if data is not None and _answered(request, plan, forms):
        return redirect(plan)
    context = {"plan": plan, "forms": forms, **frame_of(request.actor, plan.enrolment)}
    context["failed"] = [form for _row, form in forms if form.is_bound and not form.is_valid()]
    return render(request, "students/plans/consent.html", context)


def _answered(request: ActorRequest, plan: LearningPlan, forms: list[Any]) -> bool:
    """Whether the answers were kept; nothing typed is lost when they were not."""
    if request.POST.get("all"):
        answers = {row.goal.latest_id: (Answer.YES.value, "") for row, _form in forms}
    else:
        if [form for _row, form in forms if not form.is_valid()]:
            return False
        answers = {
            row.goal.latest_id: (form.cleaned_data["answer"], form.cleaned_data["remark"])
            for row, form in forms
            if form.cleaned_data["answer"]
        }
    if not answers:
        messages.info(request, _("Nothing waits for your answer, or you chose nothing yet."))
        return not forms
    party = rules.party_of(request.actor, plan.enrolment)
    done = ngettext("%(number)d answer has been kept.", "%(number)d answers have been kept.", len(answers))
    return attempt(
        request,
        lambda: service.answer_many(plan_id=plan.pk, party=party or "", answers=answers, by=request.actor),
        done % {"number": len(answers)},
    )


@require_safe
def plan_coverage(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Which work processes of the qualification have a goal, and which are gaps."""
    plan = plan_or_404(request, public_id)
    require(rules.can_read_whole_plan(request.actor, plan.enrolment))
    goals = Goal.objects.visible_to(request.actor).filter(plan=plan).live().for_list()
    groups = grouped(goal_rows(goals, plan.enrolment))
    found = {group.rows[0].goal.work_process_id: group for group in groups}
    processes = WorkProcess.objects.of_programme(plan.enrolment.cohort.programme_id)
    rows = [(process, found.get(process.pk)) for process in processes]
    context = {
        "plan": plan,
        "rows": rows,
        "gaps": sum(group is None for _process, group in rows),
        "may_edit": rules.can_edit_plan(request.actor, plan),
        **frame_of(request.actor, plan.enrolment),
    }
    return render(request, "students/plans/coverage.html", context)
