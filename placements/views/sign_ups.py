"""Draft places of what an employer offered in a call, made by the coordinator."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnerships.actors import ActorRequest
from partnerships.models import Location
from partnerships.queries.organisations import is_member
from partnerships.rules.sign_ups import can_draft_places
from partnerships.views.guards import coordinated_sign_up
from placements.forms.sign_ups import DraftPlacesForm
from placements.services import from_sign_ups as service
from ui.acts import attempt_form, posted, refused, was_read


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up_places(request: ActorRequest, slug: str, public_id: UUID) -> HttpResponse:
    """Say where each line is; the employer gets the drafts to complete."""
    partnership, sign_up = coordinated_sign_up(request, slug, public_id)
    there = is_member(sign_up.organisation, partnership)
    if refused(request, can_draft_places(request.actor, sign_up, is_member=there)):
        return redirect("partnerships:coordination-sign-up", slug, public_id)
    known = Location.objects.open().filter(organisation=sign_up.organisation).for_list()
    form = DraftPlacesForm(posted(request), sign_up=sign_up, locations=list(known))
    if form.is_valid():
        draft = partial(service.draft, sign_up_id=sign_up.pk, by=request.actor, read=was_read(request))
        done = _("The drafts stand ready. The employer has been told.")
        if attempt_form(request, form, partial(draft, **form.answers()), done):
            return redirect("partnerships:coordination-sign-up", slug, public_id)
    under = reverse("partnerships:coordination-calls", args=[slug])
    context = {"space": "coordinator", "belongs_under": under, "partnership": partnership}
    return render(request, "placements/sign_ups/places.html", context | {"sign_up": sign_up, "form": form})
