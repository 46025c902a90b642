"""Which terms hold for what is asked on a day."""

from __future__ import annotations

import datetime as dt

from placements.models.answering import DEFAULT, AnswerTerm, Terms


def terms_on(day: dt.date) -> Terms:
    """Those of the newest row that had begun by then; the defaults before the first."""
    row = AnswerTerm.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return row.terms if row else DEFAULT


def all_terms() -> list[tuple[dt.date, Terms]]:
    """Every set of terms with the first day of what is asked under it, the oldest first; one query."""
    rows = AnswerTerm.objects.order_by("starts_on")
    return [(dt.date.min, DEFAULT), *((row.starts_on, row.terms) for row in rows)]
