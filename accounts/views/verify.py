"""Whether a file was made by the portal and is unchanged: for whoever was given one. Public; nothing of it is kept."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.forms.people import VerifyForm
from accounts.queries.verifying import known_file
from accounts.services import throttles
from core.visitors import rough_network_of
from ui.acts import posted, too_many


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Choose a file, or give a checksum; it is held against those that the portal knows."""
    if request.method == "POST" and not throttles.take(
        limit=throttles.VERIFIED, key=rough_network_of(request)
    ):
        return too_many(request)
    form = VerifyForm(posted(request), request.FILES or None)
    context = {"form": form, "is_asked": False}
    if form.is_valid():
        known = known_file(form.digest, getattr(request, "actor", None))
        context |= {"is_asked": True, "known": known, "digest": form.digest}
    return render(request, "accounts/verify.html", context)
