"""Qualifications (by the administrator's own import), programmes, cohorts and sessions."""

import csv
import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.models import Person
from core import changes
from core.imports.importer import Given
from demo.people import FOLDER
from demo.seed.context import Seed, tree
from partnerships.models import Initiative, Membership
from programmes.imports.reading import read
from programmes.models import Cohort, Programme, Qualification, Session, WorkProcess
from programmes.services import qualifications as service

THEMES = (
    "Werksituaties van deze week",
    "Veilig tillen en verplaatsen",
    "Rapporteren en overdragen",
    "In gesprek met familie",
    "Omgaan met onbegrepen gedrag",
    "Samenwerken in het team",
)


def load(seed: Seed) -> None:
    if not Qualification.objects.exists():
        service.load_examples(rows=qualification_rows())
    for row in tree("programmes.yaml"):
        programme = _programme(seed, row)
        for entry in row["cohorts"]:
            seed.cohorts[entry["key"]] = _cohort(seed, programme, entry)


def qualification_rows() -> list[dict[str, Any]]:
    """The rows of our own list, read as an administrator's would be."""
    with (FOLDER / "qualifications.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [read(Given(at, cells)) for at, cells in enumerate(csv.DictReader(file, delimiter=";"), 2)]
    for row in found:
        if row.problems:
            raise ValueError(f"demo/data/qualifications.csv, line {row.given.number}: {row.problems[0].text}")
    return [row.values for row in found]


def _programme(seed: Seed, row: dict[str, Any]) -> Programme:
    programme, created = Programme.objects.get_or_create(
        school=seed.organisations[row["school"]],
        name=row["name"],
        defaults={
            "partnership": seed.partnerships[row["partnership"]],
            "initiative": Initiative.objects.get(slug=row["initiative"]),
            "contract_hours": row.get("contract_hours"),
            "is_example": True,
        },
    )
    if created:
        programme.qualifications.set(Qualification.objects.filter(crebo__in=row["crebos"]))
        first = min((seed.day_of(entry, "starts") for entry in row["cohorts"]), default=seed.loaded_on)
        programme.partnerships.create(partnership=seed.partnerships[row["partnership"]], starts_on=first)
        for slug in row["employers"]:
            programme.partner_employers.create(organisation=seed.organisations[slug], starts_on=first)
        for former in row.get("former", ()):
            partner = programme.partner_employers.create(
                organisation=seed.organisations[former["employer"]], starts_on=first
            )
            seed.history.ended(partner, seed.at(former["days"]), seed.people[former["by"]])
    return programme


def _cohort(seed: Seed, programme: Programme, row: dict[str, Any]) -> Cohort:
    cohort, created = Cohort.objects.get_or_create(
        programme=programme,
        name=row["name"],
        defaults={
            "starts_on": seed.day_of(row, "starts"),
            "ends_on": seed.day_of(row, "ends"),
            "capacity": row["capacity"],
            "school_weekday": row["weekday"],
        },
    )
    if created:
        for number, key in enumerate(row["teachers"]):
            membership = Membership.objects.get(person=seed.people[key], organisation=programme.school)
            cohort.cohort_teachers.create(
                membership=membership, starts_on=membership.starts_on, is_lead=number == 0
            )
        for former in row.get("former", ()):
            membership = Membership.objects.get(
                person=seed.people[former["teacher"]], organisation=programme.school
            )
            taught = cohort.cohort_teachers.create(membership=membership, starts_on=membership.starts_on)
            seed.history.ended(taught, seed.at(former["days"]), seed.people[former["by"]])
        if row["weekday"]:
            _sessions(seed, cohort, row["weekday"], seed.people[row["teachers"][0]])
    return cohort


def _sessions(seed: Seed, cohort: Cohort, weekday: int, teacher: Person) -> None:
    """A school day a week, from six weeks ago to six weeks ahead; every fourth is a practice meeting.

    That of next week was moved by half an hour.
    """
    processes = list(
        WorkProcess.objects.filter(core_task__qualification__programmes=cohort.programme).order_by("pk")
    )
    monday = seed.loaded_on - dt.timedelta(days=seed.loaded_on.weekday())
    for week in range(-6, 7):
        day = monday + dt.timedelta(weeks=week, days=weekday - 1)
        meeting = week % 4 == 0
        session = Session.objects.create(
            cohort=cohort,
            kind="practice_meeting" if meeting else "lesson",
            theme=THEMES[week % len(THEMES)],
            place="Op locatie, je krijgt het adres van je docent" if meeting else "Lokaal 1.12",
            bring="Je werkschoenen" if week % len(THEMES) == 1 else "",
            starts_at=timezone.make_aware(dt.datetime.combine(day, dt.time(9, 0))),
            ends_at=timezone.make_aware(dt.datetime.combine(day, dt.time(16, 0))),
        )
        if processes:
            session.work_processes.add(processes[week % len(processes)])
        if week == 1:
            _move(seed, session, teacher)


def _move(seed: Seed, session: Session, teacher: Person) -> None:
    before = changes.stored(session)
    session.starts_at += dt.timedelta(minutes=30)
    session.save(update_fields=["starts_at"])
    seed.history.changed(session, "starts_at", before["starts_at"], seed.at(-2), teacher)
