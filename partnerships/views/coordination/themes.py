"""Themes of a partnership: make, change, end and let go on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.actors import ActorRequest
from partnerships.forms.themes import ThemeForm
from partnerships.models import PartnershipTheme
from partnerships.presenters import themes as pages
from partnerships.rules import parts as rules
from partnerships.rules.partnerships import goes_on
from partnerships.services import parts as service
from partnerships.views.coordination import parts
from partnerships.views.guards import written_partnership, written_theme
from ui.acts import refused


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
    return parts.edit(
        request,
        theme,
        ThemeForm,
        save=partial(service.save, part=theme),
        done=_("The theme has been saved."),
        template="partnerships/coordination/themes/form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def theme_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End a theme, from this moment on."""
    return parts.end(
        request, written_theme(request, slug, public_id), _("The theme has ended."), pages.ending
    )


@require_POST
def theme_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let a theme that was ended lately go on."""
    theme = written_theme(request, slug, public_id)
    return parts.reopen(request, theme, _("The theme continues as it was."))
