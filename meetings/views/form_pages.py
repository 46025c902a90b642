"""The one page on which every form of this app stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# A sentence above the form, the row that it acts on, and whether it ends something.
USUAL: dict[str, Any] = {"says": "", "read_of": "", "danger": False}


def show_form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The page with `form`, its `heading` and the word on its button (`submit`); `back` leads to `back_name`."""
    return render(request, "meetings/form.html", USUAL | context)
