"""The money of an initiative, for who leads it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import ActorRequest
from partnerships.forms.fundings import FundingForm
from partnerships.models import Funding, Initiative
from partnerships.presenters.initiative_partners import around
from partnerships.services import fundings as service
from partnerships.views.guards import led_initiative
from ui.acts import attempt_form, posted
from ui.history import dated_trail


@require_http_methods(["GET", "HEAD", "POST"])
def funding_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Say who pays."""
    initiative = led_initiative(request, slug)
    return _edit(request, initiative, Funding(initiative=initiative))


@require_http_methods(["GET", "HEAD", "POST"])
def funding_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change what is written of the money and of what comes after it."""
    initiative = led_initiative(request, slug)
    row = get_object_or_404(initiative.fundings.for_list(), public_id=public_id)
    row.initiative = initiative
    return _edit(request, initiative, row)


def _edit(request: ActorRequest, initiative: Initiative, row: Funding) -> HttpResponse:
    form = FundingForm(posted(request), instance=row)
    if form.is_valid():
        act = partial(service.save, funding=row, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("Saved.")):
            return redirect(row)
    context = around(request.actor, initiative) | {"form": form, "funding": row if row.pk else None}
    context["history"] = dated_trail(row) if row.pk else []
    return render(request, "partnerships/fundings/form.html", context)
