"""Students of a cohort, for its teachers: enrol, invite, admit, correct, take out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import readlog, states
from core.access import require
from partnerships.actors import ActorRequest
from programmes.models import Cohort
from programmes.views.guards import cohort_or_404
from students.enums import EnrolmentState
from students.forms.enrolments import EnrolmentEditForm, EnrolmentForm
from students.models import Enrolment, WorkSituation
from students.rules import enrolments as rules
from students.services import enrolments as service
from ui.acts import posted
from ui.forms import ReasonForm

SITUATIONS_SHOWN = 5


@require_safe
def enrolment_detail(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    readlog.record(request.actor.user_id, row.student.public_id)
    situations = WorkSituation.objects.visible_to(request.actor).filter(enrolment=row).for_list()
    context = {
        "space": "teacher",
        "school": group.programme.school,
        "cohort": group,
        "enrolment": row,
        "plan": row.plans.order_by("-pk").first(),
        "situations": situations[:SITUATIONS_SHOWN],
        "history": states.history(row),
        "may_edit": rules.can_edit_enrolment(request.actor, group, row),
        "may_invite": rules.can_invite(request.actor, group, row),
        "may_admit": rules.can_admit(request.actor, group, row),
        "may_complete": rules.can_complete(request.actor, group, row),
    }
    return render(request, "students/enrolments/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_create(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    group = cohort_or_404(request, school, cohort)
    require(rules.can_enrol(request.actor, group))
    form = EnrolmentForm(request.POST if request.method == "POST" else None, cohort=group)
    if request.method == "POST" and form.is_valid():
        try:
            row = service.enrol(cohort_id=group.pk, by=request.actor, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            _say_enrolled(request, group, row)
            return redirect("students:cohort-detail", school, group.public_id)
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "form": form}
    return render(request, "students/enrolments/form.html", context | {"enrolment": None})


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_edit(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    require(rules.can_edit_enrolment(request.actor, group, row))
    form = EnrolmentEditForm(request.POST if request.method == "POST" else None, enrolment=row)
    if request.method == "POST" and form.is_valid():
        service.change(enrolment_id=row.pk, by=request.actor, **form.cleaned_data)
        messages.success(request, _("The details have been saved."))
        return redirect("students:enrolment-detail", school, group.public_id, row.public_id)
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "form": form}
    return render(request, "students/enrolments/form.html", context | {"enrolment": row})


@require_POST
def enrolment_invite(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    require(rules.can_invite(request.actor, group, row))
    done = _("A new invitation is on its way to %(email)s.") % {"email": row.student.email}
    return _act(request, group, row, lambda: service.invite(enrolment_id=row.pk, by=request.actor), done)


@require_POST
def enrolment_admit(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    require(rules.can_admit(request.actor, group, row))
    done = _("%(name)s has a seat now and gets an invitation.") % {"name": row.student}
    return _act(request, group, row, lambda: service.admit(enrolment_id=row.pk, by=request.actor), done)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_drop_out(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    require(rules.can_drop_out(request.actor, group, row))
    form = ReasonForm(
        posted(request), help_text=_("The teachers of the cohort can read it. Nothing about health.")
    )
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = _("%(name)s has been taken out of the cohort. The seat is free.") % {"name": row.student}
        return _act(
            request,
            group,
            row,
            lambda: service.drop_out(enrolment_id=row.pk, reason=reason, by=request.actor),
            done,
        )
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "form": form}
    return render(request, "students/enrolments/drop_out.html", context | {"enrolment": row})


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_complete(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    group, row = _found(request, school, cohort, enrolment)
    require(rules.can_complete(request.actor, group, row))
    if request.method == "POST":
        done = _("%(name)s has completed the programme.") % {"name": row.student}
        return _act(
            request, group, row, lambda: service.complete(enrolment_id=row.pk, by=request.actor), done
        )
    context = {"space": "teacher", "school": group.programme.school, "cohort": group, "enrolment": row}
    return render(request, "students/enrolments/complete.html", context)


def _found(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> tuple[Cohort, Enrolment]:
    """The cohort, for its teachers only, and one of its enrolments."""
    group = cohort_or_404(request, school, cohort)
    require(rules.can_see_students(request.actor, group))
    mine = Enrolment.objects.visible_to(request.actor).with_parties()
    related = mine.select_related("student__invitation", "cohort__programme__school")
    return group, get_object_or_404(related, cohort=group, public_id=enrolment)


def _act(
    request: ActorRequest, cohort: Cohort, row: Enrolment, verb: Callable[[], object], done: str
) -> HttpResponse:
    """Do it, or say why it cannot be done now; then back to the student's page."""
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect(
        "students:enrolment-detail", cohort.programme.school.slug, cohort.public_id, row.public_id
    )


def _say_enrolled(request: ActorRequest, cohort: Cohort, row: Enrolment) -> None:
    names = {"name": row.student.full_name, "cohort": cohort.name, "capacity": cohort.capacity}
    if row.state == EnrolmentState.WAITING:
        messages.warning(
            request,
            _("%(cohort)s is full (%(capacity)d students). %(name)s is on the waiting list.") % names,
        )
    elif row.student.user_id is not None:
        messages.success(request, _("%(name)s is enrolled and gets a mail.") % names)
    else:
        messages.success(request, _("%(name)s is enrolled and gets an invitation.") % names)
