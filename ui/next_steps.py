"""What waits for someone: each app lists its own, first pages merge them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from core import readlog
from core.dates import today
from core.readlog import Subject

Text = str | Promise
# Of one kind, for one person: far more than anyone has. Who has more still is told that there are more.
MOST = 200


@dataclass(frozen=True, slots=True)
class NextStep:
    """One act that waits for the reader; `kind` groups steps, `due` sorts them (none comes last).

    `about` is the student whom it names. Far more steps are made than are shown, so they are made `unseen`, and whoever
    shows some says so: `first_of`, `shown`.
    """

    title: Text
    text: Text
    url: str
    button: Text
    due: date | None = None
    kind: str = ""
    icon: str = "pencil"
    about: Subject | None = None

    @property
    def is_due_today(self) -> bool:
        return self.due == today()

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < today()


def by_urgency(steps: Iterable[NextStep]) -> list[NextStep]:
    """The earliest day first; what has no day stands last, in the order given."""
    return sorted(steps, key=lambda step: (step.due is None, step.due or date.max))


def shown(steps: Sequence[NextStep]) -> Sequence[NextStep]:
    """The same steps, for a page that shows them all."""
    readlog.note(*(step.about for step in steps))
    return steps


@dataclass(frozen=True, slots=True)
class FirstStep:
    """The most urgent step as the one box of a page, with the number of others and where they stand."""

    step: NextStep
    more: int = 0
    more_url: str = ""

    @property
    def has_more_still(self) -> bool:
        """Whether a list was cut off, so that the number is the least there can be."""
        return self.more + 1 >= MOST


def first_of(steps: Sequence[NextStep], more_url: str = "") -> FirstStep | None:
    """The first of the steps, or None when nothing waits; without `more_url` the others are not spoken of."""
    if not steps:
        return None
    shown(steps[:1])
    return FirstStep(steps[0], more=len(steps) - 1 if more_url else 0, more_url=more_url)
