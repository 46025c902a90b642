"""Reporting where a diploma and the job differ, for everyone with a role at a member of a partnership."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import require
from meetings.models import Need
from meetings.views.form_pages import show_form
from partnerships.actors import ActorRequest
from partnerships.presenters.spaces import space_of
from programmes.forms.differences import DifferenceForm
from programmes.queries.differences import reports_in
from programmes.rules.differences import can_report
from programmes.services import differences as service
from ui.acts import attempt_form, posted


@require_http_methods(["GET", "HEAD", "POST"])
def difference_create(request: ActorRequest) -> HttpResponse:
    """Report a difference; it becomes a need of the partnership."""
    partnerships = reports_in(request.actor)
    require(can_report(partnerships))
    asked = next((row.pk for row in partnerships if row.slug == request.GET.get("samenwerking")), None)
    need = Need()
    form = DifferenceForm(
        posted(request),
        actor=request.actor,
        partnerships=partnerships,
        instance=need,
        initial={"partnership": asked},
    )
    if form.is_valid():
        row = form.save(commit=False)
        work_process = form.cleaned_data["work_process"]
        act = partial(service.report, need=row, work_process=work_process, by=request.actor)
        done = _("Your report has been sent to the coordinators. You get an email when there is an answer.")
        if attempt_form(request, form, act, done):
            return redirect(row)
    words = {"heading": _("Where do diploma and work differ?"), "submit": _("Send to the coordinators")}
    back = {"back": reverse("start"), "back_name": _("Start"), "form": form}
    return show_form(request, words | back | {"space": space_of(request.actor)})
