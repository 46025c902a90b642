"""Where a town or a postcode lies, roughly: enough to say how far apart two places are."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from core.reading import codes
from core.reading.answers import Read
from core.text import unaccented

_FILE = Path(__file__).parent / "data" / "towns.csv"
_EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Town:
    """A town or neighbourhood with its centre and the postcodes that belong to it."""

    name: str
    latitude: float
    longitude: float
    first_pc4: int
    last_pc4: int

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude, as `distance_km` takes them."""
        return self.latitude, self.longitude


@cache
def all_towns() -> tuple[Town, ...]:
    """Neighbourhoods before the towns around them, so that the nearest fit is found first."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            Town(
                row["name"], float(row["lat"]), float(row["lon"]), int(row["pc4_from"]), int(row["pc4_until"])
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(rows, key=lambda town: town.last_pc4 - town.first_pc4))


@lru_cache(maxsize=4096)  # asked for the same town in each row of a list
def postcode_of(text: str) -> str:
    """The four digits when `text` is a postcode ("8224", "8224 AB"), otherwise nothing."""
    answer = codes.pc4(text)
    return answer.value if isinstance(answer, Read) else ""


@lru_cache(maxsize=4096)  # asked once for each student and slot that are weighed
def find(text: str) -> Town | None:
    """The town that a postcode or a name stands for; None when we do not know it."""
    digits = postcode_of(text)
    if digits:
        number = int(digits)
        return next((town for town in all_towns() if town.first_pc4 <= number <= town.last_pc4), None)
    wanted = unaccented(text)
    return next((town for town in all_towns() if unaccented(town.name) == wanted), None)


def fits(town: str, pc4: str) -> bool | None:
    """Whether a postcode (4 digits) can be in a town; None when we do not know that town, and so cannot tell."""
    known = find(town) if not postcode_of(town) else None
    if known is None or not pc4.isdigit():
        return None
    return known.first_pc4 <= int(pc4) <= known.last_pc4


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance in kilometres in a straight line (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = (tuple(map(math.radians, point)) for point in (one, other))
    chord = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, chord)))
