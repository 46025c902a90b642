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
from partnerships.models import Partnership
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
    for partnership in Partnership.objects.filter(pk__in=actor.coordinates).order_by("pk"):
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
    ("action", "Actie bekijken"): "Gereed melden",
    ("action_line", "Eigenaar kiezen"): "Actielijn opslaan|Verder",
    ("milestone", "Mijlpaal bekijken"): "Ja, het is gehaald",
    ("money", "Plan schrijven"): "Opslaan|Verder",
    ("invitation", "Uitnodiging bekijken"): "Ja, ik kom",
    ("need", "Behoefte bekijken"): "Behoefte beantwoorden",
    ("unheld", "Overleg bekijken"): "Verslag maken",
    ("agreement", "Bekijken wat er ontbreekt"): "Erkenning vastleggen",
    ("agreement", "Naar de overeenkomst"): "Handtekeningen vragen|Volgende overeenkomst maken",
    ("agreement", "Lezen en tekenen"): "Verder|Deze versie tekenen",  # after a password of a moment ago
    ("agreement", "Handtekening vastleggen"): "Verder|Handtekening (op papier )?vastleggen",
    ("assess", "Doel beoordelen"): "Resultaat vastleggen",
    ("begin", "Controles bekijken"): "^$",  # the school records a check; the page says whom to ask
    ("begin", "Iemand uitnodigen"): "Uitnodiging versturen",
    ("begin", "Nieuw initiatief"): "Initiatief opslaan|Verder",
    ("begin", "Nieuwe plek"): "Verder",
    ("begin", "Organisatie uitnodigen"): "Organisatie uitnodigen|Uitnodiging versturen",
    ("begin", "Opleiding toevoegen"): "Opleiding opslaan",
    ("contact", "Contact noteren"): "Aanmelding aannemen|Contact opslaan",
    ("consent", "Lezen en antwoorden"): "Ga akkoord met",
    ("cooperation", "Overeenkomst lezen"): "Lezen en tekenen",
    ("due", "Bewijs toevoegen"): "Bewijs toevoegen|Bewijs inleveren|Ik begin",
    ("initiative_partner", "Aanvraag lezen"): "Ja, deze organisatie is welkom",
    ("initiative_partner", "Uitnodiging lezen"): "Ja, we doen mee",
    ("initiative_proposal", "Voorstel lezen"): "Voorstel aannemen",
    ("join_request", "Uitnodiging bekijken"): "Eerste beheerder uitnodigen",
    ("join_request", "Aanvraag lezen"): "Ja, deze organisatie is welkom",
    ("join_request", "Uitnodiging lezen"): "Ja, we doen mee",
    ("match", "Bekijken en antwoorden"): "Ja, ",
    ("match", "Plek zoeken"): "Kies: ",
    ("not_yet", "Bekijken wat nodig is"): "Weer oppakken",
    ("plan", "Leerplan maken"): "Nog geen leerplan|Leerplan maken",
    ("role_request", "Rol geven of afwijzen"): "Deze rol geven",
    ("proposal", "Voorstel bekijken"): "Voorstel behandelen|Voorstel overnemen",
    ("sent_back", "Opmerking bekijken"): "Nieuwe tekst versturen",
    ("sign_up", "Aanmelding bekijken"): "Aanmelding aannemen",
    ("reported", "Je tekst nog eens lezen"): "Opslaan|Werksituatie intrekken",
    ("reported", "Melding bekijken"): "Tekst weghalen",
    ("situation", "In een bijeenkomst zetten"): "Aangevinkte werksituaties in deze bijeenkomst zetten",
    ("slot", "Plek bekijken"): "Klopt nog",
    ("undelivered", "Verbeteren of opnieuw versturen"): "Adres corrigeren|[Oo]pnieuw versturen",
    ("waiting", "Wachtlijst bekijken"): "[Ww]achtlijst",
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
