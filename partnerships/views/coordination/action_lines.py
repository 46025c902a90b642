"""Action lines of a partnership: make, change, end and let go on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.actors import ActorRequest
from partnerships.forms.action_lines import ActionLineForm
from partnerships.models import ActionLine
from partnerships.presenters import action_lines as pages
from partnerships.rules import parts as rules
from partnerships.rules.partnerships import goes_on
from partnerships.services import action_lines as service
from partnerships.views.coordination import parts
from partnerships.views.guards import written_action_line, written_partnership
from ui.acts import refused


@require_http_methods(["GET", "HEAD", "POST"])
def action_line_create(request: ActorRequest, slug: str) -> HttpResponse:
    """Make an action line."""
    partnership = written_partnership(request, slug)
    if refused(request, goes_on(partnership)):
        return redirect("partnerships:partnership-action-lines", slug)
    return _edit(request, ActionLine(partnership=partnership))


@require_http_methods(["GET", "HEAD", "POST"])
def action_line_change(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Change an action line."""
    line = written_action_line(request, slug, public_id)
    if refused(request, rules.can_change(request.actor, line)):
        return redirect(line)
    return _edit(request, line)


def _edit(request: ActorRequest, line: ActionLine) -> HttpResponse:
    return parts.edit(
        request,
        line,
        ActionLineForm,
        save=partial(service.save, line=line),
        done=_("The action line has been saved."),
        template="partnerships/coordination/action_lines/form.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def action_line_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End an action line, from this moment on."""
    line = written_action_line(request, slug, public_id)
    return parts.end(request, line, _("The action line has ended."), pages.ending)


@require_POST
def action_line_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let an action line that was ended lately go on."""
    line = written_action_line(request, slug, public_id)
    return parts.reopen(request, line, _("The action line continues as it was."))
