"""The ways into a page: strangers get 404."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from partnerships.views.guards import employer_of
from placements.models import Match, Placement, Slot, Supervisor
from programmes.models import AccreditationCheck


def own_slot(request: ActorRequest, slug: str, public_id: UUID) -> Slot:
    """A slot of the employer in whose name the page acts."""
    organisation = employer_of(request, slug)
    slots = Slot.objects.own(request.actor).filter(organisation=organisation)
    slot = get_object_or_404(slots.for_list(), public_id=public_id)
    slot.organisation = organisation
    return slot


def supervisor_or_404(request: ActorRequest, organisation: Organisation, public_id: UUID) -> Supervisor:
    """A work supervisor of the employer in whose name the page acts."""
    return get_object_or_404(supervisors_at(request, organisation), public_id=public_id)


def supervisors_at(request: ActorRequest, organisation: Organisation) -> QuerySet[Supervisor]:
    """The work supervisors of the employer in whose name the page acts, as they are today."""
    own = Supervisor.objects.visible_to(request.actor).filter(organisation=organisation)
    return own.running().for_list()


def match_or_404(request: ActorRequest, public_id: UUID) -> Match:
    """A match as far as the actor sees it, its slot with the seats counted."""
    visible = Match.objects.visible_to(request.actor).with_taught(request.actor).for_list()
    match = get_object_or_404(
        visible.select_related(
            "enrolment__student__person__user", "enrolment__student__person__contact_card"
        ).prefetch_related("enrolment__cohort__programme__qualifications"),
        public_id=public_id,
    )
    match.slot = Slot.objects.for_list().with_contact_names().get(pk=match.slot_id)
    return match


def placement_or_404(request: ActorRequest, public_id: UUID) -> Placement:
    """A placement as far as the actor sees it."""
    visible = Placement.objects.visible_to(request.actor).with_taught(request.actor)
    return get_object_or_404(
        visible.for_list()
        .with_supervisors()
        .select_related("student__person__user", "student__person__contact_card", "slot__partnership"),
        public_id=public_id,
    )


def check_or_404(request: ActorRequest, public_id: UUID) -> AccreditationCheck:
    """A check of an accreditation as far as the actor may see it."""
    visible = AccreditationCheck.objects.visible_to(request.actor)
    return get_object_or_404(visible.for_list(), public_id=public_id)
