"""Whether a subsidy is accounted for with an agreement."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements import rules
from agreements.services import subsidy
from agreements.views.guards import agreement_or_404
from partnerships.actors import ActorRequest
from ui.acts import attempt, refused, was_read


@require_POST
def agreement_subsidy(request: ActorRequest, public_id: UUID) -> HttpResponse:
    """Say that a subsidy is accounted for with it, or that none is."""
    agreement = agreement_or_404(request, public_id)
    if not refused(request, rules.can_mark_subsidy(request.actor, agreement)):
        is_used = request.POST.get("used") == "yes"
        done = _("The agreement is kept for seven years after its end.")
        undone = _("The agreement is kept for two years after its end.")
        act = partial(subsidy.mark, agreement_id=agreement.pk, is_used=is_used, by=request.actor)
        attempt(request, partial(act, read=was_read(request)), done if is_used else undone)
    return redirect(agreement)
