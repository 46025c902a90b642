"""Action lines of a partnership: make, change, end and let go on."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core import versions
from partnerships.actors import ActorRequest
from partnerships.forms.action_lines import ActionLineForm
from partnerships.models import ActionLine
from partnerships.presenters import action_lines as pages
from partnerships.rules import action_lines as rules
from partnerships.rules.partnerships import goes_on
from partnerships.services import action_lines as service
from partnerships.views.guards import written_action_line, written_partnership
from ui.acts import attempt, attempt_form, confirm, posted, refused, was_read


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
    form = ActionLineForm(posted(request), instance=line)
    if form.is_valid():
        form.save(commit=False)
        act = partial(service.save, line=line, by=request.actor, version=form.read)
        if attempt_form(request, form, act, _("The action line has been saved.")):
            return redirect(line)
    context = {"space": "coordinator", "partnership": line.partnership, "form": form}
    context["line"] = line if line.pk else None
    return render(request, "partnerships/coordination/action_lines/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def action_line_end(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """End an action line, from this moment on."""
    line = written_action_line(request, slug, public_id)
    if refused(request, rules.can_end(request.actor, line)):
        return redirect(line)
    if request.method == "POST":
        act = partial(service.end, line_id=line.pk, by=request.actor, read=was_read(request))
        attempt(request, act, _("The action line has ended."))
        return redirect(line)
    return confirm(request, **pages.ending(line), read=versions.of(line))


@require_POST
def action_line_reopen(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Let an action line that was ended lately go on."""
    line = written_action_line(request, slug, public_id)
    act = partial(service.reopen, line_id=line.pk, by=request.actor, read=was_read(request))
    attempt(request, act, _("The action line continues as it was."))
    return redirect(line)
