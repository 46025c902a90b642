"""Which days people are free: everyone, those of one organisation, or its students."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Q

from core import periods
from core.models import Holiday, SchoolHoliday
from partnerships.models import Membership, Organisation


def resting_on(day: dt.date) -> frozenset[int]:
    """The people who are free on a day of choice: every organisation at which they have a role keeps it."""
    choice = Holiday.objects.filter(day=day).values_list("choice", flat=True).first()
    if not choice:
        return frozenset()
    works = Count("pk", filter=~Q(organisation__free_days__contains=[choice]))
    held = (
        Membership.objects.filter(periods.running(day)).values("person").annotate(works=works).filter(works=0)
    )
    return frozenset(held.values_list("person", flat=True))


def coming(organisation: Organisation, first: dt.date, last: dt.date) -> list[tuple[Holiday, bool]]:
    """The holidays of a period, each with whether the people of the organisation are free then."""
    rows = Holiday.objects.filter(day__range=(first, last)).order_by("day")
    return [(row, not row.choice or row.choice in organisation.free_days) for row in rows]


def school_holidays(organisation: Organisation, last: dt.date, first: dt.date) -> list[SchoolHoliday]:
    """The school holidays of its region that are not over on the first day and begin by the last."""
    rows = SchoolHoliday.objects.filter(region=organisation.holiday_region, ends_on__gte=first)
    return list(rows.filter(starts_on__lte=last).order_by("starts_on"))


def names_of(organisation: Organisation, days: Collection[dt.date]) -> dict[dt.date, str]:
    """What is special about some days at an organisation: a holiday that it keeps, or a school holiday."""
    if not days:
        return {}
    first, last = min(days), max(days)
    found = {
        day: row.get_period_display()
        for row in school_holidays(organisation, last, first)
        for day in days
        if row.starts_on <= day <= row.ends_on
    }
    free = {row.day: row.name for row, is_free in coming(organisation, first, last) if is_free}
    return found | {day: free[day] for day in days if day in free}
