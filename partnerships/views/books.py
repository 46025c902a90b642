"""The contact book of a partnership."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships.actors import ActorRequest
from partnerships.filters.books import BookFilter
from partnerships.presenters.books import book_context
from partnerships.queries import books
from partnerships.views.guards import own_partnership
from ui.pages import paginate


@require_safe
def contact_book(request: ActorRequest, slug: str) -> HttpResponse:
    """Whom one calls for what, at every member (story E-09)."""
    partnership = own_partnership(request, slug)
    filters = BookFilter(
        request.GET or None,
        queryset=books.in_the_book(partnership),
        actor=request.actor,
        organisations=list(books.organisations_in(partnership)),
        themes=books.themes_in(partnership),
    )
    page = paginate(request, filters.qs, rows=books.with_roles)
    context = book_context(request.actor, partnership, page) | {"filters": filters}
    return render(request, "partnerships/partnerships/book.html", context)
