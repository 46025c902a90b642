"""Proposals for initiatives that wait for an answer."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from partnerships.models import Initiative, InitiativeProposal


@written
def first_waiting(most: int, *, partnership: int) -> QuerySet[InitiativeProposal]:
    """Those of a partnership, the oldest first, with the name of the organisation."""
    open_ones = InitiativeProposal.objects.open().filter(partnership=partnership)
    rows = open_ones.select_related("organisation").only(
        "public_id", "title", "proposed_at", "organisation__name"
    )
    return rows.order_by("proposed_at", "pk")[:most]


def of_initiative(initiative: Initiative) -> InitiativeProposal | None:
    """What an initiative was made of, if a member proposed it."""
    rows = InitiativeProposal.objects.filter(initiative=initiative)
    return rows.select_related("organisation", "by").first()
