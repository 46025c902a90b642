"""What happened to a row, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, Model
from django.utils.translation import gettext as _

from core import changes, states
from core.models import FieldChange, StateChange
from ui import formats


@dataclass(frozen=True)
class TrailLine:
    """One change in the life of a row, in words; `field` names what changed when that was not its state."""

    change: StateChange | FieldChange
    before: str
    after: str
    field: str = ""

    @property
    def is_undo(self) -> bool:
        """Whether this took an earlier change back."""
        return isinstance(self.change, StateChange) and self.change.undoes_id is not None


def trail(row: Model, field: str = "state") -> list[TrailLine]:
    """What happened to a row, oldest first: a query for its states, and one if it has fields on record."""
    words = _choices(row, field)
    lines = [
        TrailLine(change, words.get(change.from_state, ""), words.get(change.to_state, change.to_state))
        for change in states.history(row)
    ]
    if changes.on_record(type(row)):
        lines += field_lines(row)
        lines.sort(key=lambda line: line.change.at)
    return lines


def field_lines(row: Model) -> list[TrailLine]:
    """The fields on record of a row that got another value, oldest first; one query."""
    return [_field_line(row, change) for change in changes.history(row)]


def _field_line(row: Model, change: FieldChange) -> TrailLine:
    try:
        field = row._meta.get_field(change.field)
    except FieldDoesNotExist:  # the model has changed since: the history stays
        return TrailLine(change, _read(change.before), _read(change.after), change.field)
    words = {value: formats.day(dt.date.fromisoformat(value)) for value in _days(field, change)}
    words |= _choices(row, change.field)
    name = str(getattr(field, "verbose_name", change.field))
    return TrailLine(
        change, _read(change.before, words), _read(change.after, words), name[:1].upper() + name[1:]
    )


def _choices(row: Model, field: str) -> dict[Any, str]:
    choices = getattr(row._meta.get_field(field), "flatchoices", ())
    return {value: str(label) for value, label in choices}


def _days(field: Any, change: FieldChange) -> list[str]:
    """What is kept of a field for a day, as 2026-11-26."""
    return [day for day in (change.before, change.after) if day] if isinstance(field, DateField) else []


def _read(value: Any, words: dict[Any, str] | None = None) -> str:
    """A kept value as a reader sees it."""
    if isinstance(value, list):
        return ", ".join(_read(part, words) for part in value) or _read(None)
    if isinstance(value, dict):
        return str(value["name"])
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return _("(empty)")
    return (words or {}).get(value, str(value))
