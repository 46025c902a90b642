"""The first page for everyone, and the pages that tell employers and students how to start."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.for_everyone import Shared, for_everyone, sums
from partnerships.models import Call, Initiative, Member, Partnership
from partnerships.presenters.initiatives import cards
from partnerships.queries.initiatives import newest
from partnerships.queries.search import Counts, facet_counts
from portal.sitemaps import SITEMAPS
from ui.about import absolute
from ui.components import Figure
from ui.formats import number
from ui.maps import map_cells
from ui.shared import render_shared

MOST_NEW = 4
MOST_CALLS = 5


@login_not_required
@require_safe
@for_everyone
def home(request: HttpRequest) -> HttpResponse:
    """Three ways in, what is new, and where."""
    shared = Shared(request)
    if not shared.is_kept:
        shared.shows(**_home())
    return render_shared(request, "portal/home.html", shared)


def _home() -> dict[str, Any]:
    """What stands there, the same for everyone."""
    published = Initiative.objects.published()
    counts = facet_counts(published, {})["province"]
    browse = reverse("partnerships:initiative-list")
    return {
        "cells": map_cells(counts.values, f"{browse}?provincie={{code}}"),
        "cards": cards(newest(MOST_NEW)),
        "figures": _figures(counts),
    }


def _figures(counts: Counts) -> list[Figure]:
    """What the portal holds today, counted."""
    partnerships, organisations = sums("home", _taking_part)
    total = f"{number(counts.total)}+" if counts.is_capped else counts.total
    return [
        Figure(_("Partnerships"), partnerships),
        Figure(_("Organisations that take part"), organisations),
        Figure(_("Initiatives"), total),
    ]


def _taking_part() -> tuple[int, int]:
    """How many partnerships run, and how many organisations take part in them."""
    running = Partnership.objects.published().running()
    members = Member.objects.running().filter(partnership__in=running)
    return running.count(), members.values("organisation").distinct().count()


@login_not_required
@require_safe
@for_everyone
def for_employers(request: HttpRequest) -> HttpResponse:
    """How an employer starts, with the calls that are open."""
    calls = Call.objects.open().select_related("partnership").order_by("deadline", "pk")[:MOST_CALLS]
    return render(request, "portal/for_employers.html", {"calls": calls})


@login_not_required
@require_safe
@for_everyone
def for_students(request: HttpRequest) -> HttpResponse:
    """How a student starts."""
    return render(request, "portal/for_students.html")


@login_not_required
@require_safe
@cache_control(max_age=24 * 3600, public=True)
def robots(_request: HttpRequest) -> HttpResponse:
    """Search engines read the public pages; the browse page once, not in every combination of filters."""
    rules = ["User-agent: *", "Disallow: /account/", "Disallow: /beheer/", "Disallow: /oproepen/bevestigen/"]
    rules += ["Disallow: /*/aanmelden/", "Disallow: /initiatieven/?", "Disallow: /zoeken/"]
    rules += [f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(rules), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(max_age=3600, public=True)
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """Which files name the public pages."""
    return sitemaps.index(request, SITEMAPS, sitemap_url_name="sitemap-section")


@login_not_required
@require_safe
@cache_control(max_age=3600, public=True)
def sitemap_section(request: HttpRequest, section: str) -> HttpResponseBase:
    """The public pages of one kind."""
    return sitemaps.sitemap(request, SITEMAPS, section=section)
