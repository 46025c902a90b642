"""Organisations, locations and themes."""

from accounts.models import Person
from core import states
from demo.people import rows_of
from demo.seed.context import Seed, listed
from partnerships.actors import actor_of_person
from partnerships.models import Location, Organisation, Theme
from partnerships.services import locations, organisations

# (the one that stays, the one that was made a second time)
DOUBLES = ("de-linde", "linde-ouderenzorg")
# (a location that closed lately, the organisation, its manager)
LEFT = ("Het Plein", "waterlicht", "waterlicht-manager")


def load(seed: Seed) -> None:
    rows = rows_of("organisations.csv")
    for row in rows:
        seed.organisations[row["slug"]], _ = Organisation.objects.get_or_create(
            slug=row["slug"],
            defaults={
                "name": row["name"],
                "kind": row["kind"],
                "branches": listed(row["branches"]),
                "province": row["province"],
                "town": row["town"],
                "description": row["description"],
                "holiday_region": row["holiday_region"],
                "free_days": listed(row["free_days"]),
                "valid_until": row["valid_until"] or None,
                "is_example": True,
            },
        )
    for row in rows:
        if row["successor"]:
            Organisation.objects.filter(slug=row["slug"], successor=None).update(
                successor=seed.organisations[row["successor"]]
            )
    for row in rows_of("locations.csv"):
        organisation = seed.organisations[row["organisation"]]
        if organisation.merged_into_id:
            continue
        seed.locations[row["organisation"], row["name"]], _ = Location.objects.filter(
            merged_into=None
        ).get_or_create(
            organisation=organisation,
            name=row["name"],
            defaults={
                "municipality": row["municipality"],
                "neighbourhood": row["neighbourhood"],
                "pc4": row["pc4"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
            },
        )
    for row in rows_of("themes.csv"):
        Theme.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"]})


def merge_doubles(seed: Seed, administrator: Person) -> None:
    """An organisation that was made twice is one by now, and so is the location that both have; nobody was there yet."""
    kept, dropped = (seed.organisations[slug] for slug in DOUBLES)
    if not dropped.merged_into_id:
        by = actor_of_person(administrator.pk, is_staff=True)
        organisations.merge(kept_id=kept.pk, dropped_id=dropped.pk, by=by, read=None, digest=None)


def close_left_location(seed: Seed) -> None:
    """A location was left lately, which its manager can still take back."""
    name, organisation, manager = LEFT
    location = seed.locations[organisation, name]
    if not states.history(location).exists():
        locations.close(location_id=location.pk, by=actor_of_person(seed.people[manager].pk), read=None)
