"""Faults that the drill of places must find: each is a way in which it could be wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Any
from unittest.mock import patch

from agreements.services import agreements, effects
from core import periods
from core.dates import today
from drills.ground import NOTHING
from placements.models import Placement
from placements.queries import seats
from placements.queries.supervising import going_on, guided_by_nobody
from placements.services import break_offs, matches, placements, supervisors
from students.models.access import LearnerAccessQuerySet

_opening, _ending = seats.opening, break_offs._act


def _first_seat(*of: Any) -> seats.Opening:
    return replace(_opening(*of), seat_no=1)


def _today(placement: Placement, _last_day: date, planned: date) -> Any:
    return _ending(placement, today(), planned)


def _until_tonight(rows: LearnerAccessQuerySet) -> LearnerAccessQuerySet:
    return rows.filter(periods.within())


FAULTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "a break-off is always today": lambda: patch.object(break_offs, "_act", _today),
    "the first seat is given to everyone": lambda: patch.object(placements, "opening", _first_seat),
    "a proposal looks at no seat": lambda: patch.object(matches, "opening", _first_seat),
    "who left the workplace is read there until tonight": lambda: patch.object(
        LearnerAccessQuerySet, "running", _until_tonight
    ),
    "a signed change leaves the placement as it was": lambda: patch.object(effects, "take_effect", NOTHING),
    "a break-off is taken back at any time": lambda: patch.dict(
        Placement.UNDO, dict.fromkeys(Placement.UNDO)
    ),
    "a placement comes back without its agreement": lambda: patch.object(
        agreements, "restore_for_placement", NOTHING
    ),
    "who leaves as a place closes stays": lambda: patch.object(break_offs, "with_slot", NOTHING),
    "who leaves hands nobody over": lambda: patch.object(supervisors, "hand_over_all", NOTHING),
    "a supervisor who comes back guides nobody": lambda: patch.object(supervisors, "come_back", NOTHING),
    "who comes back guides only those who are without": lambda: patch.object(
        supervisors, "going_on", guided_by_nobody
    ),
    "someone is put beside who guides already": lambda: patch.object(
        supervisors, "guided_by_nobody", going_on
    ),
}
