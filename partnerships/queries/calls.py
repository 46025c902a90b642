"""The calls of a partnership that are open."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet

from core.dates import today
from core.written import written
from partnerships.models import Call, SignUp


@written
def first_to_end(most: int, *, partnership: int) -> QuerySet[Call]:
    """Those whose deadline comes first, with the figures of their sign-ups."""
    open_calls = Call.objects.filter(partnership=partnership, deadline__gte=today())
    figures = {"figures": SignUp.objects.figures_of(OuterRef("pk"))}
    return open_calls.annotate(**figures).order_by("deadline", "pk")[:most]
