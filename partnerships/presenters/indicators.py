"""Indicators as a drawing with its words: where it stands, where it came from, where it should go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.enums import Direction
from partnerships.models import Indicator, Measurement
from ui.formats import number

Text = str | Promise
LEFT, RIGHT, TOP, BOTTOM = 8, 304, 28, 102
HALF = (LEFT + RIGHT) // 2


@dataclass(frozen=True, slots=True)
class Dot:
    """A measurement in the drawing."""

    x: int
    y: int
    is_last: bool


@dataclass(frozen=True)
class Plot:
    """An indicator with its drawing; `dots` is empty while nothing was measured. What was corrected is not drawn."""

    indicator: Indicator
    now: str
    beside: str
    finding: str
    last: Measurement | None
    dots: Sequence[Dot]
    goal_y: int | None
    goal_text: str
    first_on: date | None
    rows: Sequence[Measurement]

    @property
    def line(self) -> str:
        """The path through the dots."""
        return "M" + " L".join(f"{dot.x} {dot.y}" for dot in self.dots) if len(self.dots) > 1 else ""


def plots_of(indicators: Iterable[Indicator]) -> list[Plot]:
    """A plot of each, loaded `with_measurements`."""
    return [plot_of(indicator) for indicator in indicators]


def plot_of(indicator: Indicator) -> Plot:
    """Its plot: the line of what counts, scaled over what was measured, where it began and where it should go."""
    rows = indicator.all_measurements
    counting = [row for row in rows if not row.is_corrected and row.value is not None]
    last = counting[-1] if counting else None
    heights = [row.value for row in counting if row.value is not None]
    heights += [value for value in (indicator.baseline, indicator.target) if value is not None]
    scale = _Scale(min(heights, default=Decimal(0)), max(heights, default=Decimal(0)))
    target = indicator.target
    return Plot(
        indicator=indicator,
        now=amount(last.value, indicator) if last and last.value is not None else "",
        beside=_beside(indicator),
        finding=_finding(indicator, last),
        last=last,
        dots=_dots(counting, scale),
        goal_y=scale.y(target) if target is not None else None,
        goal_text=_("target {value}").format(value=amount(target, indicator)) if target is not None else "",
        first_on=counting[0].measured_on if counting else None,
        rows=rows,
    )


@dataclass(frozen=True)
class _Scale:
    least: Decimal
    most: Decimal

    def y(self, value: Decimal) -> int:
        if self.most == self.least:
            return (TOP + BOTTOM) // 2
        return round(BOTTOM - (BOTTOM - TOP) * (value - self.least) / (self.most - self.least))


def _dots(rows: Sequence[Measurement], scale: _Scale) -> list[Dot]:
    if not rows:
        return []
    first, span = rows[0].measured_on, (rows[-1].measured_on - rows[0].measured_on).days
    return [
        Dot(
            x=LEFT + (RIGHT - LEFT) * (row.measured_on - first).days // span if span else HALF,
            y=scale.y(row.value or Decimal(0)),
            is_last=row is rows[-1],
        )
        for row in rows
    ]


def amount(value: Decimal, indicator: Indicator) -> str:
    """A value with its unit: 13%, 24 studenten."""
    shown = _bare(value)
    return f"{shown}{indicator.unit}" if indicator.unit == "%" else f"{shown} {indicator.unit}".strip()


def _bare(value: Decimal) -> str:
    whole = value.to_integral_value()
    return number(int(whole)) if value == whole else number(float(value))


@dataclass(frozen=True)
class Rolled:
    """Indicators of one unit and direction together: as a number where they add up, and how many reached their target."""

    words: str
    finding: str
    share: int  # of a thousand, for the drawing

    @property
    def left(self) -> int:
        """The rest of the drawing."""
        return 1000 - self.share


def rolled_up(indicators: Iterable[Indicator]) -> list[Rolled]:
    """What initiatives measured together, by unit; loaded `with_measurements`. Without target or value it does not count."""
    groups: dict[tuple[str, str], list[tuple[Indicator, Decimal, Decimal]]] = {}
    for indicator in indicators:
        last = plot_of(indicator).last
        if last is not None and last.value is not None and indicator.target is not None:
            key = (indicator.unit.strip().lower(), indicator.direction)
            groups.setdefault(key, []).append((indicator, last.value, indicator.target))
    return [_rolled(rows) for _key, rows in sorted(groups.items())]


def _rolled(rows: Sequence[tuple[Indicator, Decimal, Decimal]]) -> Rolled:
    first = rows[0][0]
    rises = first.direction == Direction.UP
    reached = sum(value >= target if rises else value <= target for _row, value, target in rows)
    finding = ngettext(
        "%(reached)s of %(number)s target reached", "%(reached)s of %(number)s targets reached", len(rows)
    )
    counted = finding % {"reached": reached, "number": len(rows)}
    share = 1000 * reached // len(rows)
    if first.unit == "%":  # shares of different wholes do not add up
        return Rolled(", ".join(str(row) for row, _value, _target in rows), counted, share)
    now = sum((value for _row, value, _target in rows), Decimal(0))
    target = sum((target for _row, _value, target in rows), Decimal(0))
    words = _("{value} of {target}") if rises else _("{value}, target {target}")
    if rises and target > 0:
        share = int(min(max(now / target, Decimal(0)), Decimal(1)) * 1000)
    return Rolled(words.format(value=_bare(now), target=amount(target, first)), counted, share)


def _beside(indicator: Indicator) -> str:
    """What stands beside the number: where it came from and where it should go."""
    parts = []
    if indicator.baseline is not None:
        parts.append(_("was {value}").format(value=amount(indicator.baseline, indicator)))
    if indicator.target is not None:
        parts.append(_("target {value}").format(value=amount(indicator.target, indicator)))
    return ", ".join(parts)


def _finding(indicator: Indicator, last: Measurement | None) -> str:
    """How it stands, in words."""
    if last is None or last.value is None:
        return _("Nothing has been measured yet.")
    if indicator.target is None:
        return _("There is no target.")
    gap = last.value - indicator.target
    if indicator.direction == Direction.DOWN:
        gap = -gap
    if gap >= 0:
        return _("The target has been reached.")
    return _("{value} away from the target.").format(value=amount(-gap, indicator))
