"""What an employer needs comes to a meeting, a decision and an action, and what came of it stands on a public page."""

import datetime as dt

from core.dates import today
from tests.browser.journey.people import Person
from tests.browser.journey.world import PARTNERSHIP

NEED = "Te weinig uren om te begeleiden"
INITIATIVE, RESULT = "Samen begeleiden in Veldrand", "Uren begeleiding per student"
DECISION, ACTION = "We gaan samen begeleiden.", "Een rooster met uren maken"


def employer_says_what_it_needs(employer: Person) -> None:
    employer.opens(f"/samenwerkingen/{PARTNERSHIP}/behoeften/").follows("Behoefte inbrengen")
    employer.fills(title=NEED, text="Begeleiders doen het naast hun werk.")
    employer.presses("Naar de coördinatoren sturen").sees(NEED)


def coordinator_makes_an_initiative(coordinator: Person) -> None:
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/initiatieven/nieuw/")
    coordinator.fills(
        title=INITIATIVE,
        kind="project",
        summary="Werkgevers verdelen de uren voor begeleiding.",
        is_published=True,
    ).presses("Initiatief opslaan").sees(INITIATIVE)


def coordinator_puts_it_on_the_agenda(coordinator: Person) -> None:
    """Of a meeting of the whole partnership, today."""
    coordinator.opens_mail("behoefte").sees(NEED)
    coordinator.opens(f"/samenwerkingen/{PARTNERSHIP}/overleg/nieuw/")
    coordinator.fills(
        title="Overleg van het pact",
        kind="overleg",
        place="Lelystad",
        day=today(),
        starts="00:00",
        ends="23:30",
    )
    coordinator.presses("Overleg plannen").sees(NEED)
    coordinator.presses("Op de agenda zetten").sees(f"1. {NEED}")


def coordinator_writes_the_report(coordinator: Person, owner: str) -> None:
    """A decision about the initiative, and an action for who works at the employer; then it goes out."""
    coordinator.presses("Verslag maken").sees("Wat is besproken").follows("Besluit", within=".rows")
    coordinator.fills(text=DECISION, reason="Het helpt studenten.", initiative=INITIATIVE, phase="Starten")
    coordinator.presses("Besluit vastleggen").sees(DECISION).follows("Actie", within=".rows")
    coordinator.fills(title=ACTION, owner=owner, due_on=today() + dt.timedelta(days=7), initiative=INITIATIVE)
    coordinator.presses("Actie geven").sees(ACTION)
    coordinator.follows("Verslag versturen").presses("Verslag versturen").sees(DECISION)


def owner_does_it(owner: Person, employer: str) -> None:
    """The action is among what one has to do, and leads to its page."""
    owner.opens(f"/werkgever/{employer}/").sees(ACTION).opens_mail(ACTION)
    owner.follows("Gereed melden").fills(outcome="Elke student heeft twee uur in de week.")
    owner.presses("Opslaan als gereed").sees("Elke student heeft twee uur in de week.")


def coordinator_tells_the_result(coordinator: Person) -> None:
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/initiatieven/").follows(INITIATIVE)
    coordinator.fills(label=RESULT, value="2 uur per week", measured_on=today(), source="rooster")
    coordinator.presses("toevoegen").sees(RESULT)


def visitor_reads_it(visitor: Person) -> None:
    visitor.opens("/initiatieven/").follows(INITIATIVE).sees(RESULT, "2 uur per week", "loopt")
