"""Locations of an organisation: see, add, change, close."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import require
from core.dates import today
from partnerships.actors import ActorRequest
from partnerships.forms.locations import LocationForm
from partnerships.models import Location
from partnerships.rules import memberships as rules
from partnerships.views.memberships import frame_of, organisation_for
from ui.pages import paginate


@require_safe
def location_list(request: ActorRequest, slug: str) -> HttpResponse:
    organisation = organisation_for(request, slug)
    require(rules.can_view_people(request.actor, organisation))
    page = paginate(request, Location.objects.open().filter(organisation=organisation).for_list())
    context = {
        "organisation": organisation,
        **frame_of(organisation),
        "page": page,
        "may_manage": rules.can_manage(request.actor, organisation),
    }
    return render(request, "partnerships/locations/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def location_create(request: ActorRequest, slug: str) -> HttpResponse:
    return _edit(request, slug, None)


@require_http_methods(["GET", "HEAD", "POST"])
def location_change(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    return _edit(request, slug, public_id)


def _edit(request: ActorRequest, slug: str, public_id: str | None) -> HttpResponse:
    organisation = organisation_for(request, slug)
    location = (
        get_object_or_404(Location, organisation=organisation, public_id=public_id) if public_id else None
    )
    require(rules.can_manage(request.actor, organisation))
    if location and _is_closed(request, location):
        return redirect("partnerships:location-list", slug)
    form = LocationForm(request.POST or None, instance=location or Location(organisation=organisation))
    if form.is_valid() and form.save_or_explain("name"):
        messages.success(request, _("The location has been saved."))
        return redirect("partnerships:location-list", slug)
    context = {
        "organisation": organisation,
        **frame_of(organisation),
        "location": location,
        "form": form,
    }
    return render(request, "partnerships/locations/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def location_close(request: ActorRequest, slug: str, public_id: str) -> HttpResponse:
    organisation = organisation_for(request, slug)
    location = get_object_or_404(Location, organisation=organisation, public_id=public_id)
    require(rules.can_manage(request.actor, organisation))
    if _is_closed(request, location):
        return redirect("partnerships:location-list", slug)
    if request.method == "POST":
        location.closed_on = today()
        location.save(update_fields=["closed_on"])
        messages.success(request, _("The location is closed. What runs there goes on."))
        return redirect("partnerships:location-list", slug)
    context = {"organisation": organisation, **frame_of(organisation), "location": location}
    return render(request, "partnerships/locations/close.html", context)


def _is_closed(request: ActorRequest, location: Location) -> bool:
    """Say so to who has an old page, or pressed twice."""
    closed = location.closed_on is not None and location.closed_on <= today()
    if closed:
        messages.info(request, _("This location has been closed."))
    return closed
