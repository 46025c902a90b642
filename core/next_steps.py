"""What waits for someone: each app lists its own, first pages merge them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from core.components import Task
from core.dates import today

Text = str | Promise


@dataclass(frozen=True, slots=True)
class NextStep:
    """One act that waits for the reader; `kind` groups steps, `due` sorts them (none comes last)."""

    title: Text
    text: Text
    url: str
    button: Text
    due: date | None = None
    kind: str = ""
    icon: str = "pencil"

    @property
    def is_due_today(self) -> bool:
        return self.due == today()

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < today()


def by_urgency(steps: Iterable[NextStep]) -> list[NextStep]:
    """The earliest day first; what has no day stands last, in the order given."""
    return sorted(steps, key=lambda step: (step.due is None, step.due or date.max))


def as_task(steps: list[NextStep], more_url: str = "") -> Task | None:
    """The first step as the one box of a page, with the number of others behind it."""
    if not steps:
        return None
    first = steps[0]
    return Task(
        title=first.title,
        act=first.button,
        url=first.url,
        text=first.text,
        icon=first.icon,
        more=len(steps) - 1 if more_url else 0,
        more_url=more_url,
    )
