"""One's own account: name, language, and the way to everything about signing in."""

from __future__ import annotations

from functools import partial

from allauth.mfa.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.people import ProfileForm
from accounts.models import User
from accounts.presenters.signing_in import signing_in
from accounts.services import people
from ui import languages
from ui.acts import attempt_form, posted
from ui.history import field_lines

KEY_IN_SESSION = "mfa.totp.secret"  # where allauth keeps the key that is being set up


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, links to the rest."""
    # A copy: a refused form must not change the name in the head of the page.
    user = User.objects.get(email=request.user.get_username())
    person = user.person
    form = ProfileForm(posted(request), instance=person)
    if form.is_valid() and _saved(request, form):
        response = redirect("accounts:profile")
        languages.remember(response, person.language)
        return response
    history = field_lines(person, user, *person.merged.all())
    context = {"form": form, "rows": signing_in(user), "history": history}
    return render(request, "accounts/profiles/profile.html", context)


def _saved(request: HttpRequest, form: ProfileForm) -> bool:
    """Said in the language that was chosen just now."""
    with override(form.instance.language):
        act = partial(people.save_own, person=form.save(commit=False), version=form.read)
        return attempt_form(request, form, act, _("Saved."))


@require_safe
@never_cache
def totp_qr(request: HttpRequest) -> HttpResponse:
    """The QR code of the key being set up, at an address of its own: the content policy allows no images in the page."""
    secret = request.session.get(KEY_IN_SESSION)
    if not secret:
        raise Http404
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(svg, content_type="image/svg+xml", headers={"Cache-Control": "no-store"})
