"""The styleguide: every component in every state, for whoever builds a page. Never in production, except for staff."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui.components import Link
from ui.samples import samples

SPACES = ("public", "student", "employer", "teacher", "supervisor", "coordinator")


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component, in the colours of the space asked for."""
    if not (settings.STYLEGUIDE or request.user.is_staff):
        raise Http404
    asked = request.GET.get("rol", "")
    space = asked if asked in SPACES else "public"
    links = [Link(name, f"?rol={name}", name == space) for name in SPACES]
    return render(request, "ui/styleguide.html", {"space": space, "spaces": links, **samples()})
