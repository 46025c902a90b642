"""A personal link: its page says what it is for, a button opens it, and then its act can be done for twelve hours."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.enums import LinkAct
from accounts.models import PersonalLink
from accounts.queries import links as queries
from accounts.services import links as service

OPEN_FOR = dt.timedelta(hours=12)
_SESSION_KEY = "personal_links"
# The page on which each act is done; it takes the link's public id, and opens for who has opened the link.
PAGES = {
    LinkAct.SIGN_UP: "partnerships:sign-up-own",
    LinkAct.OBJECTION: "agreements:signature-object",
    LinkAct.MEETING: "meetings:attendance-own",
}


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def personal_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for; a POST opens it. Whoever only looks, a scanner of mails too, uses nothing up."""
    link = queries.known_by(token)
    if link is None:
        return render(request, "accounts/links/unusable.html", {"token": token}, status=404)
    if request.method == "POST":
        opened = request.session.get(_SESSION_KEY, {})
        request.session[_SESSION_KEY] = {**opened, str(link.public_id): timezone.now().timestamp()}
        return redirect(PAGES[LinkAct(link.act)], link.public_id)
    return render(request, "accounts/links/open.html", {"link": link})


@login_not_required
@never_cache
@require_POST
def personal_link_renew(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new link; the answer is the same whatever the secret was."""
    service.ask_new(token=token)
    return render(request, "accounts/links/renewed.html")


def opened_link(request: HttpRequest, public_id: UUID, act: LinkAct) -> PersonalLink | None:
    """The link that was opened in this browser for this act, for twelve hours; nothing when it was withdrawn since."""
    since = request.session.get(_SESSION_KEY, {}).get(str(public_id))
    if since is None or timezone.now().timestamp() - since > OPEN_FOR.total_seconds():
        return None
    found = PersonalLink.objects.filter(public_id=public_id, act=act, revoked_at=None)
    return found.select_related("person__user").first()


def closed(request: HttpRequest) -> HttpResponse:
    """The page of an act for whoever has not opened the link to it, or too long ago."""
    return render(request, "accounts/links/closed.html", status=404)
