"""Drawings of figures: scales and pieces as numbers, so that the templates only place them."""

from __future__ import annotations

from dataclasses import dataclass

BAR_WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar, in thousandths of the widest bar."""

    number: int
    x: int
    width: int


@dataclass(frozen=True)
class Gauge:
    """How far a call is: what is firm, what was promised on a condition and what is still open, against its target."""

    target: int
    firm: int
    conditional: int = 0

    @property
    def open(self) -> int:
        """How many are still looked for."""
        return max(self.target - self.firm - self.conditional, 0)

    @property
    def scale(self) -> int:
        """What the full width stands for: the target, or more when it is passed."""
        return max(self.target, self.firm + self.conditional, 1)

    @property
    def segments(self) -> list[Segment]:
        """The pieces of the bar, in the order firm, conditional; what is open stays empty."""
        start, drawn = 0, []
        for at, value in enumerate((self.firm, self.conditional)):
            width = round(BAR_WIDTH * value / self.scale)
            if width:
                drawn.append(Segment(at + 1, start, width))
            start += width
        return drawn
