"""Learning plans: read, make, put to consent, agree, print."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import states, versions
from core.access import require
from partnerships.actors import ActorRequest
from students import rules
from students.forms.plans import AnswerForms, PlanForm
from students.models import Enrolment, LearningPlan
from students.models.plans import HAS_PLAN
from students.presenters.plans import ask_context, awaiting, coverage_context, plan_context, rows_of
from students.presenters.spaces import back_from, space_of_enrolment
from students.services import plans as service
from students.views.guards import enrolment_or_404, plan_or_404
from ui.acts import attempt, number_read, posted, refused, was_read


@require_safe
def plan_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """The plan, with what waits for this reader."""
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
    enrolment = enrolment_or_404(request, public_id)
    if refused(request, rules.can_create_plan(request.actor, enrolment)):
        return redirect(back_from(request.actor, enrolment))
    plan = enrolment.plans.open().first()
    if plan is not None:
        messages.info(request, HAS_PLAN)
        return redirect(plan)
    form = PlanForm(posted(request), enrolment=enrolment, initial={"due_on": enrolment.ends_on})
    if form.is_valid():
        made = _created(request, enrolment, form)
        if made is not None:
            return redirect("students:plan-edit", public_id=made.public_id)
    context = {"form": form, "enrolment": enrolment, **space_of_enrolment(request.actor, enrolment)}
    return render(request, "students/plans/create.html", context)


def _created(request: ActorRequest, enrolment: Enrolment, form: PlanForm) -> LearningPlan | None:
    chosen = [process.pk for process in form.cleaned_data["work_processes"]]
    due_on = form.cleaned_data["due_on"]
    try:
        plan = service.create(
            enrolment_id=enrolment.pk, by=request.actor, work_process_ids=chosen, due_on=due_on
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None
    messages.success(request, _("The learning plan has been made. Rewrite the goals and ask consent."))
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
def plan_ask(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Every new text to read; then those that were on the page are put to consent."""
    plan = plan_or_404(request, public_id)
    if refused(request, rules.can_ask_consent(request.actor, plan)):
        return redirect(plan)
    if request.method == "POST":
        shown = [number_read(text) for text in request.POST.getlist("shown")]
        act = partial(service.ask_consent, plan_id=plan.pk, by=request.actor, shown=shown)
        if attempt(request, act, _("Consent has been asked. Your own yes is in.")):
            return redirect(plan)
    context = ask_context(request.actor, plan)
    if not context["rows"]:
        messages.info(request, _("There is no new text to ask consent for."))
        return redirect(plan)
    return render(request, "students/plans/ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_consent(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Answer several goals on one form: a practice trainer has five minutes."""
    plan = plan_or_404(request, public_id)
    if refused(request, rules.can_consent(request.actor, plan)):
        return redirect(plan)
    rows = awaiting(rows_of(request.actor, plan), rules.party_of(request.actor, plan.enrolment))
    forms = AnswerForms(posted(request), plan, [row.goal for row in rows])
    if forms.is_valid() and _answered(request, plan, forms):
        return redirect(plan)
    context = {
        "plan": plan,
        "forms": forms.rows,
        "shown": forms.shown,
        **space_of_enrolment(request.actor, plan.enrolment),
    }
    return render(request, "students/plans/consent.html", context)


def _answered(request: ActorRequest, plan: LearningPlan, forms: AnswerForms) -> bool:
    """Whether the answers were kept; nothing typed is lost when they were not."""
    if not forms.is_known and forms.rows:
        messages.error(request, str(versions.CHANGED))
        return False
    answers = forms.answers()
    if not answers:
        tell_so = messages.error if forms.rows else messages.info
        tell_so(request, _("Nothing waits for your answer, or you chose nothing yet."))
        return not forms.rows
    act = partial(service.answer_many, plan_id=plan.pk, answers=answers, by=request.actor)
    return attempt(request, act, _kept)


def _kept(number: int) -> str:
    return ngettext("%(number)d answer has been kept.", "%(number)d answers have been kept.", number) % {
        "number": number
    }


@require_safe
def plan_coverage(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Which work processes of the qualification have a goal, and which are gaps."""
    plan = plan_or_404(request, public_id)
    require(rules.can_read_whole_plan(request.actor, plan.enrolment))
    return render(request, "students/plans/coverage.html", coverage_context(request.actor, plan))


@require_http_methods(["GET", "HEAD", "POST"])
def plan_close(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """A page that says what closing does before it is done."""
    plan = plan_or_404(request, public_id)
    is_repeat = states.is_repeat(plan, "close", by=request.actor.person_id)
    if not is_repeat and refused(request, rules.can_close_plan(request.actor, plan)):
        return redirect(plan)
    if request.method == "POST":
        act = partial(service.close, plan_id=plan.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The learning plan is closed."))
        return redirect(plan)
    context = {"plan": plan, **space_of_enrolment(request.actor, plan.enrolment)}
    return render(request, "students/plans/close.html", context)


@require_POST
def plan_reopen(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take the closing back; an open plan stays open."""
    plan = plan_or_404(request, public_id)
    is_open = bool(rules.can_edit_plan(request.actor, plan))
    if is_open or not refused(request, rules.can_reopen_plan(request.actor, plan, states.last_act(plan))):
        act = partial(service.reopen, plan_id=plan.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The learning plan is open again."))
    return redirect(plan)
