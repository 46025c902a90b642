"""No answer tells of a student without the read log saying so, and it says nothing of whom no answer told."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from accounts.models import Person
from students.models import Student
from tests.browser.crawler import Answer, Crawl
from tests.browser.pages import SAMPLES, people, probes, start_of
from tests.browser.sites import loaded_database
from tests.canaries import Canaries, canaries
from tests.demo.presses import HOST
from tests.demo.test_presses import signed_in
from tests.strict import StrictClient

FEWEST_PAGES, MOST_PAGES = 300, 8  # in all, of a kind


def samples(name: str) -> int:
    """One of most pages; some of those that say other things in other states."""
    return min(SAMPLES.get(name, 1), MOST_PAGES)


class Readings:
    """The client as a visitor of the crawl, which holds each answer against the read log."""

    def __init__(self, client: StrictClient, birds: Canaries) -> None:
        self.client, self.birds = client, birds
        self.faults: dict[str, list[str]] = {}
        self.pages = 0

    def get(self, path: str) -> Answer:
        with transaction.atomic():
            response = self.client.get(path, follow=True)
            landed = response.redirect_chain[-1][0] if response.redirect_chain else path
            self.pages += response.status_code == 200
            if faults := self.birds.faults(response):
                self.faults[path] = faults
            transaction.set_rollback(True)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        return Answer(
            urljoin(HOST + path, landed),
            response.status_code,
            response.content.decode() if is_page else "",
            0,
        )


@pytest.fixture(scope="module")
def readings(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Readings]]:
    with loaded_database("readings") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        try:
            yield all_readings()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


def all_readings() -> dict[str, Readings]:
    before = canaries()  # names of before stand in contracts
    make_alike_no_more()
    now = canaries()
    birds, found = Canaries(before.texts | now.texts, now.names, now.tabled), {}
    for person in people(cross=False):
        with transaction.atomic():
            found[person] = Readings(signed_in(person), birds)
            Crawl(found[person], samples).run(start_of(person), probes())
            transaction.set_rollback(True)
    return found


def make_alike_no_more() -> None:
    """Each student gets names and a date of birth that nobody else has."""
    for number, student in enumerate(Student.objects.select_related("person").order_by("pk")):
        Person.objects.filter(pk=student.person_id).update(
            first_name=f"Kanarie{number}", last_name=f"Zangvogel{number}"
        )
        Student.objects.filter(pk=student.pk).update(born_on=student.born_on - timedelta(days=number))


def test_whatever_is_read_of_someone_is_noted(readings):
    assert {person: found.faults for person, found in readings.items() if found.faults} == {}
    assert sum(found.pages for found in readings.values()) >= FEWEST_PAGES
