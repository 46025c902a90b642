"""Students who leave a cohort, move to another, and come back: for the teachers of the cohort."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import states
from partnerships.actors import ActorRequest
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.forms.leavings import LeavingForm, ReturnForm, TransferForm
from students.models import Enrolment
from students.presenters.enrolments import enrolment_url, head_of
from students.queries import cohorts as queries
from students.queries.leaving import consequences, moved_by
from students.rules import enrolments as rules
from students.services import leavings, returns
from students.views.guards import cohort_enrolment_or_404
from ui.acts import attempt, attempt_back, attempt_form, posted, refused, was_read
from ui.languages import dutch, told


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_drop_out(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Take a student out, after reading everything that follows."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    done = _("%(name)s has been taken out of the cohort. You can take this back for 14 days.")
    if _sent_again(request, row, EnrolmentState.DROPPED_OUT, done) or refused(
        request, rules.can_drop_out(request.actor, group, row)
    ):
        return redirect(enrolment_url(group, row))
    form = LeavingForm(posted(request), enrolment=row)
    if form.is_valid():
        drop_out = partial(leavings.drop_out, enrolment_id=row.pk, by=request.actor, read=was_read(request))
        act = partial(drop_out, **form.cleaned_data)
        if attempt_form(request, form, act, done % {"name": row.student}):
            return redirect(enrolment_url(group, row))
    context = head_of(group) | {"form": form, "enrolment": row, "consequences": consequences(row)}
    return render(request, "students/enrolments/drop_out.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_complete(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Ask once more, then say that the student has finished."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    done = _("%(name)s has completed the programme.")
    if _sent_again(request, row, EnrolmentState.COMPLETED, done) or refused(
        request, rules.can_complete(request.actor, group, row)
    ):
        return redirect(enrolment_url(group, row))
    if request.method == "POST":
        act = partial(leavings.complete, enrolment_id=row.pk, by=request.actor, read=was_read(request))
        attempt(request, act, done % {"name": row.student})
        return redirect(enrolment_url(group, row))
    return render(request, "students/enrolments/complete.html", head_of(group) | {"enrolment": row})


@require_POST
def enrolment_reinstate(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Take back that a student left or finished; says what could not come back."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    done = _("This was taken back: %(name)s is in the cohort as before. Those who were told hear of it.")
    if row.is_open:
        messages.success(request, done % {"name": row.student})
    elif not refused(request, rules.can_reinstate(request.actor, group, row, states.last_act(row))):
        act = partial(returns.reinstate, enrolment_id=row.pk, by=request.actor, read=was_read(request))
        attempt_back(request, act, done % {"name": row.student})
    return redirect(enrolment_url(group, row))


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_return(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Enrol someone who left once more; the learning plan goes on."""
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    if request.method == "POST" and row.is_continued:
        messages.success(request, _returned(row.continued_by.cohort, row.continued_by))
        return redirect("cohort-detail", school, row.continued_by.cohort.public_id)
    if refused(request, rules.can_re_enrol(request.actor, group, row)):
        return redirect(enrolment_url(group, row))
    form = ReturnForm(
        posted(request), cohorts=queries.open_for(request.actor, group), initial={"cohort": group.pk}
    )
    if form.is_valid():
        chosen = form.cleaned_data["cohort"]
        values = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        act = partial(returns.re_enrol, enrolment_id=row.pk, cohort_id=chosen.pk, by=request.actor)
        act = partial(act, read=was_read(request), **values)
        if attempt_form(request, form, act, partial(_returned, chosen)):
            return redirect("cohort-detail", school, chosen.public_id)
    context = head_of(group) | {"form": form, "enrolment": row}
    return render(request, "students/enrolments/return.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_transfer(request: ActorRequest, school: str, cohort: UUID, enrolment: UUID) -> HttpResponse:
    """Move a student to another cohort of the programme."""
    if request.method == "POST" and moved_by(request.actor, enrolment, cohort):
        messages.success(request, _("The student has moved. Student and teachers are told."))
        return redirect("cohort-detail", school, cohort)
    group, row = cohort_enrolment_or_404(request, school, cohort, enrolment)
    if refused(request, rules.can_transfer(request.actor, group, row)):
        return redirect(enrolment_url(group, row))
    form = TransferForm(posted(request), cohorts=queries.others_of_programme(group))
    if form.is_valid():
        chosen = form.cleaned_data["cohort"]
        done = _("%(name)s is in %(cohort)s now. Student and teachers are told.")
        act = partial(leavings.transfer, enrolment_id=row.pk, cohort_id=chosen.pk, by=request.actor)
        act = partial(act, read=was_read(request))
        if attempt_form(request, form, act, told(done, name=row.student, cohort=dutch(chosen))):
            return redirect("cohort-detail", school, group.public_id)
    context = head_of(group) | {"form": form, "enrolment": row}
    return render(request, "students/enrolments/transfer.html", context)


def _sent_again(request: ActorRequest, row: Enrolment, state: EnrolmentState, done: str) -> bool:
    """Whether this was done already and is sent once more; says what it did."""
    again = request.method == "POST" and row.state == state
    if again:
        messages.success(request, done % {"name": row.student})
    return again


def _returned(cohort: Cohort, row: Enrolment) -> str:
    names = {"name": row.student.full_name, "cohort": dutch(cohort.name)}
    if row.is_waiting:
        return told(
            _("%(cohort)s is full. %(name)s is on the waiting list; the learning plan continues later."),
            **names,
        )
    return told(_("%(name)s is in %(cohort)s again. The learning plan continues."), **names)
