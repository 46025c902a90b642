"""How often something was tried. In the database, since a count that is lost with a cache holds nobody back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# One statement, so that tries of one moment are counted one by one. A count stops at one over the limit: what is
# tried after that writes nothing, and the first refusal can be told from the later ones.
_COUNT = """
INSERT INTO accounts_throttle AS known (action, key, tries, until) VALUES (%(action)s, %(key)s, 1, %(until)s)
ON CONFLICT (action, key) DO UPDATE
SET tries = CASE WHEN known.until <= %(now)s THEN 1 ELSE known.tries + 1 END,
    until = CASE WHEN known.until <= %(now)s THEN excluded.until ELSE known.until END
WHERE known.until <= %(now)s OR known.tries <= %(most)s
RETURNING tries
"""

# The same for what is done already, so without a limit.
_ADD = """
INSERT INTO accounts_throttle AS known (action, key, tries, until) VALUES (%(action)s, %(key)s, %(number)s, %(until)s)
ON CONFLICT (action, key) DO UPDATE
SET tries = CASE WHEN known.until <= %(now)s THEN 0 ELSE known.tries END + excluded.tries,
    until = CASE WHEN known.until <= %(now)s THEN excluded.until ELSE known.until END
"""


class ThrottleQuerySet(models.QuerySet["Throttle"]):
    """Counts of tries."""

    def count_one(self, *, action: str, key: str, most: int, within: dt.timedelta) -> int | None:
        """Count one try and give how many there are now: up to `most` + 1, and None for those after that."""
        now = timezone.now()
        values: dict[str, Any] = {
            "action": action,
            "key": key,
            "most": most,
            "now": now,
            "until": now + within,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
            row = cursor.fetchone()
        return int(row[0]) if row else None

    def count_many(self, counted: Iterable[tuple[str, str, int, dt.timedelta]]) -> None:
        """Count what was done: action, key, how often, and how long it counts."""
        now = timezone.now()
        rows: list[dict[str, Any]] = [
            {"action": action, "key": key, "number": number, "now": now, "until": now + within}
            for action, key, number, within in sorted(counted)
        ]
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)

    def standing(self, keys: Collection[tuple[str, str]]) -> list[tuple[str, str, int]]:
        """Of these actions and keys, the tries that count now."""
        found = self.filter(
            action__in={action for action, _key in keys}, key__in=[key for _action, key in keys]
        ).filter(until__gt=timezone.now())
        return list(found.values_list("action", "key", "tries"))

    def over(self) -> ThrottleQuerySet:
        """Whose time is over: they count for nothing."""
        return self.filter(until__lte=timezone.now())


class Throttle(models.Model):
    """Tries of one thing by one person, address or network since the first of them, until its time is over.

    `key` is a hash made with the portal's own secret, so the rows tell nobody who tried.
    """

    action = models.CharField(_("action"), max_length=40)
    key = models.CharField(_("key"), max_length=64)
    tries = models.PositiveIntegerField(_("tries"))
    until = models.DateTimeField(_("until"))

    objects = ThrottleQuerySet.as_manager()

    class Meta:
        verbose_name = _("throttle")
        verbose_name_plural = _("throttles")
        constraints = (models.UniqueConstraint(fields=["action", "key"], name="throttle_once"),)
        indexes = (models.Index(fields=["until"], name="throttle_until"),)

    def __str__(self) -> str:
        return f"{self.action}: {self.tries}"
