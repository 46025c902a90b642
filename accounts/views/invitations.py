"""The link of an invitation: for whom and for what it is, and the one button that accepts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.people import InvitationForm
from accounts.models import Invitation, User
from accounts.queries import invitations as queries
from accounts.services import invitations as service
from ui.acts import posted, tell


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show the invitation; a POST accepts it. Opening the link uses nothing up."""
    found = queries.opened_by(token)
    if found is None:
        return _unusable(request, token)
    if request.user.is_authenticated:
        return _for_signed_in(request, found, token)
    if queries.has_account(found):
        return render(request, "accounts/invitations/sign_in.html", {"invitation": found})
    return _for_new(request, found, token)


@login_not_required
@never_cache
@require_POST
def invitation_renew(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a new link; the answer is the same whatever the token was."""
    service.ask_new_link(token=token)
    return render(request, "accounts/invitations/renewed.html")


def _for_signed_in(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Accept with the account that is signed in, when the invitation is for its address."""
    user: Any = request.user
    if user.email != found.email:
        return render(request, "accounts/invitations/other_account.html", {"invitation": found})
    if request.method != "POST":
        return _ask(request, found, user)
    try:
        service.accept(token=token, user=user, digest=request.POST.get("digest"))
    except service.InvitationUnusable:
        return _unusable(request, token)
    except ValidationError as error:
        tell(request, error)
        return redirect("accounts:invitation", token)
    messages.success(request, _("Welcome at %(party)s.") % {"party": found.party_name})
    return redirect(_place_of(found))


def _ask(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    """For what it is, and what comes to the account with it: what was known already of who was invited."""
    names = {"own_name": user.person.full_name, "known_name": found.person.full_name}
    context: dict[str, Any] = {"invitation": found, **names}
    try:
        joined = service.would_join(invitation=found, user=user)
    except ValidationError as refusal:
        context["refusal"] = " ".join(refusal.messages)
    else:
        context |= {"joined": joined, "digest": joined.digest if joined else ""}
    return render(request, "accounts/invitations/accept.html", context)


def _for_new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Ask for a name and a password, make the account, accept and sign in."""
    form = InvitationForm(posted(request), invitation=found)
    if form.is_valid():
        try:
            user = service.accept_as_new(token=token, **form.cleaned_data)
        except service.InvitationUnusable:
            return _unusable(request, token)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account is ready. Welcome!"))
            return perform_login(request, user, redirect_url=_place_of(found))
    return render(request, "accounts/invitations/new_account.html", {"invitation": found, "form": form})


def _unusable(request: HttpRequest, token: str) -> HttpResponse:
    """The link does not work; whoever used it before is simply taken to the first page."""
    accepted = queries.accepted_by(token, request.user) if request.user.is_authenticated else None
    if accepted:  # the button was pressed twice, or the mail was opened again later
        return redirect(_place_of(accepted))
    return render(request, "accounts/invitations/unusable.html", {"token": token}, status=404)


def _place_of(accepted: Invitation) -> str:
    """The first page, which leads on to where the invitation was for."""
    return f"{settings.LOGIN_REDIRECT_URL}?{urlencode({'uitnodiging': accepted.public_id})}"
