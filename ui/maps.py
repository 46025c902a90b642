"""Counts on the map of the provinces: how dark each is drawn and where its link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.provinces import PROVINCES, Province

STEPS = 4  # shades on the map
FIRST_LIGHT_SHADE = 2  # from here on the figure is printed in ink instead of white


@dataclass(frozen=True, slots=True)
class MapCell:
    """A province on a map: how many, where its link leads and how dark it is drawn."""

    province: Province
    count: int
    url: str
    shade: int

    @property
    def on_light(self) -> bool:
        """Whether the figure needs ink to be read on its shade."""
        return self.shade >= FIRST_LIGHT_SHADE


def map_cells(counts: Mapping[str, int], url: str) -> list[MapCell]:
    """Every province with its count. `url` holds `{code}` where the province's code goes."""
    known = {code.lower(): count for code, count in counts.items()}
    most = max(known.values(), default=0)
    return [
        MapCell(province, known.get(code, 0), url.replace("{code}", code), _shade(known.get(code, 0), most))
        for code, province in PROVINCES.items()
    ]


def _shade(count: int, most: int) -> int:
    """The step on the four-step scale: the emptiest is darkest, close to the plane it stands on."""
    return 0 if most == 0 else min(STEPS - 1, count * STEPS // (most + 1))
