"""The school in the path, and what stands under it."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from partnerships.actors import ActorRequest
from partnerships.models import Organisation
from programmes.models import Cohort, CohortRequest, Programme, Session


def school_or_404(request: ActorRequest, slug: str) -> Organisation:
    """A school to which the actor belongs, in whatever role; to others it is not there."""
    mine = Organisation.objects.schools().of_actor(request.actor)
    return get_object_or_404(mine, slug=slug)


def programme_or_404(request: ActorRequest, slug: str, programme: UUID) -> Programme:
    """A programme of that school, for its own people."""
    mine = Programme.objects.of_own_school(request.actor).visible_to(request.actor)
    related = mine.select_related("school", "partnership")
    return get_object_or_404(related, school__slug=slug, public_id=programme)


def cohort_or_404(request: ActorRequest, slug: str, cohort: UUID) -> Cohort:
    """A cohort of that school that the actor may see, with programme, school and whether the actor teaches it."""
    visible = Cohort.objects.visible_to(request.actor).for_page(request.actor)
    return get_object_or_404(visible, programme__school__slug=slug, public_id=cohort)


def session_or_404(request: ActorRequest, cohort: Cohort, session: UUID) -> Session:
    """A session of a cohort that was loaded for the actor."""
    return get_object_or_404(Session.objects.visible_to(request.actor), cohort=cohort, public_id=session)


def cohort_request_or_404(request: ActorRequest, public_id: UUID) -> CohortRequest:
    """A cohort that was asked for in a partnership that one coordinates, or of a school for which one answers."""
    rows = CohortRequest.objects.visible_to(request.actor).for_list()
    return get_object_or_404(rows, public_id=public_id)
