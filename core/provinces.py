"""The twelve provinces as they stand on our map (static/img/nl.svg), north to south: the one list of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """A province: the code used in regions and addresses, its name, and where its figure stands on the map."""

    code: str
    name: str
    x: int
    y: int


PROVINCES = {
    province.code: province
    for province in (
        Province("gr", "Groningen", 530, 59),
        Province("fr", "Friesland", 390, 121),
        Province("dr", "Drenthe", 533, 178),
        Province("ov", "Overijssel", 487, 287),
        Province("fl", "Flevoland", 367, 272),
        Province("ge", "Gelderland", 416, 383),
        Province("ut", "Utrecht", 311, 378),
        Province("nh", "Noord-Holland", 236, 274),
        Province("zh", "Zuid-Holland", 180, 420),
        Province("ze", "Zeeland", 89, 507),
        Province("nb", "Noord-Brabant", 337, 520),
        Province("li", "Limburg", 405, 591),
    )
}

# For fields and forms: by name, so that one finds one's own.
PROVINCE_CHOICES = sorted(
    ((code, province.name) for code, province in PROVINCES.items()), key=lambda choice: choice[1]
)


def province_names(codes: Iterable[str]) -> list[str]:
    """The names of provinces by their codes, in the order given."""
    return [PROVINCES[code].name for code in codes]
