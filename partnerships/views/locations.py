"""Locations of an organisation: see, add, change, close, reopen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import endings, versions
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.forms.locations import LocationForm
from partnerships.models import Location, Organisation
from partnerships.presenters import sheets
from partnerships.presenters.closings import closing_location
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries import apart
from partnerships.queries.leaving import follows_closing_location
from partnerships.queries.likeness import locations_alike
from partnerships.queries.merging import Beside, locations_beside
from partnerships.rules import memberships as rules
from partnerships.services import locations as service
from partnerships.services import returns
from partnerships.views.guards import location_or_404, organisation_or_404
from ui.acts import attempt, attempt_back, attempt_form, confirm, posted, refused, was_read
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def location_list(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The open locations; for who keeps them also those that were closed lately."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_view_people(request.actor, organisation))
    may_manage = rules.can_manage(request.actor, organisation)
    locations = Location.objects.open().filter(organisation=organisation).for_list()
    if file := asked(request, locations, sheets.LOCATIONS):
        return file
    context = {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "page": paginate(request, locations.prefetch_related("merged"), short=True),
        "may_manage": may_manage,
        "closed": _closed(organisation) if may_manage else [],
        "alike": _alike(organisation) if may_manage else [],
    }
    return render(request, "partnerships/locations/list.html", context)


def _closed(organisation: Organisation) -> list[endings.Ended]:
    """Those that can be opened again."""
    return endings.lately(Location.objects.filter(organisation=organisation, merged_into=None))


def _alike(organisation: Organisation) -> list[Beside]:
    """Locations that may be one, and those of which was said that they are two."""
    said = apart.said(organisation.locations.all())
    return locations_beside(organisation.pk, apart.without(locations_alike(organisation.pk), said), said)


@require_http_methods(["GET", "HEAD", "POST"])
def location_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Add a location."""
    organisation = organisation_or_404(request, slug)
    require(rules.can_manage(request.actor, organisation))
    return _edit(request, organisation, None)


@require_http_methods(["GET", "HEAD", "POST"])
def location_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change a location that is open."""
    organisation, location = location_or_404(request, slug, public_id)
    if refused(request, rules.can_work_on_location(request.actor, location)):
        return redirect("partnerships:location-list", slug)
    return _edit(request, organisation, location)


def _edit(request: ActorRequest, organisation: Organisation, location: Location | None) -> HttpResponse:
    form = LocationForm(posted(request), instance=location or Location(organisation=organisation))
    if form.is_valid():
        if form.same is not None:
            messages.info(request, _("This location was there already. Nothing was added."))
            return redirect("partnerships:location-change", organisation.slug, form.same.public_id)
        if attempt_form(
            request, form, _act(request, form, location), _("The location has been saved."), field="name"
        ):
            return redirect("partnerships:location-list", organisation.slug)
    context = space_of_organisation(organisation) | {
        "organisation": organisation,
        "location": location,
        "form": form,
    }
    return render(request, "partnerships/locations/form.html", context)


def _act(request: ActorRequest, form: LocationForm, location: Location | None) -> Callable[[], Any]:
    """What saving does: write over the location that was read, or make one."""
    typed = form.save(commit=False)
    if location is not None:
        return partial(service.change, location=typed, by=request.actor, read=form.read)
    return partial(service.make, location=typed, seen=form.seen, by=request.actor)


@require_http_methods(["GET", "HEAD", "POST"])
def location_close(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Close a location that is open."""
    _organisation, location = location_or_404(request, slug, public_id)
    if refused(request, rules.can_work_on_location(request.actor, location)):
        return redirect("partnerships:location-list", slug)
    if request.method == "POST":
        act = partial(service.close, location_id=location.pk, by=request.actor, read=was_read(request))
        attempt(
            request, act, _("The location and its training places are closed. Current placements continue.")
        )
        return redirect("partnerships:location-list", slug)
    page = closing_location(location, follows_closing_location(location))
    return confirm(request, **page, read=versions.of(location))


@require_POST
def location_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let a location that was closed lately go on, with what can come back."""
    organisation, location = location_or_404(request, slug, public_id)
    require(rules.can_manage(request.actor, organisation))
    act = partial(returns.location, location_id=location.pk, by=request.actor, read=was_read(request))
    attempt_back(request, act, _("The location continues as it was."))
    return redirect("partnerships:location-list", slug)
