"""Organisations, locations and themes."""

from demo.people import rows_of
from demo.seed.context import Seed, listed
from partnerships.models import Location, Organisation, Theme


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
        seed.locations[row["organisation"], row["name"]], _ = Location.objects.get_or_create(
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
