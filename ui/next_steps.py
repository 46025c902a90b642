"""What waits for someone: each app lists its own, first pages merge them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from core import readlog
from core.dates import today
from core.limits import MOST_STEPS
from core.readlog import Subject

Text = str | Promise
MOST = MOST_STEPS


@dataclass(frozen=True, slots=True)
class NextStep:
    """One act that waits for the reader; `kind` groups steps, `due` sorts them (none comes last).

    Several of one kind are shown as one (`TaskGroup`): `many` are the words for all of them, where the title names one,
    `many_url` is where all are done at once, and `count` says how many a step stands for by itself.

    `about` is the student whom it names. Far more steps are made than are shown, so they are made `unseen`, and whoever
    shows some says so: `first_of`, `shown`.
    """

    title: Text
    text: Text
    url: Text
    button: Text
    due: date | None = None
    kind: str = ""
    icon: str = "pencil"
    about: Subject | None = None
    many: Text = ""
    many_url: Text = ""
    count: int = 1

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


LAW = {"agreement", "accreditation"}  # without these nobody may learn anywhere
FIRST_DAYS = timedelta(days=14)  # how long beforehand that comes before everything else


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Tasks of one kind: how many there are, the most urgent of them, and where they are done."""

    steps: Sequence[NextStep]
    url: Text
    ident: str = ""

    @property
    def first(self) -> NextStep:
        """The most urgent."""
        return self.steps[0]

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(step.count for step in self.steps)

    @property
    def others(self) -> int:
        """How many steps stand behind the first."""
        return len(self.steps) - 1

    @property
    def title(self) -> Text:
        """The act: of the one, or of all."""
        return (self.first.many if self.count > 1 else "") or self.first.title

    @property
    def comes_first(self) -> bool:
        """Whether the law asks it, and soon."""
        due = self.first.due
        return self.first.kind in LAW and (due is None or due <= today() + FIRST_DAYS)


def groups_of(steps: Iterable[NextStep], more_url: str = "") -> list[TaskGroup]:
    """The steps by kind, what the law asks first, then the most urgent; of each kind the first is shown.

    `more_url` is the page where all of them stand in these groups, each under its `ident`.
    """
    found: dict[str, list[NextStep]] = {}
    for step in by_urgency(steps):
        found.setdefault(str(step.many or step.title), []).append(step)
    bare = [TaskGroup(kind, "") for kind in found.values()]
    ordered = sorted(bare, key=lambda group: not group.comes_first)
    groups = [_addressed(group, more_url, f"soort-{at}") for at, group in enumerate(ordered, 1)]
    shown([group.first for group in groups])
    return groups


def number_of(groups: Iterable[TaskGroup]) -> tuple[int, bool]:
    """How many steps there are in all, and whether a list was cut off, so that there are more still."""
    number = sum(len(group.steps) for group in groups)
    return number, number >= MOST


def _addressed(group: TaskGroup, more_url: str, ident: str) -> TaskGroup:
    """One task leads to itself, several to where they are done at once or stand together."""
    many = group.first.many_url or (f"{more_url}#{ident}" if more_url else "")
    return TaskGroup(group.steps, (many if group.others else "") or group.first.url, ident)
