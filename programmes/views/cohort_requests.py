"""Cohorts that a coordinator asks a school for, and that the school makes or declines."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.views.form_pages import show_form
from partnerships.actors import ActorRequest
from partnerships.views.guards import own_partnership
from programmes.forms.cohort_requests import CohortRequestForm
from programmes.forms.cohorts import CohortForm
from programmes.models import CohortRequest
from programmes.presenters import cohort_requests as pages
from programmes.queries.teachers import own_teaching
from programmes.rules import cohort_requests as rules
from programmes.services import cohort_requests as service
from programmes.views.guards import cohort_request_or_404
from ui.acts import attempt, attempt_form, number_read, posted, refused, was_read
from ui.forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_request_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Ask a school for a cohort."""
    partnership = own_partnership(request, slug)
    if refused(request, rules.can_ask(request.actor, partnership)):
        return redirect("partnerships:partnership-inside", slug)
    form = CohortRequestForm(posted(request), partnership=partnership, instance=CohortRequest())
    if form.is_valid():
        row = form.save(commit=False)
        act = partial(service.ask, request=row, partnership=partnership, by=request.actor)
        if attempt_form(
            request, form, act, _("The school has been asked. You get an email with the answer.")
        ):
            return redirect(row)
    words = {"heading": _("Ask a school for a cohort"), "submit": _("Send to the school")}
    return show_form(request, pages.around_partnership(partnership) | {"form": form} | words)


@require_safe
def cohort_request_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """What was asked, and what the school says."""
    row = cohort_request_or_404(request, public_id)
    return render(request, "programmes/cohort_requests/detail.html", pages.detail_context(request.actor, row))


def _form(request: ActorRequest, row: CohortRequest, **words: Any) -> HttpResponse:
    context = pages.around(request.actor, row)
    context |= {"back": row.get_absolute_url(), "back_name": row.name, "read_of": row}
    return show_form(request, context | words)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_request_confirm(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Make the cohort."""
    row = cohort_request_or_404(request, public_id)
    if refused(request, rules.can_confirm(request.actor, row)):
        return redirect(row)
    me = own_teaching(request.actor)
    asked = {"name": row.name, "starts_on": row.starts_on, "capacity": row.capacity, "teachers": me}
    form = CohortForm(posted(request), programme=row.programme, own=me, teaching=(), initial=asked)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("teachers", "lead")}
        cohort = form.save(commit=False)
        act = partial(service.confirm, request_id=row.pk, cohort=cohort, by=request.actor, **chosen)
        done = _("The cohort is there. Its teachers can enrol students now.")
        if attempt_form(request, form, partial(act, read=was_read(request)), done, field="name"):
            return redirect(row)
    words = {"heading": _("Confirm the cohort"), "submit": _("Confirm the cohort")}
    return _form(request, row, form=form, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def cohort_request_decline(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say no."""
    row = cohort_request_or_404(request, public_id)
    if refused(request, rules.can_decline(request.actor, row)):
        return redirect(row)
    form = ReasonForm(posted(request), help_text=_("The coordinators get this by email."))
    if form.is_valid():
        act = partial(service.decline, request_id=row.pk, by=request.actor, **form.cleaned_data)
        done = _("The coordinators have been told.")
        if attempt_form(request, form, partial(act, read=was_read(request)), done):
            return redirect(row)
    words = {"heading": _("Decline the cohort"), "submit": _("Decline the cohort"), "danger": True}
    return _form(request, row, form=form, **words)


@require_POST
def cohort_request_withdraw(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Ask no longer."""
    row = cohort_request_or_404(request, public_id)
    if not refused(request, rules.can_withdraw(request.actor, row)):
        act = partial(service.withdraw, request_id=row.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The request has been withdrawn. The school has been told."))
    return redirect(row)


@require_POST
def cohort_request_take_back(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Take back a no."""
    row = cohort_request_or_404(request, public_id)
    if not refused(request, rules.can_take_back(request.actor, row)):
        act_id = number_read(request.POST.get("act", ""))
        act = partial(service.take_back, request_id=row.pk, act_id=act_id, by=request.actor)
        attempt(request, act, _("The request waits for an answer again."))
    return redirect(row)
