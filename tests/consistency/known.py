"""Faults that are known and being mended. Each line goes with its fault: `refuse` fails on one that is no longer there."""

SERVICES: frozenset[str] = frozenset()
VIEWS: frozenset[str] = frozenset()
PRESENTERS: frozenset[str] = frozenset()
RULES: frozenset[str] = frozenset()
QUERIES: frozenset[str] = frozenset()
IGNORES: frozenset[str] = frozenset()
MAIL: frozenset[str] = frozenset()
LEFTOVERS: frozenset[str] = frozenset()
DOCUMENTS: frozenset[str] = frozenset()
CLASSES: frozenset[str] = frozenset()
