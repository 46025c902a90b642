"""Making an action of a promise of the cooperation agreement."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meetings.forms.agenda import ActionForm
from meetings.models import Action, PromisedAction
from meetings.presenters.tables import Table, frame
from meetings.rules import promised as rules
from meetings.services import promised as service
from meetings.views.form_pages import show_form
from meetings.views.guards import promise_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt_form, posted, refused


@require_http_methods(["GET", "HEAD", "POST"])
def promise_give(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say who keeps a promise, and by which day."""
    promise = promise_or_404(request, public_id)
    version, is_given = promise.version, PromisedAction.objects.filter(promise=promise).exists()
    verdict = rules.can_give(request.actor, version) and rules.can_give_once(is_given=is_given)
    if refused(request, verdict):
        return redirect(version)
    row, known = (
        Action(partnership=version.partnership),
        {"title": promise.text[:200], "due_on": promise.due_on},
    )
    form = ActionForm(posted(request), actor=request.actor, instance=row, initial=known)
    if form.is_valid():
        act = partial(service.give, action=form.save(commit=False), promise=promise, by=request.actor)
        if attempt_form(request, form, act, _("The promise is an action now.")):
            return redirect(version)
    context = frame(request.actor, Table(version.partnership)) | {"form": form, "says": promise.text}
    context |= {"back": version.get_absolute_url(), "back_name": _("Cooperation agreement")}
    return show_form(
        request, context | {"heading": _("Who keeps this promise?"), "submit": _("Give the action")}
    )
