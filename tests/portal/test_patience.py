"""A database that is silent, or a lock that stays, keeps nobody waiting: a page says so in time, a worker waits."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import RequestFactory
from django.urls import reverse

from core import patience
from core.database import base
from core.database.base import DatabaseWrapper
from portal.middleware import PatienceMiddleware
from tests.portal.stalling import StallingLine, stalling_line
from tests.strict import StrictClient

SECONDS = 0.6


@pytest.fixture
def line(db: None, socket_enabled: None) -> Iterator[StallingLine]:
    base._rest.answered()
    with stalling_line(int(connection.settings_dict["PORT"])) as running:
        yield running
    base._rest.answered()


@pytest.fixture
def through(line: StallingLine) -> Iterator[DatabaseWrapper]:
    settings = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": str(line.port)}
    wrapper = connections["through"] = DatabaseWrapper(settings, "through")  # Django greets it by this name
    yield wrapper
    wrapper.close()
    del connections["through"]


def asked(wrapper: Any, statement: str = "SELECT 1") -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def took(act: Any) -> float:
    began = time.monotonic()
    with pytest.raises(OperationalError):
        act()
    return time.monotonic() - began


def test_silent_database_ends_a_wait_in_time_and_those_after_it_at_once(line, through):
    with patience.at_most(SECONDS):
        assert asked(through) == 1
        line.goes.clear()
        assert SECONDS <= took(lambda: asked(through)) < SECONDS + 2
    through.close()
    with patience.at_most(SECONDS):
        assert took(lambda: asked(through)) < SECONDS / 2
    line.goes.set()
    time.sleep(base._rest.seconds)
    with patience.at_most(SECONDS):
        assert asked(through) == 1


def test_who_waited_in_vain_once_waits_no_second_time(line, through):
    """Also where the first wait was cut short by one for a turn, which tells others nothing of the server."""
    with patience.at_most(2.0, waited=1.2):
        assert asked(through) == 1
        line.goes.clear()
        assert took(lambda: asked(through)) < 1.2
        through.close()
        assert took(lambda: asked(through)) < 0.2
        assert not base._rest.is_on()


def test_short_waits_behind_a_lock_do_not_make_the_server_silent_for_others(through):
    with patience.at_most(2.0, waited=1.4):
        assert took(lambda: asked(through, "SELECT pg_sleep(5)")) < 1.2
    through.close()
    with patience.at_most(2.0):
        assert asked(through) == 1


def test_new_connection_to_a_silent_database_ends_in_time(line, through):
    line.goes.clear()
    with patience.at_most(SECONDS):
        assert took(lambda: asked(through)) < 2 + 2


def test_who_waits_for_no_page_waits_until_it_is_back(line, through):
    assert asked(through) == 1
    line.goes.clear()
    threading.Timer(SECONDS * 2, line.goes.set).start()
    began = time.monotonic()
    assert asked(through) == 1
    assert time.monotonic() - began > SECONDS


@pytest.mark.parametrize(
    "statement", ["SELECT pg_sleep(30)", 'SELECT count(*) FROM "core_holiday"'], ids=["slow", "locked"]
)
@pytest.mark.django_db(transaction=True)
def test_server_gives_up_as_well(through, statement):
    """In words, with the connection whole: it is the statement that was too long."""
    with patience.at_most(SECONDS):
        asked(through)
        through.set_autocommit(False)
        with connection.cursor() as cursor:
            connection.set_autocommit(False)
            cursor.execute('LOCK TABLE "core_holiday" IN ACCESS EXCLUSIVE MODE')
            assert took(lambda: asked(through, statement)) < SECONDS + 1
            connection.rollback()
            connection.set_autocommit(True)
        through.rollback()
        assert asked(through) == 1


@pytest.mark.django_db(transaction=True)
def test_page_behind_a_locked_table_says_that_it_will_be_back(settings):
    settings.WEB_PATIENCE = SECONDS
    client = StrictClient(raise_request_exception=False)
    connection.close()  # the next one is made while someone waits for a page
    holds, enough = threading.Event(), threading.Event()

    def lock() -> None:
        try:
            connection.set_autocommit(False)
            with connection.cursor() as cursor:
                cursor.execute('LOCK TABLE "partnerships_initiative" IN ACCESS EXCLUSIVE MODE')
                holds.set()
                enough.wait(20)
            connection.rollback()
        finally:
            connections.close_all()

    thread = threading.Thread(target=lock)
    thread.start()
    assert holds.wait(10)
    try:
        began = time.monotonic()
        response = client.get(reverse("partnerships:initiative-list"))
        seconds = time.monotonic() - began
    finally:
        enough.set()
        thread.join()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert seconds < SECONDS + 2
    assert client.get(reverse("partnerships:initiative-list")).status_code == 200


def test_each_request_has_its_patience_and_leaves_none_behind(settings):
    settings.WEB_PATIENCE = SECONDS
    seen = []
    PatienceMiddleware(lambda _request: seen.append(patience.seconds()))(RequestFactory().get("/"))
    assert (seen, patience.seconds()) == ([SECONDS], None)
