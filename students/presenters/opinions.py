"""What the people at work saw of a goal, as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from accounts.enums import Role
from core.text import full_name
from partnerships.actors import Actor
from students import rules
from students.models import Goal, PracticeOpinion


@dataclass(frozen=True)
class Opinion:
    """What someone saw, as what and for which organisation that person spoke; `is_earlier`: of a text that holds no more."""

    pk: int
    public_id: UUID
    text: str
    at: dt.datetime
    by: str
    role: str | Promise
    organisation: str
    is_earlier: bool
    taken_back_at: dt.datetime | None
    last_day: dt.date
    may_take_back: bool

    @property
    def can_carry(self) -> bool:
        """Whether a hand-in can rest on it."""
        return not self.is_earlier and self.taken_back_at is None


def opinions_on(actor: Actor, goal: Goal) -> list[Opinion]:
    """On a goal of `for_page`, the newest first, with what the actor can do about each."""
    return list(_opinions(actor, goal))


def _opinions(actor: Actor, goal: Goal) -> Iterator[Opinion]:
    for row in goal.seen_at_work:
        names = row["first_name"], row["last_name"], row["name_prefix"]
        kept = _kept(row)
        yield Opinion(
            pk=kept.pk,
            public_id=kept.public_id,
            text=kept.text,
            at=kept.at,
            by=full_name(first_name=names[0], last_name=names[1], prefix=names[2]),
            role=Role(row["role"]).label,
            organisation=row["organisation"],
            is_earlier=kept.version_id != goal.current_id,
            taken_back_at=kept.taken_back_at,
            last_day=kept.last_day_to_take_back,
            may_take_back=bool(rules.can_take_back_opinion(actor, kept, goal)),
        )


def _kept(row: Mapping[str, Any]) -> PracticeOpinion:
    """The row itself, as rules read it, from what came with the goal."""
    taken_back_at = row["taken_back_at"]
    opinion = PracticeOpinion(
        pk=row["pk"],
        public_id=UUID(row["public_id"]),
        version_id=row["version_id"],
        by_id=row["by_id"],
        text=row["text"],
        at=dt.datetime.fromisoformat(row["at"]),
        taken_back_at=dt.datetime.fromisoformat(taken_back_at) if taken_back_at else None,
    )
    opinion.carries = row["carries"]
    return opinion
