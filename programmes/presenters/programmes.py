"""What the page of a programme shows of whom it is given with."""

from __future__ import annotations

from typing import Any

from core import periods
from programmes.models import Programme
from ui.history import edits, endings, in_time


def partners_of(programme: Programme) -> dict[str, Any]:
    """The employers that take part and those that did, by name, and what happened to it all."""
    rows = list(
        programme.partner_employers.select_related("organisation").order_by("organisation__name", "pk")
    )
    return {
        "employers": [row for row in rows if not periods.is_over(row)],
        "former": [row for row in rows if periods.is_over(row)],
        "history": in_time(edits(programme), endings({row: str(row.organisation) for row in rows})),
    }
