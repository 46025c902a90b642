"""Pages of which all but the frame is the same for everyone, whoever is signed in (`core.for_everyone.Shared`)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.for_everyone import Shared


def render_shared(request: HttpRequest, template: str, shared: Shared) -> HttpResponse:
    """The page in the frame of who asks, of what its view said that it shows where it was not kept."""
    response = render(request, template, {"shared": shared})
    shared.keep()
    return response
