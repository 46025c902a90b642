"""Clients, carers and experts who come with an organisation: its managers let them take part, and end that."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import endings, versions
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.affiliations import TakesPartForm
from partnerships.models import Affiliation, Organisation
from partnerships.presenters import sheets
from partnerships.presenters.affiliations import ending
from partnerships.presenters.spaces import space_of_organisation
from partnerships.rules.affiliations import can_end
from partnerships.rules.memberships import can_manage
from partnerships.services import affiliations as service
from partnerships.services import returns
from partnerships.views.guards import organisation_or_404
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


def _managed(request: ActorRequest, slug: str) -> Organisation:
    organisation = organisation_or_404(request, slug)
    require(can_manage(request.actor, organisation))
    return organisation


@require_safe
def affiliation_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """Who takes part in which partnership, and who did until lately."""
    organisation = _managed(request, slug)
    own = Affiliation.objects.by_hand().filter(organisation=organisation).for_list()
    if file := asked(request, own.running(), sheets.AFFILIATIONS):
        return file
    context = {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "page": paginate(request, own.running()),
        "ended": endings.lately(own),
    }
    return render(request, "partnerships/affiliations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_add(request: ActorRequest, slug: str) -> HttpResponse:
    """Let someone take part by name and address."""
    organisation = _managed(request, slug)
    form = TakesPartForm(posted(request), organisation=organisation, actor=request.actor)
    if form.is_valid():
        act = partial(service.begin, organisation=organisation, by=request.actor, **form.newcomer())
        done = _("This person takes part. A coordinator can give a seat in a group.")
        if attempt_form(request, form, act, done):
            return redirect("partnerships:affiliation-list", slug)
    context = space_of_organisation(organisation) | {"organisation": organisation, "form": form}
    return render(request, "partnerships/affiliations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let someone take part no more."""
    organisation = _managed(request, slug)
    row = get_object_or_404(organisation.affiliations.by_hand().for_list(), public_id=public_id)
    if refused(request, can_end(request.actor, row)):
        return redirect("partnerships:affiliation-list", slug)
    if request.method == "POST":
        act = partial(service.end, affiliation_id=row.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("This person no longer takes part."))
        return redirect("partnerships:affiliation-list", slug)
    return confirm(request, **ending(row), **space_of_organisation(organisation), read=versions.of(row))


@require_POST
def affiliation_take_back(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let someone take part again whose taking part ended lately."""
    organisation = _managed(request, slug)
    row = get_object_or_404(organisation.affiliations.by_hand(), public_id=public_id)
    act = partial(returns.affiliation, affiliation_id=row.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("This person takes part again."))
    return redirect("partnerships:affiliation-list", slug)
