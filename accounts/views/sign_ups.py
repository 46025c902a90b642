"""An account without an invitation: ask by address, open the link in the mail, choose name and password."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.people import AddressForm, NewAccountForm
from accounts.queries.sign_ups import address_of
from accounts.services import sign_ups as service
from accounts.services import throttles
from core import visitors
from ui.acts import posted, too_many


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for an account. Whether the address has one, or was mailed too often today, makes no difference here."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = AddressForm(posted(request))
    if form.is_valid():
        if not throttles.take(limit=service.FROM_NETWORK, key=visitors.network_of(request)):
            return too_many(request)
        email = form.cleaned_data["email"]
        if throttles.take(limit=service.TO_ADDRESS, key=email):
            service.ask(email=email, language=get_language() or settings.LANGUAGE_CODE)
        return redirect("accounts:sign-up-sent")
    return render(request, "accounts/sign_ups/ask.html", {"form": form})


@login_not_required
@require_safe
def sign_up_sent(request: HttpRequest) -> HttpResponse:
    """The way on: look in the mailbox."""
    return render(request, "accounts/sign_ups/sent.html")


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_open(request: HttpRequest, token: str) -> HttpResponse:
    """Name and password; opening the link uses nothing up, the button makes the account and signs in."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    email = address_of(token)
    if not email:
        return render(request, "accounts/sign_ups/unusable.html", status=404)
    form = NewAccountForm(posted(request), address=email)
    if form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        try:
            user = service.make(email=email, language=language, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your account is ready. Welcome!"))
            return perform_login(request, user, redirect_url=settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/sign_ups/open.html", {"form": form, "email": email})
