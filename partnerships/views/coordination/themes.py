"""Themes of a partnership: make, change, end and let go on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import versions
from partnerships.actors import ActorRequest
from partnerships.forms.themes import ThemeForm
from partnerships.models import PartnershipTheme
from partnerships.presenters import themes as pages
from partnerships.rules import themes as rules
from partnerships.rules.partnerships import goes_on
from partnerships.services import themes as service
from partnerships.views.guards import written_partnership, written_theme
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read


@require_http_methods(["GET", "HEAD", "POST"])
def theme_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make a theme."""
    partnership = written_partnership(request, slug)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:partnership-themes", slug)
    return _edit(request, PartnershipTheme(partnership=partnership))


@require_http_methods(["GET", "HEAD", "POST"])
def theme_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change a theme."""
    theme = written_theme(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, theme)):
        return redirect(theme)
    return _edit(request, theme)


def _edit(request: ActorRequest, theme: PartnershipTheme) -> HttpResponse:
    form = ThemeForm(posted(request), instance=theme)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save, theme=theme, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The theme has been saved.")):
            return redirect(theme)
    context = {"space": "coordinator", "partnership": theme.partnership, "form": form}
    context["theme"] = theme if theme.pk else None
    return render(request, "partnerships/coordination/themes/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End a theme, from this moment on."""
    theme = written_theme(request, slug, public_id)
    if refused(request, rules.can_end(request.actor, theme)):
        return redirect(theme)
    if request.method == "POST":
        act = partial(service.end, theme_id=theme.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The theme has ended."))
        return redirect(theme)
    return confirm(request, **pages.ending(theme), read=versions.of(theme))


@require_POST
def theme_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let a theme that was ended lately go on."""
    theme = written_theme(request, slug, public_id)
    act = partial(service.reopen, theme_id=theme.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("The theme continues as it was."))
    return redirect(theme)
