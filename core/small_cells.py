"""The small-cell rule: groups under five people are hidden, and cannot be found by subtraction (docs/domain.md 10)."""

from __future__ import annotations

from collections.abc import Sequence

SMALLEST_SHOWN = 5


def hide_small(numbers: Sequence[int]) -> list[int | None]:
    """The numbers of one table, None where a number must not be shown; nobody (0) is no person and stays.

    One hidden number could be found from the total of the others, so then the smallest other one goes too.
    """
    hidden = {index for index, number in enumerate(numbers) if 0 < number < SMALLEST_SHOWN}
    if len(hidden) == 1:
        others = [index for index, number in enumerate(numbers) if number and index not in hidden]
        if others:
            hidden.add(min(others, key=lambda index: numbers[index]))
    return [None if index in hidden else number for index, number in enumerate(numbers)]
