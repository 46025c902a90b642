"""Requests for erasure: an administrator reads who asks, decides with a reason, and sees later what was done."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules
from accounts.models import ErasureRequest, SupportAct
from accounts.presenters.own_data import RequestRow
from accounts.presenters.sheets import ERASURES
from accounts.queries.privacy import what_runs
from accounts.services import erasure
from accounts.views.second_step import for_administrators
from core.dates import today
from partnerships.actors import ActorRequest
from partnerships.forms.support import ErasureForm
from ui.acts import attempt_form, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
@for_administrators
def erasure_list(request: ActorRequest) -> HttpResponseBase:
    """Every request, what waits for a decision first."""
    found = ErasureRequest.objects.for_list()
    if file := asked(request, found, ERASURES):
        return file
    page = paginate(request, found)
    rows = [RequestRow(row) for row in page]
    context = {"page": page, "rows": rows, "space": "administrator"}
    return render(request, "partnerships/erasures/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def erasure_detail(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Decide, while the account of who asks is open to this administrator; or read what was decided and done."""
    row = get_object_or_404(ErasureRequest.objects.for_list(), public_id=public_id)
    own = (
        SupportAct.objects.running().filter(administrator=request.actor.person_id, subject=row.person).first()
    )
    verdict = rules.can_decide_erasure(request.user.person, row, own)
    form = ErasureForm(posted(request))
    if request.method == "POST" and refused(request, verdict):
        return redirect(row)
    if form.is_valid():
        act = partial(erasure.decide, request_id=row.pk, by=request.actor.person_id, read=was_read(request))
        done = _("Saved. The person has been mailed.")
        if attempt_form(request, form, partial(act, **form.decision()), done):
            return redirect("partnerships:erasure-list")
    context: dict[str, Any] = {
        "row": RequestRow(row),
        "act": own,
        "form": form if verdict else None,
        "verdict": verdict,
    }
    context |= {"running": dict.fromkeys(what_runs(row.person, today())), "space": "administrator"}
    return render(request, "partnerships/erasures/detail.html", context)
