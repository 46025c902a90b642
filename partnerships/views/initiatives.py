"""Initiatives for everyone: browse, one initiative, and a feed of the newest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from core.provinces import PROVINCES
from partnerships.enums import Branch, InitiativeKind
from partnerships.filters import BRANCH_SLUGS, InitiativeFilter
from partnerships.models import Initiative
from ui.pages import paginate

PER_PAGE = 12
MOST_NEARBY = 4
IN_FEED = 30

# What tells how many places are open, per initiative id: placements know, and stand above this app.
OpenPlaces = Callable[[Collection[int]], Mapping[int, int]]


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def initiative_list(request: HttpRequest, open_places: OpenPlaces | None = None) -> HttpResponse:
    """Search, facets, map and pages; the whole state stands in the address."""
    filters = InitiativeFilter(request.GET, path=request.path, queryset=Initiative.objects.published())
    page = paginate(request, filters.qs.with_details(), PER_PAGE)
    places = open_places([item.pk for item in page]) if open_places else None
    return render(
        request,
        "partnerships/initiatives/list.html",
        # While one is choosing (htmx), the filters stay open on a phone.
        {"filters": filters, "page": page, "cards": cards(page, places), "swapped": bool(request.htmx)},  # type: ignore[attr-defined]
    )


@login_not_required
@require_safe
def initiative_detail(request: HttpRequest, slug: str, open_places: OpenPlaces | None = None) -> HttpResponse:
    """One initiative; a coordinator sees the unpublished ones of own partnerships too."""
    visible = (
        Initiative.objects.visible_to(request.actor)  # type: ignore[attr-defined]
        if request.user.is_authenticated
        else Initiative.objects.published()
    )
    initiative = get_object_or_404(visible.select_related("partnership", "action_line"), slug=slug)
    places = open_places([initiative.pk]) if open_places else {}
    nearby = Initiative.objects.published().nearby(initiative).for_list()[:MOST_NEARBY]
    context = {
        "initiative": initiative,
        "open_places": places.get(initiative.pk, 0),
        "themes": [(theme.name, _browse(thema=theme.slug)) for theme in initiative.themes.all()],
        "branches": [
            (Branch(value).label, _browse(branche=BRANCH_SLUGS[Branch(value)]))
            for value in initiative.branches
        ],
        "provinces": [(PROVINCES[value].name, _browse(provincie=value)) for value in initiative.provinces],
        "results": initiative.results.all(),
        "partners": initiative.partners.select_related("organisation").order_by("organisation__name", "pk"),
        "calls": initiative.calls.open().order_by("deadline", "pk"),
        "nearby": cards(nearby),
    }
    return render(request, "partnerships/initiatives/detail.html", context)


def cards(
    initiatives: Any, places: Mapping[int, int] | None = None
) -> list[tuple[Initiative, str, int | None]]:
    """(initiative, icon of its kind, open places or None when nobody counted them)."""
    return [
        (item, ICONS[item.kind], None if places is None else places.get(item.pk, 0)) for item in initiatives
    ]


ICONS = {
    InitiativeKind.PROJECT: "flag-3",
    InitiativeKind.EXPERIMENT: "flask",
    InitiativeKind.LEARNING_WORKPLACE: "tools",
    InitiativeKind.PROGRAMME: "school",
    InitiativeKind.EXCHANGE: "arrows-exchange",
    InitiativeKind.TRAINING: "books",
}


def _browse(**state: str) -> str:
    return reverse("partnerships:initiative-list", query=state)


class InitiativeFeed(Feed):
    """The initiatives updated last, for feed readers."""

    feed_type = Atom1Feed
    title = _("Initiatives on Leerpact")
    subtitle = _("What care employers and vocational schools try together.")
    link = reverse_lazy("partnerships:initiative-list")

    def items(self) -> Any:
        return Initiative.objects.published().newest_first()[:IN_FEED]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)


initiative_feed = login_not_required(require_safe(InitiativeFeed()))
