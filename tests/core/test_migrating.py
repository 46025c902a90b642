"""`migrate` beside a portal in use: it gives up soon and tries again, so that nobody waits behind it."""

import io
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.append_only import as_role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def busy():
    """Someone reads a history table in a transaction; the event ends it."""
    let_go, is_held = threading.Event(), threading.Event()

    def hold():
        with as_role("owner"), connection.cursor() as cursor:
            cursor.execute("BEGIN; LOCK TABLE core_statechange IN ROW EXCLUSIVE MODE")
            is_held.set()
            let_go.wait(30)
            cursor.execute("ROLLBACK")
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait(10)
    yield let_go
    let_go.set()
    thread.join()


def test_busy_table_is_told_and_nobody_waits_long_behind_it(busy):
    began = time.monotonic()
    with pytest.raises(CommandError, match="stayed busy, 2 times"):
        call_command("migrate", lock_seconds=0.2, tries=2, verbosity=0)
    assert time.monotonic() - began < 20


class Told(io.StringIO):
    """Lets go as soon as it is said that the table is busy."""

    def __init__(self, let_go):
        super().__init__()
        self._let_go = let_go

    def write(self, text):
        self._let_go.set()
        return super().write(text)


def test_it_goes_on_when_the_table_is_free_again(busy):
    told = Told(busy)
    call_command("migrate", lock_seconds=0.2, tries=20, verbosity=0, stderr=told)
    assert "A table is busy; trying again (1 of 20)." in told.getvalue()
