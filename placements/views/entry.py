"""The way into pages of one employer: strangers get 404, insiders without the right 403 with the reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from core.access import Verdict, require
from partnerships.actors import Actor, ActorRequest
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind, Role
from partnerships.models import Organisation
from placements.models import Slot
from placements.rules import slots as rules


def employer_of(request: ActorRequest, slug: str) -> Organisation:
    """The employer in whose name the page acts."""
    known = (grant for grant in request.actor.grants if grant.slug == slug and grant.kind in EMPLOYER_KINDS)
    grant = next(known, None)
    if grant is None:
        raise Http404
    require(rules.can_manage_places(request.actor, grant.organisation_id))
    # What the pages print of it is known already: no need to ask the database again.
    return Organisation(pk=grant.organisation_id, slug=grant.slug, name=grant.name, kind=grant.kind)


def own_slot(request: ActorRequest, organisation: Organisation, public_id: Any) -> Slot:
    slots = Slot.objects.own(request.actor).filter(organisation=organisation)
    slot = get_object_or_404(slots.for_list(), public_id=public_id)
    slot.organisation = organisation
    return slot


def role_of(actor: Actor) -> str:
    """Whose colours a shared page wears: the role in which most people come here."""
    for role, roles in (
        ("coordinator", (Role.COORDINATOR,)),
        ("teacher", (Role.TEACHER,)),
        ("employer", (Role.CONTACT, Role.PRACTICE_TRAINER)),
    ):
        if actor.organisations(*roles):
            return role
    managed = {grant.kind for grant in actor.grants if grant.role == Role.MANAGER}
    if managed:
        return "teacher" if managed == {OrganisationKind.SCHOOL} else "employer"
    return "supervisor" if actor.organisations(Role.SUPERVISOR) else "student"


def is_allowed(request: HttpRequest, verdict: Verdict) -> bool:
    """For an act that was possible when the page was made: say why it is not any more, and go back."""
    if not verdict:
        messages.error(request, str(verdict.reason))
    return bool(verdict)


def tell(request: HttpRequest, error: ValidationError) -> None:
    messages.error(request, " ".join(error.messages))


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form: nothing on a GET, and on a POST something even when it is empty."""
    return request.POST if request.method == "POST" else None
