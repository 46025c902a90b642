"""The small-cell rule: groups under five people are hidden, and cannot be found by arithmetic (docs/domain.md 10).

The numbers of one page hang together: a total is the sum of its parts, a row of a table adds up, and so does a column.
Whoever hides one number of such a sum has shown it. So as many others go with it as are needed: a number counts as hidden
once other numbers were found that fit all that is shown just as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SMALLEST_SHOWN = 5
MOST_TRIED = 2_000  # steps of looking for other numbers; where that is too little, one more number is hidden

Key = Any
Sum = tuple[Key, Collection[Key]]  # a total, and the parts that make it


def is_small(number: int) -> bool:
    """Whether so few people may not be shown; nobody (0) is no person."""
    return 0 < number < SMALLEST_SHOWN


def protected(
    numbers: Mapping[Key, int],
    sums: Iterable[Sum],
    *,
    not_people: Collection[Key] = (),
    missed: Callable[[Key], int] = lambda _key: 0,
) -> dict[Key, int | None]:
    """The numbers of one page, None where one must not be shown.

    `sums` say what adds up to what; a number that stands nowhere but follows from others belongs in `numbers` too. Those of
    `not_people` are never too small themselves. What is `missed` least goes first, and of those the smallest.
    """
    small = {key for key, number in numbers.items() if key not in not_people and is_small(number)}
    page = _Page(numbers, [(total, tuple(parts)) for total, parts in sums], small, frozenset(not_people))
    while page.hidden and (known := page.given_away()) is not None:
        others = page.beside(known)
        if not others:
            break
        page.hide(min(others, key=lambda key: (missed(key), numbers[key])))
    return {key: None if key in page.hidden else number for key, number in numbers.items()}


@dataclass
class _Page:
    """Numbers, what adds up to what, and which are hidden so far."""

    numbers: Mapping[Key, int]
    sums: list[tuple[Key, tuple[Key, ...]]]
    small: set[Key]
    not_people: frozenset[Key]
    hidden: set[Key] = field(default_factory=set)
    kept: set[Key] = field(
        default_factory=set
    )  # hidden ones for which other numbers were found: that stays so

    def __post_init__(self) -> None:
        self.hidden = set(self.small)

    def hide(self, key: Key) -> None:
        self.hidden.add(key)

    def given_away(self) -> Key | None:
        """A hidden number that the shown ones may give away."""
        for key in [key for key in self.numbers if key in self.hidden and key not in self.kept]:
            found = self._others(key)
            if not found:
                return key
            self.kept |= found
        return None

    def beside(self, key: Key) -> list[Key]:
        """Shown numbers other than 0 that hang together with a hidden one, the nearest."""
        reached: set[Key] = {key}
        near: list[Key] = []
        while not near:
            sums = [{total, *parts} for total, parts in self.sums if reached & {total, *parts}]
            around = set().union(*sums) if sums else set()
            near = [one for one in self.numbers if one in around - self.hidden and self.numbers[one]]
            hidden = (around & self.hidden) | reached
            if hidden == reached:
                break
            reached = hidden
        return near

    def _others(self, key: Key) -> set[Key]:
        """Hidden numbers, this one among them, that could all be one more or less; nothing when none were found."""
        signs = [
            {one: sign for one, sign in {total: -1, **dict.fromkeys(parts, 1)}.items() if one in self.hidden}
            for total, parts in self.sums
        ]
        tries = [MOST_TRIED]
        for step in (1, -1):
            if self._may_be(key, step) and (moved := self._balanced({key: step}, signs, tries)):
                return set(moved)
        return set()

    def _balanced(
        self, moved: dict[Key, int], signs: list[dict[Key, int]], tries: list[int]
    ) -> dict[Key, int] | None:
        """These changes, with more of them until every sum is what it was."""
        tries[0] -= 1
        if tries[0] < 0:
            return None
        for sign in signs:
            left = sum(moved[one] * sign[one] for one in sign if one in moved)
            if not left:
                continue
            for one in sign:
                step = (-1 if left > 0 else 1) * sign[one]
                if one not in moved and self._may_be(one, step):
                    found = self._balanced({**moved, one: step}, signs, tries)
                    if found:
                        return found
            return None
        return moved

    def _may_be(self, key: Key, step: int) -> bool:
        """Whether a reader who knows why each number is hidden could believe it to be this much more."""
        number = self.numbers[key] + step
        if key in self.not_people:
            return number > 0
        return is_small(number) if key in self.small else number >= SMALLEST_SHOWN
