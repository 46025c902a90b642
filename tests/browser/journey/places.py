"""Places and who comes to learn there: the employer offers, the school matches, both say yes."""

import datetime as dt

from core.dates import today
from tests.browser.journey.people import Person, Someone
from tests.browser.journey.school import CREBO
from tests.browser.journey.world import PARTNERSHIP

PLACE = "Afdeling De Kiel"


def trainer_offers_a_place(
    trainer: Person, slug: str, guide: str, email: str, *, title: str = PLACE, seats: int = 2
) -> None:
    """Three steps: place, guidance, check; online for the partnership."""
    trainer.opens(f"/werkgever/{slug}/leerwerkplekken/").follows("Nieuwe plek")
    trainer.fills(
        title=title,
        route="BBL",
        setting="verpleeghuis",
        qualifications=CREBO,
        location="De Werf",
        seats=seats,
        starts_on=today(),
        ends_on=today() + dt.timedelta(days=300),
        week=("6", "6", "", "6", "6"),
    ).presses("Verder")
    trainer.fills(
        new_name=guide,
        new_email=email,
        tasks="Meelopen in de dagdienst.",
        learns="Zorg verlenen en daarover rapporteren.",
    ).presses("Verder")
    trainer.sees(title, "De Werf", guide)
    trainer.fills(visibility="samenwerking").presses("Online zetten").sees("Online")


def teacher_records_the_accreditation(teacher: Person, employer: str) -> None:
    teacher.opens("/erkenningen/").follows("Controle vastleggen")
    teacher.fills(
        organisation=employer,
        status="in orde",
        learning_company_id="100012345",
        crebo=CREBO,
        valid_from=today() - dt.timedelta(days=400),
        source="Openbaar register (voorbeeld)",
    ).presses("Vastleggen").sees(employer)


def coordinator_matches(coordinator: Person, student_name: str) -> None:
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/koppelen/")
    coordinator.follows(student_name).sees(PLACE).follows(PLACE)
    coordinator.fills(reason="Dicht bij huis en de hele opleiding.").presses("Voorstel doen")
    coordinator.sees("voorgesteld", within="body")


def employer_says_yes(trainer: Person) -> None:
    """The school's words and the first name only: the full name follows when both have said yes."""
    trainer.opens_mail(f"Een student voor {PLACE}").sees("Yara").sees_not("Yara Student")
    trainer.follows("Ja, deze student is welkom").presses("Ja, deze student is welkom")
    trainer.sees("Je hebt ja gezegd", within="body")


def student_says_yes(student: Someone, employer: str, place: str = PLACE) -> None:
    student.opens_mail(f"Een plek voor jou bij {employer}").fits_the_screen().sees(place)
    student.follows("Ja, ik wil deze plek").presses("Ja, ik wil deze plek")
    student.sees("Je hebt een plek", within="body")
