"""How long what is kept today, who has been known for long enough, and what stands in the way of erasure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest, TruncDate

from accounts.models import Person, RetentionTerm
from accounts.models.people import PersonQuerySet
from accounts.models.privacy import DEFAULTS
from core.dates import AMSTERDAM, local_day
from core.models import SentReminder
from core.privacy.declared import Hold, Term, holds
from core.privacy.terms import Duration, first_kept

UNUSED_ACCOUNT = "account_unused"  # of the reminder, and so of its rows in the ledger
WARNED = "warned"
Lengths = dict[Term, Duration]


def lengths_on(day: dt.date) -> Lengths:
    """How long each is kept on a day, in months and days: by the newest row that had begun, or else the default."""
    found = dict(DEFAULTS)
    for row in RetentionTerm.objects.filter(starts_on__lte=day).order_by("starts_on"):
        found[Term(row.term)] = (row.months, row.days)
    return found


def all_first_kept(day: dt.date) -> dict[Term, dt.date]:
    """The first day of each that is still kept on this one."""
    return {term: first_kept(day, length) for term, length in lengths_on(day).items()}


def known_long_enough(kept: dict[Term, dt.date]) -> PersonQuerySet:
    """People because of whom nothing runs, and nothing did since the first day that is kept.

    Who has an account that was used since keeps it, and is warned before it goes (`warned_long_enough`).
    """
    used = Q(user__isnull=False) & Q(last_used__gte=kept[Term.UNUSED])
    return _known_by_nothing(kept[Term.IDENTITY]).exclude(used)


def warned_long_enough(kept: dict[Term, dt.date]) -> PersonQuerySet:
    """Those of them who go now: with no account that works, or warned of it after it was used last."""
    warned = SentReminder.objects.filter(
        kind=UNUSED_ACCOUNT,
        step=WARNED,
        person=OuterRef("pk"),
        day=OuterRef("last_used"),
        at__date__lt=kept[Term.WARNED],
    )
    return known_long_enough(kept).filter(~Q(user__is_active=True) | Q(Exists(warned)))


def last_used(person: Person) -> dt.date:
    """The day on which someone signed in last, or else got the account, which must be loaded."""
    if person.user is None:
        raise ValueError("This person has no account.")
    return max(
        local_day(person.user.date_joined), local_day(person.user.last_login or person.user.date_joined)
    )


def warned_on(people: Iterable[Person]) -> dict[tuple[int, dt.date], dt.date]:
    """The day on which people were warned, by their key and the last use that they were warned of."""
    rows = SentReminder.objects.filter(kind=UNUSED_ACCOUNT, step=WARNED, person__in=people)
    return {(row.person_id, row.day): local_day(row.at) for row in rows}


def what_runs(person: Person, day: dt.date) -> list[str]:
    """What stands in the way of erasure, in the words of people: roles, seats and enrolments that go on."""
    found = []
    for hold in holds():
        if hold.stops and _rows(hold, day).filter(**{hold.person: person}).exists():
            found.append(str(apps.get_model(hold.model)._meta.verbose_name))
    return found


def administrators() -> PersonQuerySet:
    """Who decides on a request for erasure."""
    able = Person.objects.filter(user__is_staff=True, user__is_active=True)
    return able.select_related("user").order_by("pk")


def _known_by_nothing(day: dt.date) -> PersonQuerySet:
    people = Person.objects.filter(merged_into=None).exclude(first_name="", last_name="", email="", user=None)
    for hold in holds():
        people = people.exclude(Exists(_rows(hold, day).filter(**{hold.person: OuterRef("pk")})))
    joined = TruncDate("user__date_joined", tzinfo=AMSTERDAM)
    login = TruncDate("user__last_login", tzinfo=AMSTERDAM)
    return people.annotate(last_used=Greatest(joined, Coalesce(login, joined)))


def _rows(hold: Hold, day: dt.date) -> QuerySet[Any]:
    rows: QuerySet[Any] = apps.get_model(hold.model)._base_manager.filter(hold.holds(day))
    return rows
