"""A visitor answers a call, the coordinator takes the employer in, and its people make accounts."""

import datetime as dt

from core.dates import today
from tests.browser.journey.people import Person
from tests.browser.journey.world import PARTNERSHIP

EMPLOYER, MANAGER = "Zorggroep De Kade", "bas@dekade.example"
CALL = "Tien werkgevers gezocht"


def coordinator_publishes_a_call(coordinator: Person) -> None:
    coordinator.opens(f"/coordinatie/{PARTNERSHIP}/oproepen/nieuw/")
    coordinator.fills(
        title=CALL,
        summary="Tien werkgevers met elk tien plekken.",
        study_year=today().year,
        partners_target=10,
        places_target=100,
        deadline=today() + dt.timedelta(days=40),
        is_published=True,
    ).presses("opslaan").sees(CALL)


def visitor_signs_up(visitor: Person) -> None:
    visitor.opens("/oproepen/").follows(CALL).follows("Aanmelden als werkgever")
    visitor.fills(
        organisation_name=EMPLOYER,
        contact_name="Bas Kade",
        email=visitor.email,
        places=4,
        neighbourhood="Lelystad",
        consent=True,
    ).presses("Mijn aanmelding versturen").sees("Kijk in je mail", within="body")
    visitor.opens_mail("Bevestig je aanmelding").presses("Link openen").sees(EMPLOYER)
    visitor.presses("Mijn aanmelding bevestigen").sees("Bedankt")


def coordinator_accepts(coordinator: Person) -> None:
    coordinator.opens_mail(f"Nieuwe werkgever: {EMPLOYER}").sees(EMPLOYER)
    coordinator.fills(kind="zorgaanbieder").presses("Aanmelding aannemen").sees("krijgt een uitnodiging")
    coordinator.presses("Ja, neem deze werkgever aan").sees("is gevraagd om mee te doen", within="body")


def manager_starts(manager: Person) -> str:
    """Comes in on the first page of the employer; gives the organisation's name in addresses."""
    manager.makes_account("Bas", "Kade").sees(EMPLOYER)
    return manager.path.split("/")[2]


def manager_joins(manager: Person, slug: str) -> None:
    """The first manager of the new organisation finds the invitation on the first page, and says yes to it."""
    manager.opens(f"/werkgever/{slug}/").follows("Zorgpact Veldrand", within=".acts").sees("nodigt")
    manager.presses("Ja, we doen mee").sees("doet vanaf vandaag mee", within="body")


def manager_adds_a_location(manager: Person, slug: str) -> None:
    manager.opens(f"/organisatie/{slug}/locaties/").follows("Locatie toevoegen")
    manager.fills(name="De Werf", municipality="Lelystad", pc4="8224").presses("Locatie opslaan")
    manager.sees("De Werf")


def manager_invites(manager: Person, slug: str, colleague: Person, role: str, **flags: bool) -> None:
    manager.opens(f"/organisatie/{slug}/mensen/").follows("Iemand uitnodigen")
    manager.fills(
        email=colleague.email, first_name=colleague.email.partition("@")[0].capitalize(), role=role, **flags
    ).presses("Uitnodiging versturen")
    manager.sees(colleague.email)
