"""What the parts of the seed hand to each other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import yaml

from accounts.models import Person
from demo.people import FOLDER
from demo.seed.history import History, at
from partnerships.models import Group, Location, Organisation, Partnership
from placements.models import Slot
from programmes.models import Cohort


@dataclass
class Seed:
    """`loaded_on`: the day of first loading, from which live records count."""

    loaded_on: dt.date
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    locations: dict[tuple[str, str], Location] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)
    history: History = field(default_factory=History)

    def day(self, days: str | int) -> dt.date:
        """`days` after the day of first loading (before it when negative)."""
        return self.loaded_on + dt.timedelta(days=int(days))

    def at(self, days: int, hour: int = 10) -> dt.datetime:
        """A moment of that day."""
        return at(self.day(days), hour)

    def day_of(self, row: dict[str, Any], name: str) -> Any:
        """`<name>_on` (a date), or `<name>_days` counted from the day of first loading; None without either."""
        days = row.get(f"{name}_days")
        return row.get(f"{name}_on") or (None if days is None else self.day(days))


def tree(name: str) -> list[dict[str, Any]]:
    """The entries of one YAML file."""
    entries: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return entries


def listed(text: str) -> list[str]:
    """`a,b` → [a, b]."""
    return [part for part in text.split(",") if part]
