"""What an app shows on the pages of an app below it: the page has a spot, the higher app adds its sections there.

The lower app makes the spot (`ON_ACTION_LINE = Spot()`) and asks it for the sections of the rows on its page. The higher app
names the function that makes them (`@ON_ACTION_LINE.register`), in a module that its AppConfig imports when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Section:
    """A part of a page: its template reads `section.shown`, and has a heading of its own where the page has none for it."""

    template: str
    shown: Any


Maker = Callable[[Collection[Any], Any], Mapping[int, Section]]


@dataclass(frozen=True)
class Spot:
    """Where a page lets the apps above add something about the rows that it shows."""

    makers: list[Maker] = field(default_factory=list)

    def register(self, maker: Maker) -> Maker:
        """Let this function add sections: it gets the rows and who reads, and gives a section by the key of its row.

        It asks the database as often for many rows as for one, and looks to the rights of the reader itself.
        """
        self.makers.append(maker)
        return maker

    def of_each(self, rows: Collection[Model], actor: Any) -> dict[int, list[Section]]:
        """The sections of each of these rows by its key, in the order of the apps."""
        found: dict[int, list[Section]] = {row.pk: [] for row in rows}
        for maker in self.makers if rows else ():
            for key, section in maker(rows, actor).items():
                found[key].append(section)
        return found

    def of(self, row: Model, actor: Any) -> list[Section]:
        """The sections of the one row that a page is about."""
        return self.of_each([row], actor)[row.pk]
