"""A button pressed twice says what it did; one on a page that is old by now does nothing and says so."""

import re
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import User
from accounts.sessions import SessionStore
from demo.people import demo_person
from tests.browser.pages import ANONYMOUS, people, probes, start_of
from tests.browser.sites import loaded_database
from tests.consistency.test_addresses import access_matrix
from tests.demo.by_hand import BY_HAND, NOTHING_TO_DO, NOTHING_WAS_READ
from tests.demo.presses import Press, press_all
from tests.helpers import login
from tests.strict import StrictClient
from tests.test_lessons import functions

FEWEST = 100
CHANGES = re.compile(r"-(change|edit|share)$|:profile$")
SAYS_NOTHING = {
    "placements:supervisor-edit": "name and address go to the person of the supervisor",
    "students:plan-edit": "a work process without goals has none to change; the form of each goal says what it was",
}
# Acts on many rows send the texts that were read of each (`rij`), and are tested by hand on a page that is old.
READ_OTHERWISE = {
    name: BY_HAND[name]
    for name in ("agreements:agreements-ask", "agreements:agreements-sign", "students:plans-make")
} | {
    "playbooks:offer-create": "writes an offer, and holds the piece that was read: tests/playbooks/test_offers.py",
    "students:enrolment-import-batch": "what was typed is in the list that the page leads on to: tests/students",
}
# What a form sends of what its page showed: the version of a row, the form over it, or the id or digest of the text or act.
SAYS_WHAT_WAS_READ = re.compile(r"\b(read|made_from|act|version|digest|hand_in|assessment_id|shown)\b")


@pytest.fixture(scope="module")
def presses(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Press]]:
    with loaded_database("presses") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield all_presses()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def all_presses() -> dict[str, Press]:
    found: dict[str, Press] = {}
    for person in people(cross=False):
        done = {kind for kind, press in found.items() if press.did}
        with transaction.atomic():
            pressed = press_all(signed_in(person), start_of(person), probes(), done=done, known=found)
            found |= {press.button.kind: press for press in pressed}
            transaction.set_rollback(True)
    return found


def signed_in(person: str) -> StrictClient:
    """As someone who gave the password a moment ago."""
    client = StrictClient()
    if person == ANONYMOUS:
        return client
    login(client, User.objects.get(email=demo_person(person).email))
    session = SessionStore(client.cookies["sessionid"].value)
    session["account_authentication_methods"] = [{"method": "password", "at": timezone.now().timestamp()}]
    session.save()
    return client


def test_second_press_says_what_was_done(presses):
    assert {kind: press.said for kind, press in presses.items() if press.did and press.said} == {}


def test_second_press_changes_nothing(presses):
    assert {kind: press.changed for kind, press in presses.items() if press.changed} == {}


def test_every_button_was_found_and_did_something(presses):
    """Else a crawl that finds nothing, or presses only what is refused, would be content."""
    assert len(presses) >= FEWEST
    idle = {kind for kind, press in presses.items() if not press.did}
    assert sorted(kind for kind in idle if kind.partition(" ")[0] not in NOTHING_TO_DO) == []


def test_whoever_acts_on_a_thing_says_what_was_read(presses):
    silent = {kind.partition(" ")[0] for kind, press in presses.items() if press.did and not says(kind)}
    speaking = {kind.partition(" ")[0] for kind, press in presses.items() if press.did and says(kind)}
    assert sorted(silent - NOTHING_WAS_READ.keys()) == []
    assert sorted(NOTHING_WAS_READ.keys() & (speaking - silent)) == []


def test_nonsense_is_answered_in_our_own_words(presses):
    assert {kind: sorted(press.foreign) for kind, press in presses.items() if press.foreign} == {}


def test_every_address_that_acts_is_pressed_or_tested_by_hand(presses):
    """What the crawl does not find, a test presses on an old page."""
    acts = {name for method, name in access_matrix() if method == "POST"}
    pressed = {kind.partition(" ")[0] for kind, press in presses.items() if press.did}
    known = pressed | NOTHING_WAS_READ.keys() | NOTHING_TO_DO.keys() | BY_HAND.keys()
    assert sorted(acts - known) == []
    assert [name for path, name in BY_HAND.values() if name not in functions(f"tests/{path}.py")] == []


def test_what_the_crawl_is_not_asked_for_is_an_address_that_acts():
    acts = {name for method, name in access_matrix() if method == "POST"}
    excused = NOTHING_WAS_READ.keys() | NOTHING_TO_DO.keys() | BY_HAND.keys() | READ_OTHERWISE.keys()
    assert sorted(excused - acts) == []


def says(kind: str) -> bool:
    fields = kind.partition("[")[2].partition("]")[0]
    return bool(SAYS_WHAT_WAS_READ.search(fields))


def test_what_changed_between_reading_and_pressing_stays_and_is_said(presses):
    """For every verb: nothing is written, the words say why, and what was typed is still there."""
    read = {kind: press for kind, press in presses.items() if press.did and re.search(r"\bread\b", kind)}
    assert len(read) >= 10
    blind = {kind: press.blind for kind, press in read.items() if press.blind}
    assert {
        kind: fault for kind, fault in blind.items() if kind.partition(" ")[0] not in READ_OTHERWISE
    } == {}


def test_whoever_changes_a_thing_says_what_it_was(presses):
    """The form of every address that is named for changing; the steps of a new amendment make another text."""
    changing = {kind for kind in presses if CHANGES.search(kind.partition(" ")[0])}
    assert len(changing) >= 15
    silent = {kind for kind in changing if "made_from" not in kind}
    assert {kind for kind in silent if kind.partition(" ")[0] not in SAYS_NOTHING} == set()
