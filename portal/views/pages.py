"""The pages in the foot: about, help, accessibility, privacy, colophon. Public, and the same for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.presenters.own_data import kept_rows
from accounts.queries.privacy import lengths_on
from core.dates import today
from core.for_everyone import for_everyone


@login_not_required
@require_safe
@for_everyone
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/about.html")


@login_not_required
@require_safe
@for_everyone
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/help.html")


@login_not_required
@require_safe
@for_everyone
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/accessibility.html")


@login_not_required
@require_safe
@for_everyone
def privacy(request: HttpRequest) -> HttpResponse:
    kept = kept_rows(lengths_on(today()), all_of_them=True)
    return render(request, "portal/pages/privacy.html", {"kept": kept})


@login_not_required
@require_safe
@for_everyone
def colophon(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/pages/colophon.html")
