"""Students of a cohort, for its teachers: enrol, invite, admit, correct."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import emails
from core.access import Verdict
from partnerships.actors import Actor, ActorRequest
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.forms.enrolments import EnrolmentEditForm, NewEnrolmentForm
from students.models import Enrolment
from students.presenters.enrolments import enrolment_url, head_of
from students.rules import enrolments as rules
from students.services import enrolments as service
from students.views.guards import cohort_enrolment_or_404, taught_cohort_or_404
from ui.acts import attempt, attempt_form, posted, refused, was_read
from ui.languages import dutch, told


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_create(request: ActorRequest, school: str, cohort: UUID) -> HttpResponse:
    """Put a student in the cohort, or on its waiting list."""
    group = taught_cohort_or_404(request, school, cohort)
    if refused(request, rules.can_enrol(request.actor, group)):
        return redirect("cohort-detail", school, group.public_id)
    form = NewEnrolmentForm(posted(request), cohort=group)
    if form.is_valid():
        try:
            row = service.enrol(cohort_id=group.pk, by=request.actor, **form.answers())
        except ValidationError as error:
            form.add_error("email", error)
        else:
            _say_enrolled(request, group, row)
            return redirect("cohort-detail", school, group.public_id)
    context = head_of(group) | {"form": form, "enrolment": None}
    return render(request, "students/enrolments/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_edit(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Correct what was filled in."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    if refused(request, rules.can_edit_enrolment(request.actor, group, row)):
        return redirect(enrolment_url(group, row))
    form = EnrolmentEditForm(posted(request), enrolment=row)
    if form.is_valid():
        act = partial(service.change, enrolment_id=row.pk, by=request.actor, version=form.read)
        act = partial(act, **form.cleaned_data)
        if attempt_form(request, form, act, _("The details have been saved.")):
            return redirect(enrolment_url(group, row))
    context = head_of(group) | {"form": form, "enrolment": row}
    return render(request, "students/enrolments/form.html", context)


@require_POST
def enrolment_invite(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Send a link to make an account."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    done = _("A new invitation is on its way to %(email)s.") % {"email": emails.shown(row.student.address)}
    return _act(request, group, row, rules.can_invite, service.invite, done)


@require_POST
def enrolment_admit(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Give someone of the waiting list a seat."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    done = _("%(name)s has a seat now and gets an invitation.") % {"name": row.student}
    return _act(request, group, row, rules.can_admit, service.admit, done)


def _act(
    request: ActorRequest,
    cohort: Cohort,
    row: Enrolment,
    rule: Callable[[Actor, Cohort, Enrolment], Verdict],
    verb: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Do it, or say why it cannot be done now; then back to the student's page."""
    if not refused(request, rule(request.actor, cohort, row)):
        attempt(request, partial(verb, enrolment_id=row.pk, by=request.actor, read=was_read(request)), done)
    return redirect(enrolment_url(cohort, row))


def _say_enrolled(request: ActorRequest, cohort: Cohort, row: Enrolment) -> None:
    names = {"name": row.student.full_name, "cohort": dutch(cohort.name)}
    if row.state == EnrolmentState.WAITING:
        messages.warning(
            request,
            told(_("%(cohort)s is full. %(name)s is on the waiting list."), **names),
        )
    elif row.student.has_account:
        messages.success(request, _("%(name)s is enrolled and gets an email.") % names)
    else:
        messages.success(request, _("%(name)s is enrolled and gets an invitation.") % names)
