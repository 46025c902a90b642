"""Themes of a partnership for all who know it from within."""

from __future__ import annotations

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.presenters import sheets
from partnerships.presenters import themes as pages
from partnerships.queries.themes import initiatives_of, themes_of
from partnerships.views.guards import own_partnership, theme_in
from ui.pages import paginate
from ui.sheets import asked


@require_safe
def partnership_themes(request: ActorRequest, slug: str) -> HttpResponseBase:
    """The themes with the initiatives under each; where none runs that is marked, and what is over stands last."""
    partnership = own_partnership(request, slug)
    rows = themes_of(partnership)
    if file := asked(request, rows, sheets.THEMES):
        return file
    context = pages.list_context(request.actor, partnership, paginate(request, rows))
    return render(request, "partnerships/themes/list.html", context)


@require_safe
def partnership_theme(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponseBase:
    """One theme with its initiatives and its history."""
    theme = theme_in(request, slug, public_id)
    rows = initiatives_of(theme, request.actor)
    if file := asked(request, rows, sheets.INITIATIVES):
        return file
    context = pages.detail_context(request.actor, theme, paginate(request, rows))
    return render(request, "partnerships/themes/detail.html", context)
