"""What the placements of students count for a duty of social return: how many, how long, and what that is worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core.dates import today
from partnerships.enums import SocialReturnKind
from partnerships.models import SocialReturnObligation, ValuationRule
from placements.models import Placement

CENTS = Decimal("0.01")


@dataclass(frozen=True)
class Counted:
    """Placements within the period of a duty until today; `value` is None where no rule says what a week counts for."""

    number: int
    weeks: Decimal
    value: Decimal | None
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None


def counted_for(obligation: SocialReturnObligation) -> Counted:
    """Of its organisation, each week by the rule of the day on which it begins to count. Two queries."""
    last = min(obligation.ends_on, today())
    rows = Placement.objects.seated().filter(
        organisation=obligation.organisation_id, starts_on__lte=last, ends_on__gte=obligation.starts_on
    )
    days = [
        (max(first, obligation.starts_on), min(end, last))
        for first, end in rows.order_by("pk").values_list("starts_on", "ends_on")
    ]
    if not days:
        return Counted(0, Decimal(0), None)
    rules = list(ValuationRule.objects.filter(kind=SocialReturnKind.PLACEMENT).order_by("-starts_on", "-pk"))
    weeks, value = Decimal(0), Decimal(0)
    for first, end in days:
        lasts = (Decimal((end - first).days + 1) / 7).quantize(CENTS)
        weeks += lasts
        value += lasts * next((rule.value for rule in rules if rule.starts_on <= first), Decimal(0))
    worth = value.quantize(CENTS) or None
    return Counted(
        len(days), weeks, worth, min(first for first, _end in days), max(end for _first, end in days)
    )
