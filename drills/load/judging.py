"""What was seen of a portal under load, and what of it is wrong; each kind of fault is planted in `drills.load.planted`."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from drills.load.arrivals import Answer

RECOVERY = 10.0  # seconds
# The 99th of a hundred against the middle one; memory at the end against the beginning.
SPREAD, GROWTH = 10.0, 1.05
QUEUE = 2.0  # seconds in a row; then comes what an answer takes while all threads are busy
HELPED = 0.5  # of those whom it can help in that time: saying 503 to all is no way to bear a crowd
ALL_BUSY = 16  # who ask again at once: twice as many as there are threads


@dataclass
class Run:
    """What was seen of one portal."""

    can: float
    busy: float  # the longest that one of those waited who kept all threads busy
    steady: list[Answer]
    over: list[Answer]
    after: list[Answer]
    over_rate: float
    held: list[
        int
    ]  # memory of the workers when the steady part begins (it is warm by then), halfway and at its end
    written: list[str] = field(default_factory=list)  # texts that were taken with a yes
    lost: int = 0

    @property
    def grown(self) -> float:
        """Against the beginning: held against a later moment, half of what leaks all the time would not be seen."""
        return self.held[-1] / self.held[0]

    @property
    def halfway(self) -> float:
        return self.held[1] / self.held[0]


def memory(pid: int) -> int:
    """Bytes that the workers hold, what they share with each other divided among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{child}/smaps_rollup").read_text() for child in children]
    return sum(
        int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")
    )


def lost(written: list[str], url: str) -> int:
    """How many of the texts that were answered with yes are not there."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT text FROM students_evidence WHERE text = ANY(%s)", [written]
        ).fetchall()
    return len(set(written)) - len({text for (text,) in rows})


def _percentile(answers: list[Answer], hundredth: int) -> float:
    return statistics.quantiles([one.seconds for one in answers], n=100)[hundredth - 1]


def counts(run: Run) -> str:
    middle, late = _percentile(run.steady, 50), _percentile(run.steady, 99)
    told = Counter(one.status for one in run.over)
    longest = max(one.seconds for one in run.over)
    return (
        f"can do {run.can:.0f}/s, {ALL_BUSY} together wait {run.busy:.1f} s at most; "
        f"steady: {len(run.steady):,} answers, p50 {middle * 1000:.0f} ms, p99 {late / middle:.1f} x, "
        f"memory x {run.grown:.3f} ({run.halfway:.3f} halfway); "
        f"at {run.over_rate:.0f}/s: {len(run.over):,} answers, {told[503]:,} of them 503, "
        f"the longest {longest:.1f} s; {RECOVERY:.0f} s later p50 x {_percentile(run.after, 50) / middle:.1f}; "
        f"{run.lost} lost"
    )


def steady(run: Run) -> Iterator[str]:
    wrong = Counter((one.status, one.path) for one in run.steady if one.status not in {200, 302})
    if wrong:
        yield f"steady: {sum(wrong.values())} of {len(run.steady)} answers were errors: {wrong.most_common(5)}"
    spread = _percentile(run.steady, 99) / _percentile(run.steady, 50)
    if spread > SPREAD:
        yield f"steady: the 99th of a hundred waited {spread:.1f} times as long as the middle one"
    if run.grown > GROWTH:
        yield f"steady: memory grew by {run.grown - 1:.1%} since the beginning"
    if run.lost:
        yield f"{run.lost} writes that were answered with yes are gone"


def overloaded(run: Run) -> Iterator[str]:
    most = QUEUE + max(1.0, run.busy)
    late = [one.seconds for one in run.over if one.seconds > most]
    if late:
        yield f"overload: {len(late)} of {len(run.over)} waited over {most:.1f} s, the longest {max(late):.1f} s"
    odd = Counter(one.status for one in run.over if one.status not in {200, 302, 503})
    if odd or any(not one.says_when for one in run.over if one.status == 503):
        yield f"overload: answers of {dict(odd)}, or 503 without a time to come back"
    helped = sum(one.status in {200, 302} for one in run.over)
    if helped < HELPED * len(run.over) * run.can / run.over_rate:
        yield f"overload: {helped} of {len(run.over)} were helped, of a portal that can do {run.can:.0f}/s"


def recovered(run: Run) -> Iterator[str]:
    wrong = Counter(one.status for one in run.after if one.status not in {200, 302})
    if wrong:
        yield f"{RECOVERY:.0f} s after the overload {dict(wrong)} of {len(run.after)} answers"
    slower = _percentile(run.after, 50) / _percentile(run.steady, 50)
    if slower > 2:
        yield f"{RECOVERY:.0f} s after the overload pages take {slower:.1f} times as long"
