"""Open proposals that end without an answer, and everyone concerned hears why."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from core.models import StateChange
from core.states import advance
from placements.enums import OPEN_MATCH, Cause
from placements.mail import matches as mail
from placements.models import Match
from placements.queries.seats import is_full_for


@transaction.atomic
def close(*, match: Match, why: Cause, reason: str = "", cause: StateChange | None = None) -> StateChange:
    """End an open match, locked by the caller, and tell whoever was waiting. `cause` is what it follows from.

    `reason` is what whoever brought it about said; why it ended is told without.
    """
    reason = reason.strip()
    act = advance(
        match,
        "expire",
        by=None,
        reason=reason,
        answer_reason=reason[:300],
        close_cause=why,
        cause=cause,
        subject=match.enrolment.student.public_id,
    )
    tell: set[mail.Reader] = {"student", "proposer"}
    # The employer closes its own place, unless that followed from more.
    if why != Cause.SLOT_CLOSED or (cause and cause.cause_id):
        tell.add("employer")
    mail.parties_match_withdrawn(match, cause=why, tell=tell, about=act)
    return act


@transaction.atomic
def close_full(*, matches: Iterable[Match], cause: StateChange) -> None:
    """After a seat was given: end those, of one slot and locked, for whose days none is left."""
    for match in matches:
        if match.state in OPEN_MATCH and is_full_for(match):
            close(match=match, why=Cause.FULL, cause=cause)
