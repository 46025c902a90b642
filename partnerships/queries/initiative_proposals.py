"""Proposals for initiatives that wait for an answer."""

from __future__ import annotations

from partnerships.models import Initiative, InitiativeProposal


def of_initiative(initiative: Initiative) -> InitiativeProposal | None:
    """What an initiative was made of, if a member proposed it."""
    rows = InitiativeProposal.objects.filter(initiative=initiative)
    return rows.select_related("organisation", "by").first()
