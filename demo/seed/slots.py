"""Accreditations and workplaces on offer, at invented employers only."""

import datetime as dt
from typing import Any

from demo.people import rows_of
from demo.seed.context import Seed, listed
from demo.seed.history import at
from demo.seed.people import employer_of
from partnerships.models import Organisation
from placements.enums import SlotState
from placements.models import Slot
from programmes.models import Accreditation, Qualification

# One employer's check is still to be done, so that the demo shows what waits for it.
UNCHECKED = {("waterlicht", "25656")}


def load(seed: Seed) -> None:
    rows = rows_of("slots.csv")
    qualifications = {row.crebo: row for row in Qualification.objects.all()}
    for slug, crebo in sorted(
        {(row["organisation"], crebo) for row in rows for crebo in listed(row["crebos"])}
    ):
        if (slug, crebo) not in UNCHECKED:
            _accreditation(seed, seed.organisations[slug], crebo)
    for row in rows:
        slot, created = Slot.objects.get_or_create(
            organisation=seed.organisations[row["organisation"]],
            location=seed.locations[row["organisation"], row["location"]],
            title=row["title"],
            defaults=_fields(seed, row),
        )
        if created:
            slot.qualifications.set([qualifications[crebo] for crebo in listed(row["crebos"])])
            slot.partners.set([seed.organisations[slug] for slug in listed(row["partners"])])
            _past(seed, slot)
        seed.slots.append(slot)


def _past(seed: Seed, slot: Slot) -> None:
    """Online a quarter before the first day, or since it was last confirmed."""
    if slot.confirmed_on is None:
        return
    employer = employer_of(slot.organisation_id)
    published = min(slot.confirmed_on, slot.starts_on - dt.timedelta(days=90))
    seed.history.note(slot, "publish", at(published), employer)
    if slot.state == SlotState.CLOSED:
        reason = "Er is dit jaar geen vaste begeleider."
        seed.history.note(slot, "close", at(slot.confirmed_on + dt.timedelta(days=1)), employer, reason)


def _accreditation(seed: Seed, organisation: Organisation, crebo: str) -> None:
    Accreditation.objects.get_or_create(
        organisation=organisation,
        crebo=crebo,
        defaults={
            "learning_company_id": "VOORBEELD",
            "status": "verified",
            "valid_from": seed.day(-900),
            "checked_on": seed.day(-30),
            "source": "voorbeeldgegevens",
        },
    )


def _fields(seed: Seed, row: dict[str, str]) -> dict[str, Any]:
    return {
        "partnership": seed.partnerships[row["partnership"]],
        "seats": int(row["seats"]),
        "starts_on": seed.day(row["starts_days"]),
        "ends_on": seed.day(row["ends_days"]),
        "weekdays": [int(day) for day in listed(row["weekdays"])],
        "hours_per_week": int(row["hours"]),
        "setting": row["setting"],
        "tasks": row["tasks"],
        "learns": row["learns"],
        "supervision_hours": int(row["supervision_hours"]),
        "visibility": row["visibility"],
        "state": row["state"],
        "confirmed_on": None if row["state"] == SlotState.DRAFT else seed.day(row["confirmed_days"]),
    }
