"""Cohorts that were asked for, and what schools answered: each act on its day."""

from __future__ import annotations

from typing import Any

from core import states
from core.versions import NO_PAGE
from demo.seed.context import Seed, tree
from demo.seed.later import Days
from partnerships.actors import Actor
from programmes.models import Cohort, CohortRequest
from programmes.services import cohort_requests


def load(seed: Seed) -> None:
    """Once."""
    if CohortRequest.objects.exists():
        return
    days = Days(seed)
    for row in tree("cohort_requests.yaml"):
        partnership = seed.partnerships[row["partnership"]]
        request = CohortRequest(
            programme=seed.cohorts[row["like"]].programme,
            name=row["name"],
            starts_on=seed.day(row["starts_days"]),
            capacity=row["capacity"],
            remark=row.get("remark", ""),
        )
        days.act(row["days"], row["by"], cohort_requests.ask, request=request, partnership=partnership)
        _answered(days, request, row)


def _answered(days: Days, request: CohortRequest, row: dict[str, Any]) -> None:
    what: dict[str, Any] = {"request_id": request.pk, "read": NO_PAGE}
    if one := row.get("confirmed"):
        days.act(one["days"], one["by"], _confirm, request=request, cohort=days.seed.cohorts[one["cohort"]])
    if one := row.get("declined"):
        days.act(one["days"], one["by"], cohort_requests.decline, reason=one["reason"], **what)
    if one := row.get("withdrawn"):
        days.act(one["days"], one["by"], cohort_requests.withdraw, **what)


def _confirm(*, request: CohortRequest, cohort: Cohort, by: Actor) -> None:
    """With a cohort that the demo has already."""
    states.advance(request, "confirm", by=by.person_id, cohort=cohort)
