"""What the schools of the demo found out about the invented employers."""

from typing import Any

from accounts.models import Person
from demo.people import rows_of
from demo.seed.context import Seed
from demo.seed.history import made_at
from demo.seed.people import teacher_of
from partnerships.models import Organisation
from programmes.models import AccreditationCheck, Programme

# One employer's check is still to be done, so that the demo shows what waits for it.
UNCHECKED = {("waterlicht", "25656")}
FIRST_DAY, FIRST_CHECK = -900, -890  # before any placement


def load(seed: Seed) -> None:
    """Each school with a teacher has found the partner employers of its programmes accredited, long ago."""
    for programme in Programme.objects.order_by("pk"):
        by = next((teacher for cohort in programme.cohorts.all() if (teacher := teacher_of(cohort))), None)
        if by is None:
            continue
        partners = programme.partner_employers.running().values("organisation")
        for employer in Organisation.objects.filter(pk__in=partners).order_by("pk"):
            for crebo in programme.qualifications.order_by("crebo").values_list("crebo", flat=True):
                if (employer.slug, crebo) not in UNCHECKED:
                    _first_check(seed, programme.school, employer, crebo, by)


def load_later(seed: Seed) -> None:
    """Every row of accreditations.csv: what was found since, when students were placed already; days from loading."""
    for row in rows_of("accreditations.csv"):
        key = {
            "school": seed.organisations.get(row["school"]),
            "organisation": seed.organisations[row["organisation"]],
            "crebo": row["crebo"],
        }
        wrong = (
            AccreditationCheck.objects.get(**key, checked_on=seed.day(row["corrects"]))
            if row["corrects"]
            else None
        )
        _check(
            seed,
            int(row["checked_on"]),
            by=seed.people[row["by"]],
            corrects=wrong,
            status=row["status"],
            valid_from=seed.day(row["valid_from"]) if row["valid_from"] else None,
            valid_until=seed.day(row["valid_until"]) if row["valid_until"] else None,
            proof=row["proof"],
            reason=row["reason"],
            **key,
        )


def _first_check(seed: Seed, school: Organisation, employer: Organisation, crebo: str, by: Person) -> None:
    _check(
        seed,
        FIRST_CHECK,
        school=school,
        organisation=employer,
        crebo=crebo,
        by=by,
        status="verified",
        valid_from=seed.day(FIRST_DAY),
    )


def _check(seed: Seed, day: int, **fields: Any) -> None:
    """One check, recorded on the day on which it was done; one that is there already is left as it is."""
    key = {name: fields.pop(name) for name in ("school", "organisation", "crebo")}
    found = {"learning_company_id": "VOORBEELD", "source": "voorbeeldgegevens", **fields}
    with made_at(seed.at(day)):
        AccreditationCheck.objects.get_or_create(**key, checked_on=seed.day(day), defaults=found)
