"""What happened to a row, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import changes, emails, states
from core import endings as core_endings
from core.models import FieldChange, StateChange
from core.versions import Versioned
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
    lines = state_lines(row, field)
    return by_act(lines, field_lines(row)) if changes.on_record(type(row)) else lines


def dated_trail(row: Versioned) -> list[TrailLine]:
    """The same for a row with days: its fields on record, and that it was ended. One that never changed is not asked."""
    return in_time(field_lines(row), endings({row: ""})) if row.row_version > 1 else []


def edits(row: Versioned, *names: str) -> list[TrailLine]:
    """The fields on record of a row without states, of these names if any; one that never changed is not asked."""
    only = Q(field__in=names) if names else None
    return field_lines(row, only=only) if row.row_version > 1 else []


@dataclass(frozen=True)
class Undo:
    """The last act of a row as long as it can be taken back, and until when; None where only the next act ends that."""

    act: StateChange
    last_day: dt.date | None


def last_act(lines: list[TrailLine]) -> StateChange | None:
    """What `core.states.last_act` gives, from lines that the page shows anyway."""
    acts = [line.change for line in lines if isinstance(line.change, StateChange)]
    undone = {act.undoes_id for act in acts}
    standing = [act for act in acts if act.undoes_id is None and act.pk not in undone]
    return standing[-1] if standing else None


def undo_of(row: Model, lines: list[TrailLine]) -> Undo | None:
    """What can be taken back of a row now, whoever asks; `lines` are those of its states."""
    act = last_act(lines)
    if act is None or not states.permits_undo(row, act):
        return None
    return Undo(act, states.last_day_of_undo(row, act))


def state_lines(row: Model, field: str = "state") -> list[TrailLine]:
    """The states that a row went through, oldest first; one query."""
    words = _choices(row, field)
    return [
        TrailLine(change, words.get(change.from_state, ""), words.get(change.to_state, change.to_state))
        for change in states.history(row)
    ]


def field_lines(*rows: Model, only: Q | None = None) -> list[TrailLine]:
    """The fields on record of these rows that got another value, oldest first; one query.

    `only` limits whose changes.
    """
    by_key = {(row._meta.label_lower, str(row.pk)): row for row in rows}
    return [
        _field_line(by_key[change.model, change.object_id], change)
        for change in changes.history(*rows).filter(only or Q())
    ]


def endings(names: Mapping[Any, str]) -> list[TrailLine]:
    """That rows with days were begun or ended by someone, and that this was taken back, oldest first; one query.

    `names` says of each row what it is in the history of something else; empty in its own.
    """
    by_key = {(row._meta.label_lower, str(row.pk)): name for row, name in names.items()}
    these = Q()
    for model, pk in by_key:
        these |= Q(model=model, object_id=pk)
    both = (core_endings.BEGIN, core_endings.END)
    rows = StateChange.objects.filter(these, Q(action__in=both) | Q(undoes__action=core_endings.END))
    found = rows.select_related("by").order_by("at", "pk") if by_key else ()
    return [_ending(change, by_key[change.model, change.object_id]) for change in found]


def _ending(change: StateChange, name: str) -> TrailLine:
    if change.undoes_id is not None:
        return TrailLine(change, "", pgettext("history", "continues"), name)
    day = formats.day(dt.date.fromisoformat(change.to_state))
    if change.action == core_endings.BEGIN:
        return TrailLine(change, "", _("from %(day)s") % {"day": day}, name)
    return TrailLine(change, "", _("ended, last day %(day)s") % {"day": day}, name)


def in_time(*histories: list[TrailLine]) -> list[TrailLine]:
    """Several histories as one, oldest first."""
    return sorted(chain(*histories), key=lambda line: line.change.at)


def by_act(states_of: list[TrailLine], fields_of: list[TrailLine]) -> list[TrailLine]:
    """States and fields as one history, oldest first; what one act changed stands once, as the state and what else."""
    at = {
        (line.change.model, line.change.object_id, line.change.at): index
        for index, line in enumerate(states_of)
    }
    lines, others = list(states_of), []
    for line in fields_of:
        change = line.change
        index = at.get((change.model, change.object_id, change.at))
        if index is None:
            others.append(line)
        else:
            words = f"{lines[index].after} ({line.field[:1].lower()}{line.field[1:]}: {line.after})"
            lines[index] = replace(lines[index], after=words)
    return in_time(lines, others)


def _field_line(row: Model, change: FieldChange) -> TrailLine:
    try:
        field = row._meta.get_field(change.field)
    except FieldDoesNotExist:  # the model has changed since: the history stays
        return TrailLine(change, _read(change.before), _read(change.after), change.field)
    words = {value: _when(field, value) for value in _days(field, change)}
    words |= {value: emails.shown(value) for value in _texts(change) if isinstance(field, emails.EmailField)}
    words |= _choices(row, change.field)
    name = changes.label(type(row), change.field)
    return TrailLine(
        change, _read(change.before, words), _read(change.after, words), name[:1].upper() + name[1:]
    )


def _choices(row: Model, field: str) -> dict[Any, str]:
    column: Any = row._meta.get_field(field)
    column = getattr(column, "base_field", column)  # of a list the choices of its parts
    return {value: str(label) for value, label in getattr(column, "flatchoices", ())}


def _days(field: Any, change: FieldChange) -> list[str]:
    """What is kept of a field for a day or a moment, as 2026-11-26 or 2026-11-26T09:00:00Z."""
    return _texts(change) if isinstance(field, DateField) else []


def _when(field: Any, value: str) -> str:
    if isinstance(field, DateTimeField):
        return formats.moment(dt.datetime.fromisoformat(value))
    return formats.day(dt.date.fromisoformat(value))


def _texts(change: FieldChange) -> list[str]:
    return [value for value in (change.before, change.after) if isinstance(value, str) and value]


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
