"""Open proposals that end without an answer, and everyone concerned hears why."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import StateChange
from core.states import advance
from placements.enums import OPEN_MATCH
from placements.mail import matches as mail
from placements.mail.matches import Cause
from placements.models import Match
from placements.queries.seats import is_full_for

# What the page of the proposal says of it; the rest it can tell from the slot and the enrolment.
REASONS: dict[Cause, Promise] = {
    Cause.SILENCE: _("There was no answer within ten working days."),
    Cause.FULL: _("All places here have been given away."),
}


@transaction.atomic
def close(*, match: Match, why: Cause, cause: StateChange | None = None) -> StateChange:
    """End an open match, locked by the caller, and tell whoever was waiting. `cause` is what it follows from."""
    reason = str(REASONS.get(why, ""))
    act = advance(
        match,
        "expire",
        by=None,
        reason=reason,
        answer_reason=reason,
        cause=cause,
        subject=match.enrolment.student.public_id,
    )
    tell: set[mail.Reader] = {"employer", "student", "proposer"}
    mail.parties_match_withdrawn(match, cause=why, tell=tell, about=act)
    return act


@transaction.atomic
def close_full(*, matches: Iterable[Match], cause: StateChange) -> None:
    """After a seat was given: end those, of one slot and locked, for whose days none is left."""
    for match in matches:
        if match.state in OPEN_MATCH and is_full_for(match):
            close(match=match, why=Cause.FULL, cause=cause)
