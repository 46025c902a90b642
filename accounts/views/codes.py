"""A code by mail before one signs, for who has no second step: asked on one page, typed on the same."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.forms.people import MailedCodeForm
from accounts.services import codes
from accounts.views.fresh import CODE_AT, GOES_ON
from core import visitors
from core.emails import shown
from ui.acts import posted, tell

KEPT = "signing_code"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signing_code(request: HttpRequest) -> HttpResponse:
    """Mail a code, or take it; reached from the page that asks for the password before signing, and leads on to it."""
    goes_on = request.session.get(GOES_ON)
    user: Any = request.user
    if not goes_on or is_mfa_enabled(user):  # it may have been set up since one came from the page to sign
        raise Http404
    if request.method == "POST" and "code" not in request.POST:
        try:
            request.session[KEPT] = codes.ask(user=user)
        except ValidationError as error:
            tell(request, error)
        return redirect("accounts:signing-code")
    kept = request.session.get(KEPT)
    form = MailedCodeForm(posted(request))
    if kept and form.is_valid() and _is_right(request, form, kept):
        del request.session[KEPT], request.session[GOES_ON]
        request.session[CODE_AT] = time.time()
        return redirect(goes_on)
    context = {"form": form, "was_sent": bool(kept), "email": shown(user.email), "goes_on": goes_on}
    return render(request, "accounts/signing_code.html", context)


def _is_right(request: HttpRequest, form: MailedCodeForm, kept: codes.Kept) -> bool:
    user: Any = request.user
    network = visitors.rough_network_of(request)
    try:
        if codes.is_right(user=user, kept=kept, code=form.cleaned_data["code"], network=network):
            return True
        form.add_error(
            "code", _("This code is not right, or older than ten minutes. Look in the newest mail.")
        )
    except ValidationError as error:
        form.add_error("code", error)
    return False
