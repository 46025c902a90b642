"""Administrators read when the work by the clock ran last, and that it failed or stands still."""

import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core import calendars
from core.imports.batches import BROKEN
from core.models import Holiday, Job, OutgoingMail
from core.tasks import load_holidays
from portal import clockwork
from portal.celery import app
from portal.clockwork import KINDS
from tests.factories.accounts import UserFactory
from tests.factories.core import ImportBatchFactory, JobFactory, OutgoingMailFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db
BY_KEEPER = {"retain", "erase"}


def test_everything_that_goes_by_the_clock_is_told_of():
    assert KINDS.keys() == {entry["task"] for entry in app.conf.beat_schedule.values()} | BY_KEEPER


def test_how_often_it_goes_is_as_the_clock_has_it():
    assert clockwork.every("core.sweep_outbox") == timedelta(seconds=20)
    assert clockwork.every("portal.send_reminders") == timedelta(minutes=15)
    assert clockwork.every("accounts.forget_throttles") == timedelta(hours=1)
    assert {clockwork.every(work) for work in (*BY_KEEPER, "portal.check_invariants")} == {timedelta(days=1)}


@pytest.fixture
def all_done(clock):
    for work in KINDS:
        JobFactory(work=work, done_at=timezone.now())
    return clock


@pytest.fixture
def administrator(client):
    user = UserFactory(is_staff=True, date_joined=timezone.now())
    login(client, user)
    return user


def troubles(client):
    page = client.get(reverse("administration"))
    assert len(page.context["trouble"]) + len(page.context["fine"]) == len(KINDS)
    words = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    return [str(row.kind.says) for row in page.context["trouble"]], words


def test_nothing_asks_for_attention_when_all_ran(client, all_done, administrator):
    found, words = troubles(client)
    assert found == []
    assert "stilstaat" not in words
    assert "Wanneer het werk op vaste tijden het laatst is gedaan" in words


def test_what_has_not_run_for_too_long_is_said(client, all_done, administrator):
    all_done.shift(timedelta(hours=25))
    assert "Herinneringen" in troubles(client)[0]
    assert "De nachtelijke controle" not in troubles(client)[0]
    all_done.shift(timedelta(hours=2))
    found, words = troubles(client)
    assert len(found) == len(KINDS)
    assert "dat is te lang geleden" in words


def test_what_never_ran_is_late_once_the_portal_is_there_for_so_long(client, clock):
    login(client, UserFactory(is_staff=True, date_joined=timezone.now()))
    assert troubles(client)[0] == []
    clock.shift(timedelta(hours=27))
    found, words = troubles(client)
    assert len(found) == len(KINDS)
    assert "nog niet gedaan" in words


def test_task_that_breaks_off_says_so_until_it_is_done_again(client, all_done, administrator, monkeypatch):
    clockwork._noted.clear()
    load_holidays.apply()  # as a worker does it, with the signals of Celery
    assert Job.objects.get(work="core.load_holidays").done_at == timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(calendars, "_FILE", Path("/nergens/vakanties.csv"))
        load_holidays.apply()
    found, words = troubles(client)
    assert found == ["De kalender vullen met feestdagen"]
    assert "(FileNotFoundError)" in words
    assert "vakanties.csv" not in words
    load_holidays.apply()
    assert troubles(client)[0] == []


@pytest.mark.django_db(transaction=True)  # the keeper has a connection of its own
def test_commands_of_the_keeper_say_that_they_ran():
    call_command("retain", "--dry-run", stdout=StringIO())
    assert not Job.objects.exists()
    call_command("retain", stdout=StringIO())
    call_command("erase", stdout=StringIO())
    assert set(Job.objects.filter(done_at__isnull=False).values_list("work", flat=True)) == BY_KEEPER


def test_work_that_goes_often_is_written_once_in_five_minutes(django_assert_num_queries):
    clockwork._noted.clear()
    clockwork.note_done(load_holidays)
    with django_assert_num_queries(0):
        clockwork.note_done(load_holidays)


def test_mail_that_no_worker_takes_is_told_with_the_way_to_it(client, all_done, administrator):
    OutgoingMailFactory(due_at=timezone.now() - timedelta(minutes=4))
    assert "wacht nog" not in troubles(client)[1]
    OutgoingMailFactory(due_at=timezone.now() - timedelta(minutes=6))
    page = client.get(reverse("administration"))
    assert page.context["mail_late_since"] == OutgoingMail.objects.order_by("due_at")[0].due_at
    assert "wacht nog" in page.content.decode()
    assert reverse("accounts:mail-list") in page.content.decode()


def test_list_that_broke_off_for_good_is_told_for_a_week(client, all_done, administrator):
    """Its work went on with other lists, so that nothing else here says it."""
    ImportBatchFactory(fault="3 rijen passen niet.")
    ImportBatchFactory()
    assert "afgebroken" not in troubles(client)[1]
    ImportBatchFactory(fault=BROKEN)
    assert "1 lijst afgebroken" in troubles(client)[1]
    all_done.shift(timedelta(days=8))
    assert "afgebroken" not in troubles(client)[1]


def test_number_of_queries_does_not_grow(client, all_done, administrator, django_assert_max_num_queries):
    assert Holiday.objects.exists()
    with django_assert_max_num_queries(14):
        client.get(reverse("administration"))
