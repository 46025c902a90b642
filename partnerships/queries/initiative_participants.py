"""How someone takes part in initiatives."""

from __future__ import annotations

from partnerships.models import Initiative, InitiativeParticipant
from partnerships.models.initiative_participants import InitiativeParticipantQuerySet


def own_in(initiative: Initiative, person_id: int) -> InitiativeParticipant | None:
    """How this person takes part now, or waits to."""
    rows = InitiativeParticipant.objects.live().select_related("person__user")
    found = rows.filter(initiative=initiative, person=person_id).first()
    if found is not None:
        found.initiative = initiative
    return found


def joined_by(person_id: int) -> InitiativeParticipantQuerySet:
    """The initiatives in which someone takes part, by title."""
    rows = InitiativeParticipant.objects.joined().filter(person=person_id).select_related("initiative")
    return rows.order_by("initiative__title", "pk")
