"""Charts without a library: the scale and the paths that the chart templates print as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.functional import Promise

Text = str | Promise

MOST_SERIES = 4
WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = (
    60,
    450,
    20,
    200,
)  # where the lines run; the axis starts a little before, labels stand after
AXIS_LEFT, AXIS_RIGHT = 40, 470
LABEL_GAP = 18  # the least height between two end labels
BAR_WIDTH = 1000


def nice_ceiling(value: float) -> int:
    """The top of an axis from 0: 1, 2, 4, 5, 6, 8 or 10 times a power of ten, never below what is measured."""
    if value <= 1:
        return 1
    power = 10 ** math.floor(math.log10(value))
    factor = next(factor for factor in (1, 2, 4, 5, 6, 8, 10) if factor * power >= value)
    return int(factor * power)


def ticks(top: int) -> list[int]:
    """The lines of the axis: three or four equal whole steps where the top can be shared so, else two ends."""
    for parts in (3, 4, 5, 2):
        if top % parts == 0 and top // parts > 0:
            return [top * part // parts for part in range(parts, -1, -1)]
    return [top, 0]


def coordinate(value: float) -> str:
    """A number in a path: at most one decimal, none where it says nothing."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis with its figure."""

    value: int
    y: str
    text_y: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn series: its path and the end point that carries its label."""

    number: int
    label: Text
    path: str
    end_x: str
    end_y: str
    label_y: str
    last: int


@dataclass(frozen=True)
class LineChart:
    """Up to four series over the same periods.

    `title` names the figure, `finding` says what it shows; both are needed, since the drawing itself is read by few.
    """

    title: Text
    finding: Text
    periods: Sequence[Text]
    series: Sequence[tuple[Text, Sequence[int]]]
    period_label: Text = ""
    ident: str = "chart"
    top: int = field(init=False)

    def __post_init__(self) -> None:
        if not 1 <= len(self.series) <= MOST_SERIES:
            raise ValueError(f"A line chart shows 1 to {MOST_SERIES} series.")
        if any(len(values) != len(self.periods) for _label, values in self.series):
            raise ValueError("Every series needs a value for every period.")
        object.__setattr__(
            self, "top", nice_ceiling(max(max(values, default=0) for _label, values in self.series))
        )

    def _x(self, index: int) -> float:
        steps = len(self.periods) - 1
        return LEFT + (RIGHT - LEFT) * index / steps if steps else RIGHT

    def _y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / self.top

    @property
    def ticks(self) -> list[Tick]:
        """The axis from 0 to a round number."""
        return [Tick(v, coordinate(self._y(v)), coordinate(self._y(v) + 5)) for v in ticks(self.top)]

    @property
    def lines(self) -> list[Line]:
        """The series as paths; end labels that would touch are moved apart."""
        ends = _apart([self._y(values[-1]) for _label, values in self.series])
        drawn = []
        for at, (label, values) in enumerate(self.series):
            points = [
                f"{coordinate(self._x(i))} {coordinate(self._y(value))}" for i, value in enumerate(values)
            ]
            drawn.append(
                Line(
                    number=at + 1,
                    label=label,
                    path="M" + "L".join(points),
                    end_x=coordinate(self._x(len(values) - 1)),
                    end_y=coordinate(self._y(values[-1])),
                    label_y=coordinate(ends[at] + 5),
                    last=values[-1],
                )
            )
        return drawn

    @property
    def marks(self) -> list[tuple[str, Text]]:
        """The periods under the axis, thinned to what fits."""
        every = max(1, -(-len(self.periods) // 6))
        last = len(self.periods) - 1
        return [(coordinate(self._x(i)), p) for i, p in enumerate(self.periods) if (last - i) % every == 0]

    @property
    def rows(self) -> list[tuple[Text, list[int]]]:
        """The same figures as a table, a row per period."""
        return [
            (period, [values[i] for _label, values in self.series]) for i, period in enumerate(self.periods)
        ]


def _apart(heights: Sequence[float]) -> list[float]:
    """Move labels down until they no longer overlap, keeping their order."""
    placed = list(heights)
    order = sorted(range(len(placed)), key=placed.__getitem__)
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + LABEL_GAP)
    return placed


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in thousandths of the widest bar."""

    number: int
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class BarRow:
    """A row of a table chart: its name, bar and figures."""

    label: Text
    values: Sequence[int]
    segments: Sequence[Segment]
    url: str = ""


@dataclass(frozen=True)
class TableChart:
    """A table whose second column is a bar.

    With `stacked` the values of a row add up to its bar; without it each later value is a part of the first
    ("places, of which free").
    """

    caption: Text
    head: Text
    columns: Sequence[Text]
    data: Sequence[tuple[Text, Sequence[int]]]
    stacked: bool = False
    urls: Sequence[str] = ()

    @property
    def rows(self) -> list[BarRow]:
        """The rows with their bars to one scale."""
        most = max((self._full(values) for _label, values in self.data), default=0) or 1
        return [
            BarRow(label, values, self._segments(values, most), self.urls[at] if at < len(self.urls) else "")
            for at, (label, values) in enumerate(self.data)
        ]

    def _full(self, values: Sequence[int]) -> int:
        return sum(values) if self.stacked else max(values, default=0)

    def _segments(self, values: Sequence[int], most: int) -> list[Segment]:
        widths = [round(BAR_WIDTH * value / most) for value in values]
        if not self.stacked and widths:  # the rest of the first value comes first, its parts end the bar
            widths[0] = max(0, widths[0] - sum(widths[1:]))
        start, drawn = 0, []
        for at, width in enumerate(widths):
            if width:
                drawn.append(Segment(at + 1, start, width))
            start += width
        return drawn


@dataclass(frozen=True)
class Gauge:
    """How far a call is: firm places, those promised on a condition, and withdrawn ones, against its target."""

    target: int
    firm: int
    conditional: int = 0
    withdrawn: int = 0

    @property
    def scale(self) -> int:
        """What the full width stands for: the target, or more when it is passed."""
        return max(self.target, self.firm + self.conditional + self.withdrawn, 1)

    @property
    def segments(self) -> list[Segment]:
        """The pieces of the bar, in the order firm, conditional, withdrawn."""
        start, drawn = 0, []
        for at, value in enumerate((self.firm, self.conditional, self.withdrawn)):
            width = round(BAR_WIDTH * value / self.scale)
            if width:
                drawn.append(Segment(at + 1, start, width))
            start += width
        return drawn
