"""The nightly look at what must hold: kept in the table of findings, and mailed when there is something new."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from core import findings
from portal import mail
from portal.invariants import INVARIANTS, Invariant

logger = logging.getLogger(__name__)
MOST_NAMED = 20  # keys in one line of the log, beside the whole number


@dataclass
class Found:
    """What a look found: the keys by invariant, the invariants with something new, and those that could not be asked."""

    keys: dict[str, list[int]] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many rows."""
        return sum(len(keys) for keys in self.keys.values())


def look(*, dry_run: bool = False, invariants: Sequence[Invariant] = INVARIANTS) -> Found:
    """Ask for the rows that break each; one that cannot be asked does not keep the others from it.

    What was found is kept, and what is new in it told, in one transaction. With `dry_run` nothing is written.
    """
    found, broken = Found(), {}
    for invariant in invariants:
        try:
            broken[invariant] = list(invariant.broken())
        except Exception:
            logger.exception("%s: cannot be asked", invariant.name)
            found.unasked.append(invariant.name)
    found.keys = {invariant.name: keys for invariant, keys in broken.items() if keys}
    for name, keys in found.keys.items():
        logger.error("%s: %s rows, the first by key: %s", name, len(keys), keys[:MOST_NAMED])
    if not dry_run:
        _keep(found, broken)
    return found


@transaction.atomic
def _keep(found: Found, broken: dict[Invariant, list[int]]) -> None:
    new = [one for one, keys in broken.items() if findings.keep(invariant=one.name, keys=keys)]
    found.new = [one.name for one in new]
    if new:
        mail.watcher_rows_found([(one, len(broken[one])) for one in new])
