"""What the people at work saw of a goal, as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.enums import Role
from core.text import full_name
from students.models import Goal


@dataclass(frozen=True)
class Opinion:
    """What someone saw, as what and for which organisation that person spoke; `is_earlier`: of a text that holds no more."""

    pk: int
    text: str
    at: dt.datetime
    by: str
    role: str | Promise
    organisation: str
    is_earlier: bool


def opinions_on(goal: Goal) -> list[Opinion]:
    """On a goal of `for_page`, the newest first."""
    return list(_opinions(goal))


def _opinions(goal: Goal) -> Iterator[Opinion]:
    for row in goal.seen_at_work:
        names = row["first_name"], row["last_name"], row["name_prefix"]
        yield Opinion(
            pk=row["pk"],
            text=row["text"],
            at=dt.datetime.fromisoformat(row["at"]),
            by=full_name(first_name=names[0], last_name=names[1], prefix=names[2]),
            role=Role(row["role"]).label,
            organisation=row["organisation"],
            is_earlier=row["version_id"] != goal.current_id,
        )
