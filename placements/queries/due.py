"""What moves by the clock: rows whose day has come, by their ids."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from core.dates import add_working_days, today
from placements.enums import PlacementState
from placements.models import Match, Placement
from placements.queries.answering import terms_on
from students.enums import EnrolmentState


def to_start() -> list[int]:
    """Confirmed placements whose first day has come."""
    return list(
        Placement.objects.filter(state=PlacementState.CONFIRMED, starts_on__lte=today())
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def to_complete() -> list[int]:
    """Those whose last day was yesterday or earlier."""
    return list(
        Placement.objects.filter(
            state__in=(PlacementState.RUNNING, PlacementState.ENDING), ends_on__lt=today()
        )
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def matches_over() -> list[int]:
    """Open matches that cannot lead anywhere any more: the slot or the enrolment is over."""
    day = today()
    return list(
        Match.objects.open()
        .filter(Q(slot__ends_on__lte=day) | ~Q(enrolment__state=EnrolmentState.ENROLLED))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def answer_by() -> dt.date:
    """The last day for an answer to what is asked today."""
    day = today()
    return add_working_days(day, terms_on(day).expires_after)


def matches_silent() -> list[int]:
    """Open matches that have waited too long for an answer."""
    return list(
        Match.objects.open().filter(answer_by__lt=today()).order_by("pk").values_list("pk", flat=True)
    )
