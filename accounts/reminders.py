"""What this app reminds of: an account that nobody uses, before it goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from accounts.queries import privacy
from core.privacy.declared import Term
from core.privacy.terms import last_kept
from core.reminding.ladders import Calendar, DueRung
from core.reminding.waiting import Item, Told, Waiting

LAST_CALL = 7  # days before it goes


class UnusedAccount:
    """Someone has no role any more and uses the account no more: warned, told once more a week before, then it goes.

    Signing in takes it back: the days are counted from the last use, so another use begins anew.
    """

    kind = "account_unused"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        if not calendar.is_working_day:
            return None
        lengths = privacy.lengths_on(calendar.day)
        goes_on = last_kept(calendar.day, lengths[Term.WARNED])
        soon = privacy.known_long_enough(privacy.all_first_kept(goes_on)).filter(user__is_active=True)
        rows = Person.objects.select_related("user")
        keys = soon.order_by("pk").values_list("pk", flat=True)
        return Waiting(keys, rows, lambda rows: _of_accounts(rows, calendar.day, goes_on))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "accounts/mail/person_account_unused.txt", items, kind=self.kind)


def _of_accounts(rows: list[Person], day: dt.date, goes_on: dt.date) -> Iterator[Told]:
    warned = privacy.warned_on(rows)
    own = reverse("accounts:own-data")
    for row in rows:
        used = privacy.last_used(row)
        first = warned.get((row.pk, used))
        until = goes_on if first is None else goes_on - (day - first)
        words = {"used_on": used, "goes_on": until, "path": own, "overview": own}
        if first is None:
            yield row, "", Item(f"person:{row.pk}", DueRung(privacy.WARNED, used), words)
        elif until - day <= dt.timedelta(days=LAST_CALL):
            yield row, "", Item(f"person:{row.pk}", DueRung("week-before", used), words)


REMINDERS = (UnusedAccount(),)
