"""What happened to a row, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model

from core import states
from core.models import StateChange


@dataclass(frozen=True)
class TrailLine:
    """One change in the life of a row, in words."""

    change: StateChange
    before: str
    after: str


def trail(row: Model, field: str = "state") -> list[TrailLine]:
    """What happened to a row, oldest first; one query."""
    choices = row._meta.get_field(field).flatchoices  # type: ignore[union-attr]  # a column, not a relation
    words = {str(value): str(label) for value, label in choices}
    return [
        TrailLine(change, words.get(change.from_state, ""), words.get(change.to_state, change.to_state))
        for change in states.history(row)
    ]
