"""Faults that the drill of places must find: each is a way in which it could be wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

from agreements.services import effects
from drills.ground import NOTHING
from placements.services import matches, placements
from students.services import access

FAULTS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "the first seat is given to everyone": lambda: patch.object(
        placements, "lowest_free_seat", lambda **_: 1
    ),
    "a proposal looks at no seat": lambda: patch.object(matches, "lowest_free_seat", lambda **_: 1),
    "who left the workplace is still read there": lambda: patch.object(access, "close_all", NOTHING),
    "a signed change leaves the placement as it was": lambda: patch.object(effects, "take_effect", NOTHING),
}
