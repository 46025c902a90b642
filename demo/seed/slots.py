"""Workplaces on offer, at invented employers only."""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from demo.people import rows_of
from demo.seed.context import Seed, listed
from demo.seed.history import at
from demo.seed.people import employer_of
from placements.enums import SlotState, Visibility
from placements.models import Slot
from programmes.models import Qualification

# What tells a slot from another in the file
KEYS = ("organisation", "location", "title")


def load(seed: Seed) -> None:
    """Every row of slots.csv. Its columns are fields of a slot, but for `key`, which is for whoever reads the file."""
    rows = rows_of("slots.csv")
    qualifications = {row.crebo: row for row in Qualification.objects.all()}
    lists = [field.name for field in Slot._meta.many_to_many]
    for row in rows:
        values = {name: _value(seed, row, name, qualifications) for name in row if name != "key"}
        chosen = {name: values.pop(name) for name in lists if name in values}
        known = {name: values.pop(name) for name in KEYS}
        slot, created = Slot.objects.get_or_create(**known, defaults=values)
        if created:
            for name, linked in chosen.items():
                getattr(slot, name).set(linked)
            _past(seed, slot)
        seed.slots.append(slot)


def _past(seed: Seed, slot: Slot) -> None:
    """Online a quarter before the first day, or since it was last confirmed."""
    if slot.confirmed_on is None:
        return
    employer = employer_of(slot.organisation_id)
    published = min(slot.confirmed_on, slot.starts_on - dt.timedelta(days=90))
    seed.history.note(slot, "publish", at(published), employer)
    if slot.visibility == Visibility.REGION:
        shared = at(published + dt.timedelta(days=1))
        seed.history.changed(slot, "visibility", Visibility.PARTNERSHIP, shared, employer)
    if slot.state == SlotState.CLOSED:
        reason = "Er is dit jaar geen vaste begeleider."
        seed.history.note(slot, "close", at(slot.confirmed_on + dt.timedelta(days=1)), employer, reason)


def _value(seed: Seed, row: dict[str, str], name: str, qualifications: dict[str, Qualification]) -> Any:
    """What a column of the file means for the field of that name: rows by slug or crebo, days from the day of loading."""
    text, column = row[name], Slot._meta.get_field(name)
    links: dict[str, Any] = {
        "organisation": lambda: seed.organisations[text],
        "location": lambda: seed.locations[row["organisation"], text],
        "partnership": lambda: seed.partnerships[text],
        "qualifications": lambda: [qualifications[crebo] for crebo in listed(text)],
        "partners": lambda: [seed.organisations[slug] for slug in listed(text)],
    }
    if name in links:
        return links[name]()
    if name == "confirmed_on" and row["state"] == SlotState.DRAFT:
        return None
    if isinstance(column, models.DateField):
        return seed.day(text)
    if isinstance(column, ArrayField):
        return [int(number) for number in listed(text)]
    if isinstance(column, models.IntegerField):
        return int(text) if text else None
    return text
