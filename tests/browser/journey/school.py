"""The school: an administrator reads in the qualification; a teacher makes programme and cohort and enrols students."""

import csv
import datetime as dt
from pathlib import Path

from core.dates import today
from tests.browser.journey import spreadsheets
from tests.browser.journey.people import Person
from tests.browser.journey.world import SCHOOL

STUDENTS = 30  # in the list
LISTED = [*((f"Milan{number}", f"de Vries{number}") for number in range(1, STUDENTS)), ("Noa", "Bakker")]


def address_of(first_name: str) -> str:
    """The address of someone in the list."""
    return f"{first_name.lower()}@student.example"


PROGRAMME, COHORT = "Verzorgende BBL", "Voorjaarsgroep"
QUALIFICATION, CREBO = "Verzorgende IG (voorbeeld)", "25999"
QUALIFICATION_HEADER = [
    "crebo", "dossier_crebo", "kerntaak_code", "kerntaak_title", "werkproces_code", "werkproces_title",
    "valid_from", "valid_to", "source", "kwalificatie", "niveau", "dossier",
]  # fmt: skip
WORK_PROCESSES = ["Ondersteunt bij de dagelijkse zorg", "Rapporteert over de zorg", "Werkt samen in een team"]
STUDENT_HEADER = [
    "voornaam", "tussenvoegsel", "achternaam", "email", "geboortedatum", "woonplaats", "postcode4", "startdatum", "wensen",
]  # fmt: skip


def administrator_reads_in_the_qualification(administrator: Person, folder: Path) -> None:
    rows = [
        [
            *(
                CREBO,
                "23999",
                "B1-K1",
                "Biedt zorg",
                f"B1-K1-W{number}",
                title,
                "2025-08-01",
                "",
                "voorbeeld",
            ),
            *(QUALIFICATION, "3", "Verzorgende"),
        ]
        for number, title in enumerate(WORK_PROCESSES, 1)
    ]
    file = _file(folder / "kwalificaties.csv", QUALIFICATION_HEADER, rows)
    administrator.opens("/beheer/kwalificaties/inlezen/").fills(file=file).presses("Bestand lezen")
    administrator.sees("3 rijen opslaan").presses("3 rijen opslaan").follows("Naar de kwalificaties").sees(
        QUALIFICATION
    )


def teacher_makes_a_cohort(teacher: Person) -> None:
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows("Opleidingen").follows("Opleiding toevoegen")
    teacher.fills(
        name=PROGRAMME, route="BBL", qualifications=CREBO, contract_hours=24, partnership="Zorgpact Veldrand"
    ).presses("Opleiding opslaan")
    teacher.follows("Cohort toevoegen").fills(
        name=COHORT,
        starts_on=today() - dt.timedelta(days=14),
        ends_on=today() + dt.timedelta(days=700),
        capacity=40,
        teachers="Tom Docent",
    ).presses("Cohort opslaan").sees(COHORT)


def teacher_enrols(teacher: Person, student: Person) -> None:
    """One by the form."""
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows(COHORT).follows("Student inschrijven")
    teacher.fills(
        first_name="Yara",
        last_name="Student",
        email=student.email,
        born_on="2004-03-14",
        town="Lelystad",
        pc4="8224",
    ).presses("Deze student inschrijven").sees("Yara Student")


def teacher_enrols_by_file(teacher: Person, folder: Path) -> None:
    """A spreadsheet of thirty, of which one row is put right on the page."""
    people = [
        [
            f"Milan{number}",
            "de",
            f"Vries{number}",
            f"milan{number}@student.example",
            "02-02-2003",
            "Dronten",
            "8251 AB",
        ]
        for number in range(1, STUDENTS)
    ]
    wrong = ["Noa", "", "Bakker", "noa@student.example", "2 februari 2003", "Dronten", "825"]
    file = spreadsheets.saved(folder / "lijst.ods", [STUDENT_HEADER[:7], *people, wrong])
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows(COHORT).follows("Lijst inlezen")
    teacher.fills(file=file).presses("Bestand lezen")
    line = STUDENTS + 1
    teacher.sees("is geen Nederlandse postcode").fills(**{f"cell-{line}-pc4": "8251"}).presses(
        "Klaar, opnieuw controleren"
    )
    teacher.sees(f"{STUDENTS} rijen opslaan").fills(invite="Mail ieder van hen nu een uitnodiging").presses(
        f"{STUDENTS} rijen opslaan"
    )
    teacher.sees(f"{STUDENTS} rijen zijn opgeslagen.").follows("Naar het cohort").sees(
        f"{STUDENTS + 1} van 40"
    )


def student_makes_an_account(student: Person) -> None:
    """On a phone, from the mail; the school has filled in the name."""
    student.opens_mail("Uitnodiging van Roc Veldrand").fits_the_screen()
    student.makes_account("Yara", "Student").fits_the_screen()


def _file(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path
