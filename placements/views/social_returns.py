"""Placements of students among what counts for a duty of social return."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.actors import ActorRequest
from partnerships.views.guards import social_return_in
from placements.services import social_returns as service
from ui.acts import attempt


@require_POST
def social_return_places(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Count them anew, until today."""
    obligation = social_return_in(request, slug, public_id)
    act = partial(service.count, obligation_id=obligation.pk, by=request.actor)
    attempt(request, act, _("The placements until today count among the activities."))
    return redirect(obligation)
