"""What the nightly look finds is fetched in pages, kept with since when, told once by mail, and given by a command."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import Finding, Job, OutgoingMail
from placements.models import Slot
from portal import watching
from portal.invariants.invariant import Invariant, Statement
from portal.tasks import check_invariants
from tests.factories.accounts import UserFactory
from tests.factories.core import FindingFactory
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db


def test_rows_are_fetched_a_page_at_a_time(monkeypatch):
    monkeypatch.setattr("portal.invariants.invariant.PAGE", 2)
    people = UserFactory.create_batch(5)
    by_model = invariant(lambda: User.objects.filter(pk__in=[user.pk for user in people]))
    assert list(by_model.broken()) == [user.pk for user in people]
    by_statement = invariant(
        lambda: Statement("SELECT generate_series(1, 5) UNION ALL SELECT %(more)s", {"more": 9})
    )
    assert list(by_statement.broken()) == [1, 2, 3, 4, 5, 9]


def invariant(rows):
    return Invariant(rows=rows, truth="", says="Verkeerde rijen", todo="Bel iemand")


def named(keys):
    def wrong_rows():
        return keys

    return invariant(wrong_rows)


def test_finding_says_since_when_and_when_it_is_gone(clock):
    keys = [7, 9]
    wrong = [named(keys)]
    assert watching.look(invariants=wrong).new == ["wrong_rows"]
    since = timezone.now()
    clock.shift(timedelta(days=1))
    assert watching.look(invariants=wrong).new == []
    keys.append(12)
    assert watching.look(invariants=wrong).new == ["wrong_rows"]
    finding = Finding.objects.get()
    assert (finding.keys, finding.number, finding.found_at, finding.gone_at) == ([7, 9, 12], 3, since, None)
    keys[:] = [7, 9, 14]  # as many as before, and one of them is another
    assert watching.look(invariants=wrong).new == ["wrong_rows"]
    keys.clear()
    watching.look(invariants=wrong)
    finding.refresh_from_db()
    assert finding.gone_at == timezone.now()
    keys.append(7)
    assert watching.look(invariants=wrong).new == ["wrong_rows"]
    assert Finding.objects.count() == 2
    keys.clear()
    watching.look(invariants=wrong)
    clock.shift(timedelta(days=366))
    watching.look(invariants=wrong)
    assert Finding.objects.count() == 0


def test_what_is_new_is_mailed_to_the_addresses_of_the_setting(settings):
    settings.CHECKS_EMAIL = ["wacht@beheer.example", "ook@beheer.example"]
    placement = PlacementFactory(slot=SlotFactory(seats=2, title="Zorgboerderij"), seat_no=2)
    Slot.objects.filter(pk=placement.slot_id).update(seats=1)
    check_invariants()
    mails = OutgoingMail.objects.filter(kind="watcher_rows_found")
    assert {mail.to_email for mail in mails} == set(settings.CHECKS_EMAIL)
    body = mails[0].body
    assert "seats_that_are_not_there" in body
    assert mails[0].link == f"{settings.SITE_URL}/beheer/"
    for secret in (placement.student.person.last_name, placement.student.person.first_name, "Zorgboerderij"):
        assert secret not in mails[0].subject + body
    check_invariants()
    assert mails.count() == 2


def test_nobody_is_mailed_without_a_setting(settings):
    settings.CHECKS_EMAIL = []
    assert watching.look(invariants=[named([1])]).new == ["wrong_rows"]
    assert not OutgoingMail.objects.exists()


def test_what_cannot_be_asked_does_not_keep_the_others_from_it():
    def broken():
        raise ValueError

    found = watching.look(invariants=[invariant(broken), named([3])])
    assert (found.unasked, found.keys) == (["broken"], {"wrong_rows": [3]})
    assert Finding.objects.get().invariant == "wrong_rows"


def told(*arguments):
    out = io.StringIO()
    try:
        call_command("check_rows", *arguments, stdout=out)
    except CommandError as error:
        return json.loads(out.getvalue()), error.returncode
    return json.loads(out.getvalue()), 0


def test_command_tells_as_json_and_ends_with_one_when_something_is_found():
    answer, code = told()
    assert (answer["rows"], answer["found"], code) == (0, {}, 0)
    assert Job.objects.get().work == "portal.check_invariants"
    placement = PlacementFactory(slot=SlotFactory(seats=2), seat_no=2)
    Slot.objects.filter(pk=placement.slot_id).update(seats=1)
    answer, code = told("--dry-run")
    assert code == 1
    assert answer["found"]["seats_that_are_not_there"] == {"rows": 1, "keys": [placement.pk]}
    assert not Finding.objects.exists()
    answer, code = told()
    assert "seats_that_are_not_there" in answer["new"]
    assert code == 1
    assert Finding.objects.get(invariant="seats_that_are_not_there").keys == [placement.pk]


def test_administrator_reads_what_was_found_since_when_and_what_to_do(client, clock):
    login(client, UserFactory(is_staff=True))
    FindingFactory(invariant="overfull_cohorts", number=1_234)
    FindingFactory(invariant="seats_given_twice", gone_at=timezone.now() - timedelta(days=1))
    FindingFactory(invariant="overfull_groups", gone_at=timezone.now() - timedelta(days=15))
    FindingFactory(invariant="named_otherwise_before")
    page = client.get(reverse("administration"))
    assert [(row.name, row.more) for row in page.context["found"]] == [
        ("overfull_cohorts", 1_214),
        ("seats_given_twice", 0),
    ]
    words = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert "met meer studenten dan er plaats is: 1.234" in words
    assert "de nummers van de rijen zijn 1, 2, 3, " in words
    assert "en nog 1.214." in words
    assert "verdwenen op" in words
