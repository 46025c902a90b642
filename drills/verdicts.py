"""The one line that a drill prints, and what it ends with; known without Django."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

SEED = 20261128
LINE = re.compile(r"^(?P<verdict>ok|FAILED|skipped) +(?P<name>[a-z_]+): .+ · seed .+ · control: .+ · \d+ s$")


def seed() -> int:
    """The one asked for with `DRILL_SEED`, or that of every day; what is drawn by chance is drawn from it."""
    return int(os.environ.get("DRILL_SEED") or SEED)


def number(name: str, default: float) -> float:
    """A size of a drill, smaller or larger by the environment: `number("DRILL_SECONDS", 60)`."""
    return float(os.environ.get(name) or default)


@dataclass
class Verdict:
    """What a drill saw: `counts` in words, `faults` one a line, and of the planted ones which it found.

    Good is only a drill without faults that found all that was planted. One that could not run says why: that is not good.
    """

    name: str
    counts: str = ""
    faults: list[str] = field(default_factory=list)
    # What, and how it showed; None if it did not.
    planted: dict[str, str | None] = field(default_factory=dict)
    skipped: str = ""
    seed: str = "none: nothing is drawn by chance"
    began: float = field(default_factory=time.monotonic)

    @property
    def is_good(self) -> bool:
        return not (self.faults or self.skipped) and bool(self.planted) and None not in self.planted.values()

    def tell(self) -> int:
        """Print the line, and below it what is wrong; the number to exit with."""
        verdict = "skipped" if self.skipped else "ok" if self.is_good else "FAILED"
        print(
            f"{verdict:7} {self.name}: {self.skipped or self.counts or 'nothing was seen'} · seed {self.seed} · "
            f"control: {self._control()} · {time.monotonic() - self.began:.0f} s",
            flush=True,
        )
        missed = [f"not found: {what}" for what, shown in self.planted.items() if shown is None]
        for note in (*self.faults, *missed):
            print(note, flush=True)
        return 0 if self.is_good else 1

    def _control(self) -> str:
        if not self.planted:
            return "none was planted"
        found = {what: shown for what, shown in self.planted.items() if shown is not None}
        said = _together(found)
        return f"{len(found)} of {len(self.planted)} planted faults found" + (f" ({said})" if said else "")


def _together(found: dict[str, str]) -> str:
    """Three at most are told one by one."""
    shown = [f"{what}: {how}" for what, how in found.items()]
    return "; ".join(shown) if len(shown) <= 3 else ""


def line_in(text: Sequence[str], name: str) -> str:
    """The verdict of that drill in what it printed, or nothing."""
    lines = [line for line in text if (match := LINE.match(line)) and match["name"] == name]
    return lines[-1] if lines else ""
