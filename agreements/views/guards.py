"""The ways into pages of an agreement: strangers get 404, and someone else's reading is recorded."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from agreements import rules
from agreements.models import Agreement, AgreementVersion
from core.access import require
from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.queries.organisations import own_organisation
from students.views.guards import note_read


def own_organisation_or_404(request: ActorRequest, slug: str) -> Organisation:
    """An organisation in which the actor has a role, whichever that is."""
    organisation = own_organisation(request.actor, slug)
    if organisation is None:
        raise Http404
    return organisation


def agreement_or_404(request: ActorRequest, public_id: UUID) -> Agreement:
    """The row as far as the actor sees it, with all its versions."""
    rows = Agreement.objects.visible_to(request.actor).with_taught(request.actor).with_lost().for_page()
    agreement = get_object_or_404(rows, public_id=public_id)
    agreement.take_current()
    return agreement


def text_or_404(request: ActorRequest, public_id: UUID) -> Agreement:
    """An agreement whose text the actor may read: 403 for whoever sees its state only."""
    agreement = agreement_or_404(request, public_id)
    require(rules.can_read(request.actor, agreement))
    note_read(request.actor, agreement.placement.student)
    return agreement


def version_or_404(agreement: Agreement, number: int) -> AgreementVersion:
    """One of the versions that `agreement_or_404` loaded."""
    for version in agreement.versions.all():
        if version.number == number:
            version.agreement = agreement
            return version
    raise Http404
