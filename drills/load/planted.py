"""Faults in made answers, each of which the judging must find: what a good portal shows, with one thing spoilt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from drills.load.arrivals import Answer
from drills.load.judging import Run, overloaded, recovered, steady

FAST, SLOW = 0.02, 0.4  # seconds


def _answers(
    count: int, seconds: float = FAST, status: int = 200, *, says_when: bool = False
) -> list[Answer]:
    return [Answer(0.0, seconds, status, says_when, "/student/") for _turn in range(count)]


GOOD = Run(
    can=100,
    busy=0.5,
    steady=_answers(1000),
    over=[*_answers(500, 1.0), *_answers(500, 2.1, 503, says_when=True)],
    after=_answers(200),
    over_rate=200,
    held=[1000, 1000, 1000],
)
# What is spoilt, and a word by which the judging says that it saw this.
PLANTED = {
    "an error in a thousand": (replace(GOOD, steady=[*_answers(999), *_answers(1, status=500)]), "errors"),
    "a line that breaks": (replace(GOOD, steady=[*_answers(999), *_answers(1, status=0)]), "errors"),
    "a busy portal at the rate": (replace(GOOD, steady=[*_answers(999), *_answers(1, status=503)]), "errors"),
    "two in a hundred that wait": (replace(GOOD, steady=[*_answers(980), *_answers(20, SLOW)]), "99th"),
    "a tenth more memory": (replace(GOOD, held=[1000, 1050, 1100]), "memory"),
    "memory that grows in the first half": (replace(GOOD, held=[1000, 1100, 1100]), "memory"),
    "a lost write": (replace(GOOD, lost=1), "gone"),
    "a long row": (replace(GOOD, over=[*GOOD.over, *_answers(1, 3.1)]), "overload: 1 of"),
    "an error in the overload": (
        replace(GOOD, over=[*GOOD.over, *_answers(1, status=500)]),
        "overload: answers",
    ),
    "busy without a time to come back": (
        replace(GOOD, over=[*GOOD.over, *_answers(1, status=503)]),
        "come back",
    ),
    "busy to everyone": (replace(GOOD, over=_answers(1000, status=503, says_when=True)), "were helped"),
    "busy afterwards": (
        replace(GOOD, after=[*_answers(199), *_answers(1, status=503)]),
        "after the overload {503: 1}",
    ),
    "slow afterwards": (replace(GOOD, after=_answers(200, 3 * FAST)), "times as long"),
}


def found() -> dict[str, str | None]:
    """Of each planted fault how the judging told it; None where it saw nothing, or saw a fault without one planted."""
    always = list(_all(GOOD))
    return {
        what: next((fault for fault in _all(spoilt) if word in fault and not always), None)
        for what, (spoilt, word) in PLANTED.items()
    }


def _all(run: Run) -> Iterator[str]:
    yield from steady(run)
    yield from overloaded(run)
    yield from recovered(run)
