"""The school: an administrator reads in the qualification; a teacher makes programme and cohort and enrols students."""

import csv
import datetime as dt
from pathlib import Path

from core.dates import today
from tests.browser.journey.people import Person
from tests.browser.journey.world import SCHOOL

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
    administrator.opens("/beheer/kwalificaties/inlezen/").fills(file=file).presses("Controleer het bestand")
    administrator.sees("3 rijen").presses("Lees deze rijen in").sees(QUALIFICATION)


def teacher_makes_a_cohort(teacher: Person) -> None:
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows("Opleidingen").follows("Voeg een opleiding toe")
    teacher.fills(
        name=PROGRAMME, route="BBL", qualifications=CREBO, contract_hours=24, partnership="Zorgpact Veldrand"
    ).presses("Opleiding opslaan")
    teacher.follows("Voeg een cohort toe").fills(
        name=COHORT,
        starts_on=today() - dt.timedelta(days=14),
        ends_on=today() + dt.timedelta(days=700),
        capacity=15,
        teachers="Tom Docent",
    ).presses("Cohort opslaan").sees(COHORT)


def teacher_enrols(teacher: Person, student: Person) -> None:
    """One by the form; two by a file, of which the first try has a wrong row and enrols nobody."""
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows(COHORT).follows("Schrijf een student in")
    teacher.fills(
        first_name="Yara",
        last_name="Student",
        email=student.email,
        born_on="2004-03-14",
        town="Lelystad",
        pc4="8224",
    ).presses("Schrijf deze student in").sees("Yara Student")


def teacher_enrols_by_file(teacher: Person, folder: Path) -> None:
    right = ["Milan", "de", "Vries", "milan@student.example", "02-02-2003", "Dronten", "8251", "", ""]
    wrong = ["Noa", "", "Bakker", "noa@student.example", "02-02-2003", "Dronten", "825", "", ""]
    teacher.opens(f"/school/{SCHOOL}/cohorten/").follows(COHORT).follows("Lees een lijst in")
    teacher.fills(file=_file(folder / "fout.csv", STUDENT_HEADER, [right, wrong]))
    teacher.presses("Controleer het bestand").sees("4 cijfers van de postcode")
    wrong[6] = "8253"
    teacher.fills(file=_file(folder / "goed.csv", STUDENT_HEADER, [right, wrong]))
    teacher.presses("Controleer het bestand").presses("Schrijf deze studenten in").sees(
        "Milan de Vries", "Noa Bakker"
    )


def student_makes_an_account(student: Person) -> None:
    """On a phone, from the mail; the school has filled in the name."""
    student.opens_mail("Uitnodiging van Roc Veldrand").fits_the_screen()
    student.makes_account("Yara", "Student").fits_the_screen()


def _file(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([header, *rows])
    return path
