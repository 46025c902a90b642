"""Whoever follows what waits for them finds that act on top of the page it leads to."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from lxml.html import HtmlElement, document_fromstring
from pytest_django import DjangoDbBlocker

from accounts.models import User
from demo.people import demo_people
from partnerships.actors import Actor, actor_of
from portal import next_steps
from tests.browser.sites import loaded_database
from tests.helpers import login
from tests.strict import StrictClient
from ui.next_steps import NextStep

MOST = 4  # pages of one kind that are looked at


def steps_of(actor: Actor) -> Iterator[NextStep]:
    yield from next_steps.for_student(actor)
    for organisation in sorted(actor.organisations()):
        yield from next_steps.for_employer(actor, organisation)
        yield from next_steps.for_teacher(actor, organisation)
    for partnership in sorted(actor.coordinates):
        yield from next_steps.for_coordinator(actor, partnership)


@dataclass(frozen=True)
class Followed:
    """Where a step led: whose it is, its title, and what is on top of the page."""

    who: str
    title: str
    status: int
    top: str


# The act that stands on top of the page, by the kind of the step and the button that led there.
ACTS = {
    ("agreement", "Bekijk wat er ontbreekt"): "Leg de erkenning vast",
    ("agreement", "Naar de overeenkomst"): "Vraag om handtekeningen|Maak de volgende overeenkomst",
    ("agreement", "Lees en teken"): "Verder|Teken versie",  # after a password of a moment ago
    ("agreement", "Leg de handtekening vast"): "Verder|Leg de handtekening vast",
    ("assess", "Doel beoordelen"): "Leg het resultaat vast",
    ("consent", "Lezen en antwoorden"): "Ga akkoord met",
    ("due", "Bewijs toevoegen"): "Bewijs toevoegen|Bewijs inleveren|Ik begin",
    ("join_request", "Bekijk de uitnodiging"): "Nodig de eerste beheerder uit",
    ("join_request", "Lees de aanvraag"): "Ja, deze organisatie is welkom",
    ("join_request", "Lees de uitnodiging"): "Ja, we doen mee",
    ("match", "Bekijk en geef antwoord"): "Ja, ",
    ("match", "Zoek een plek"): "Kies: ",
    ("not_yet", "Bekijk wat nodig is"): "Weer oppakken",
    ("plan", "Leerplan maken"): "Nog geen leerplan",
    ("role_request", "Geef een rol of wijs af"): "Deze rol geven",
    ("sent_back", "Bekijk de opmerking"): "Nieuwe tekst versturen",
    ("sign_up", "Bekijk de aanmelding"): "Aanmelding aannemen",
    ("situation", "Zet in een bijeenkomst"): "Zet wat je aanvinkte in deze bijeenkomst",
    ("slot", "Bekijk de plek"): "Klopt nog",
    ("waiting", "Bekijk de wachtlijst"): "[Ww]achtlijst",
}


def on_top(page: HtmlElement) -> str:
    """What is asked in the box of the reader's turn, or else the first button that is no lesser one."""
    boxes = page.xpath(f"//main//*[{having('next-step')}]")
    lesser = " or ".join(having(f"btn--{name}") for name in ("second", "quiet", "danger"))
    found = (boxes[:1] if boxes else []) or page.xpath(f"//main//*[{having('btn')}][not({lesser})]")
    found = found or page.xpath(f"//main//*[{having('btn')}]")
    return " ".join(found[0].text_content().split()) if found else ""


def having(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


@pytest.fixture(scope="module")
def followed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[tuple[str, str], list[Followed]]]:
    with loaded_database("steps") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield follow_all()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def follow_all() -> dict[tuple[str, str], list[Followed]]:
    found: dict[tuple[str, str], list[Followed]] = defaultdict(list)
    for person in demo_people():
        user = User.objects.get(email=person.email)
        client = login(StrictClient(), user)
        for step in steps_of(actor_of(user)):
            known = found[step.kind, str(step.button)]
            if len(known) < MOST:
                response = client.get(step.url, follow=True)
                top = on_top(document_fromstring(response.content.decode()))
                known.append(Followed(person.key, str(step.title), response.status_code, top))
    return found


def test_what_one_came_for_is_the_first_act_of_the_page(followed):
    assert len(followed) >= 14
    assert sorted(followed.keys() - ACTS.keys()) == []
    wrong = [
        one
        for key, pages in followed.items()
        for one in pages
        if one.status != 200 or not re.search(ACTS[key], one.top)
    ]
    assert wrong == []
