"""Initiatives for everyone: browse, one initiative, and a feed of the newest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.for_everyone import Shared, for_everyone
from partnerships.filters.initiatives import InitiativeFilter
from partnerships.models import Initiative
from partnerships.presenters import sheets
from partnerships.presenters.initiatives import cards, detail_context
from partnerships.queries.initiatives import by_key
from partnerships.views.guards import open_to
from ui.pages import Known, paginate
from ui.shared import render_shared
from ui.sheets import asked

PER_PAGE = 12
IN_FEED = 30

# Gives the number of open places by initiative id. The app of placements knows it and stands above this one, so the
# portal hands it over.
OpenPlaces = Callable[[Collection[int]], Mapping[int, int]]


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
@for_everyone
def initiative_list(request: HttpRequest, open_places: OpenPlaces | None = None) -> HttpResponseBase:
    """Search, facets, map and pages; the whole state stands in the address."""
    shared = Shared(request)
    if not shared.is_kept:
        filters = InitiativeFilter(request.GET, path=request.path, queryset=Initiative.objects.published())
        if file := asked(request, lambda: filters.qs.select_related("partnership"), sheets.INITIATIVES):
            return file
        known = Known(counted=filters.number_found)
        page = paginate(request, filters.qs, PER_PAGE, rows=by_key, known=known)
        places = open_places([item.pk for item in page]) if open_places else None
        shown = cards(page.items, places, filters.themes.values())
        shared.shows(filters=filters, facet_form=filters.form_for(page), page=page, cards=shown)
        # While one is choosing (htmx), the filters stay open on a phone.
        shared.shows(swapped="HX-Request" in request.headers)
    return render_shared(request, "partnerships/initiatives/list.html", shared)


@login_not_required
@require_safe
@for_everyone
def initiative_detail(request: HttpRequest, slug: str, open_places: OpenPlaces | None = None) -> HttpResponse:
    """One initiative; a coordinator sees the unpublished ones of own partnerships too."""
    visible = open_to(
        request, Initiative.objects.select_related("partnership", "action_line").knowing_parts()
    )
    initiative = get_object_or_404(visible, slug=slug)
    places = open_places([initiative.pk]) if open_places else {}
    context = detail_context(initiative, places.get(initiative.pk, 0), getattr(request, "actor", None))
    return render(request, "partnerships/initiatives/detail.html", context)


class InitiativeFeed(Feed):
    """The initiatives updated last, for feed readers; with the filters of the list, those alone."""

    feed_type = Atom1Feed
    subtitle = gettext_lazy("What care employers and vocational schools try together.")
    author_name = "Leerpact"

    def get_object(self, request: HttpRequest) -> InitiativeFilter:
        path = reverse("partnerships:initiative-list")
        return InitiativeFilter(request.GET, path=path, queryset=Initiative.objects.published())

    def title(self, obj: InitiativeFilter) -> str:
        chosen = [str(chip.label) for chip in obj.chips]
        name = _("Initiatives on Leerpact")
        return f"{name}: {', '.join(chosen)}" if chosen else name

    def link(self, obj: InitiativeFilter) -> str:
        return obj.own_url

    def items(self, obj: InitiativeFilter) -> Any:
        """What was updated last stands first, whatever the order of the list."""
        return obj.qs.newest_first()[:IN_FEED]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_updateddate(self, item: Any) -> datetime:
        return datetime.combine(item.refreshed_on, time.min, timezone.get_current_timezone())


initiative_feed = login_not_required(require_safe(InitiativeFeed()))
