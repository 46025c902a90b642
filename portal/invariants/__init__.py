"""What must hold for every row, looked at each night whoever wrote.

Services hold some of it under their locks, since a constraint sees one row or one table; triggers hold the rest at COMMIT,
and a dump that was put back or an owner who turned them off passes them by. A row found here is a fault of ours or of
someone who wrote past the services. It is told by the key and without names: in the log, in the table of findings, which
the administrators' first page shows, and by mail to `CHECKS_EMAIL` when it is new.
"""

from __future__ import annotations

from portal.invariants import learning, organisations, places, search, tables
from portal.invariants.invariant import Invariant

__all__ = ["BY_NAME", "INVARIANTS", "Invariant"]

INVARIANTS: tuple[Invariant, ...] = (*organisations.ALL, *tables.ALL, *learning.ALL, *places.ALL, *search.ALL)
BY_NAME = {invariant.name: invariant for invariant in INVARIANTS}
