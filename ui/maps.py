"""Counts on the map of the provinces: the step of the scale in which each is drawn and where its link leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.provinces import PROVINCES, Province

STEPS = 3  # shades for what is there; where nothing is has one of its own


@dataclass(frozen=True, slots=True)
class MapCell:
    """A province on a map: how many, where its link leads and in which shade; 0 is where nothing is, 3 stands out most."""

    province: Province
    count: int
    url: str
    shade: int


def map_cells(counts: Mapping[str, int], url: str) -> list[MapCell]:
    """Every province with its count. `url` holds `{code}` where the province's code goes."""
    known = {code.lower(): count for code, count in counts.items()}
    most = max(known.values(), default=0)
    return [
        MapCell(province, known.get(code, 0), url.replace("{code}", code), _shade(known.get(code, 0), most))
        for code, province in PROVINCES.items()
    ]


def _shade(count: int, most: int) -> int:
    """The step of the scale: the emptiest is closest to the ground that it stands on, light or dark."""
    return 1 + (count - 1) * STEPS // most if count else 0
