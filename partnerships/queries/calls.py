"""The calls of a partnership that are open."""

from __future__ import annotations

from django.db.models import QuerySet

from core.dates import today
from core.written import written
from partnerships.models import Call


@written
def first_to_end(most: int, *, partnership: int) -> QuerySet[Call]:
    """Those whose deadline comes first, with the figures of their sign-ups."""
    open_calls = Call.objects.filter(partnership=partnership, deadline__gte=today())
    return open_calls.with_figures().order_by("deadline", "pk")[:most]
