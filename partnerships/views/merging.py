"""Two organisations, or two locations of one, that turn out to be one: found, looked at beside each other, and merged."""

from __future__ import annotations

from operator import attrgetter
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import require
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.presenters.merging import location_lines, organisation_lines
from partnerships.presenters.sheets import ALIKE
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries import apart
from partnerships.queries import merging as queries
from partnerships.queries.likeness import organisations_alike
from partnerships.rules import memberships as membership_rules
from partnerships.rules import merging as rules
from partnerships.services import locations, organisations
from partnerships.views.guards import location_or_404
from partnerships.views.merging_page import MergePage, apart_page, merge_page, merged_already
from ui.pages import paginate, paginate_list
from ui.sheets import asked


@require_safe
def organisation_alike_list(request: ActorRequest) -> HttpResponseBase:
    """Organisations that may be one, the likeliest first, and those of which was said that they are two."""
    require(rules.can_look_for_doubles(request.actor))
    said = apart.said(Organisation.objects.all())
    alike = apart.without(organisations_alike(), said)
    if file := asked(request, alike, ALIKE):
        return file
    page = paginate_list(request, alike)
    apart_page = paginate_list(request, said, parameter="twee")
    found = queries.organisations_beside(page, apart_page)
    context = {
        "page": page,
        "apart_page": apart_page,
        "pairs": [row for row in found if row.act is None],
        "apart": [row for row in found if row.act is not None],
        "space": "administrator",
    }
    return render(request, "partnerships/merging/alike.html", context)


@require_POST
def organisation_apart(request: ActorRequest, slug: str, other: str) -> HttpResponse:
    """Two organisations that look alike are two, or that is taken back."""
    require(rules.can_look_for_doubles(request.actor))
    rows = Organisation.objects.standing()
    pair = get_object_or_404(rows, slug=slug), get_object_or_404(rows, slug=other)
    verdict = rules.can_tell_apart(request.actor, *pair)
    return apart_page(request, pair, verdict, reverse("partnerships:organisation-alike-list"))


@require_safe
def organisation_merge_find(request: ActorRequest, slug: str) -> HttpResponse:
    """The other one, found by name."""
    require(rules.can_look_for_doubles(request.actor))
    organisation = get_object_or_404(Organisation.objects.standing(), slug=slug)
    name = request.GET.get("naam", "").replace("\x00", "")[:120]
    found = paginate(request, queries.others_named(name, organisation))
    context = {"organisation": organisation, "name": name, "found": found, "space": "administrator"}
    return render(request, "partnerships/merging/find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_merge(request: ActorRequest, slug: str, other: str) -> HttpResponse:
    """Two organisations beside each other, what merging them does, and the act."""
    require(rules.can_look_for_doubles(request.actor))
    known = Organisation.objects.filter(slug__in=[slug, other])
    if len(known) == 2 and merged_already(request, *known, name=attrgetter("name")):
        return redirect("partnerships:organisation-alike-list")
    rows = queries.beside_each_other()
    pair = get_object_or_404(rows, slug=slug), get_object_or_404(rows, slug=other)
    page = MergePage(
        pair=pair,
        lines=organisation_lines(*pair),
        merge=organisations.merge,
        looked_at=organisations.looked_at,
        may=rules.can_merge,
        back=reverse("partnerships:organisation-alike-list"),
        context={"space": "administrator", "back_label": _("Organisations that look alike")},
    )
    return merge_page(request, page)


@require_safe
def location_merge_find(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """The other locations of the organisation, to choose the one that is the same."""
    organisation, location = location_or_404(request, slug, public_id)
    require(membership_rules.can_manage(request.actor, organisation))
    page = paginate(request, queries.other_locations(location))
    context = {"organisation": organisation, "location": location, "page": page}
    context |= space_of_organisation(organisation)
    return render(request, "partnerships/merging/locations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def location_merge(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two locations of an organisation beside each other, what merging them does, and the act."""
    organisation, one = location_or_404(request, slug, public_id)
    _same, two = location_or_404(request, slug, other)
    require(membership_rules.can_manage(request.actor, organisation))
    one.organisation = two.organisation = organisation
    page = MergePage(
        pair=(one, two),
        lines=location_lines(one, two),
        merge=locations.merge,
        looked_at=locations.looked_at,
        may=rules.can_merge_locations,
        back=reverse("partnerships:location-list", args=[slug]),
        context=space_of_organisation(organisation) | {"back_label": _("Locations")},
    )
    return merge_page(request, page)


@require_POST
def location_apart(request: ActorRequest, slug: str, public_id: UUID, other: UUID) -> HttpResponse:
    """Two locations that look alike are two, or that is taken back."""
    organisation, one = location_or_404(request, slug, public_id)
    _same, two = location_or_404(request, slug, other)
    require(membership_rules.can_manage(request.actor, organisation))
    verdict = rules.can_tell_apart(request.actor, one, two)
    return apart_page(request, (one, two), verdict, reverse("partnerships:location-list", args=[slug]))
