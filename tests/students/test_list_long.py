"""A long list as a worker checks it: outside a transaction, where rows are written while the next ones are worked out."""

import datetime as dt
import os
import signal
import time
from contextlib import contextmanager

import pytest
from django.db import connection

from core import tasks
from core.imports import batches, clock
from core.imports.models import ImportBatch, ImportRow, Verdict, Work
from core.models import OutgoingMail
from students.models import Enrolment, Student
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.strict import StrictClient
from tests.students.lists import batch_of, file_of, row_of, save, upload, url

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LIST = [row_of(f"{one}{two}{three}") for one in LETTERS[:4] for two in LETTERS for three in LETTERS]
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def cohort():
    return CohortFactory(capacity=len(LIST))


@pytest.fixture
def teacher(cohort):
    return login(StrictClient(), CohortTeacherFactory(cohort=cohort).membership.person.user)


@contextmanager
def worker():
    """A process of its own that does what a worker is asked; it is killed at the end, wherever it is."""
    connection.close()  # a forked process must not share it
    pid = os.fork()
    if not pid:
        try:
            tasks.work_on_imports()
        finally:
            os._exit(0)
    try:
        yield pid
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def wait_until(there):
    """Until the worker is so far."""
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        time.sleep(0.005)


def page_of(teacher, cohort):
    """What the page of the last list says."""
    return teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort)))


def test_every_row_of_a_long_list_has_its_outcome_in_the_database(teacher, cohort):
    wrong = LIST[1_500].replace("14-03-2004", "onbekend")
    upload(teacher, cohort, file_of(*LIST[:1_500], wrong, *LIST[1_501:]))
    assert len(LIST) > 2 * batches.AT_ONCE
    assert tasks.work_on_imports() == 1
    batch = batch_of(cohort)
    found = ImportRow.objects.filter(batch=batch)
    assert batch.counts == {"new": len(LIST) - 1, "wrong": 1}
    assert found.filter(verdict=Verdict.NEW).count() == len(LIST) - 1
    assert [row.number for row in found.filter(verdict=Verdict.WRONG)] == [1_502]
    assert not found.filter(verdict=Verdict.NEW, values=None).exists()


def test_page_says_which_row_the_worker_is_at_and_another_goes_on_for_one_that_died(
    teacher, cohort, monkeypatch
):
    upload(teacher, cohort, file_of(*LIST))
    with worker() as pid:
        wait_until(lambda: batch_of(cohort).done)
        os.kill(pid, signal.SIGSTOP)
        done = batch_of(cohort).done
        assert 0 < done < len(LIST)
        shown = page_of(teacher, cohort).content.decode()
        assert f"Rij {done // 1_000}.{done % 1_000:03} van 2.704." in shown
        assert "Je kunt deze pagina sluiten" in shown
    assert ImportBatch.objects.get().work == "check"
    assert ImportRow.objects.count() == len(LIST)
    assert tasks.work_on_imports() == 0  # nobody takes it from a worker that may still be at it
    monkeypatch.setattr(clock, "LEASE", 0 * SECOND)
    assert tasks.work_on_imports() == 1
    batch = batch_of(cohort)
    assert (batch.work, batch.fault, batch.counts) == ("", "", {"new": len(LIST)})
    assert ImportRow.objects.count() == len(LIST)
    assert "2.704 rijen opslaan" in page_of(teacher, cohort).content.decode()


def test_list_that_breaks_off_is_said_to_who_made_it_and_raised(teacher, cohort, monkeypatch):
    upload(teacher, cohort, file_of(*LIST))

    def breaks(_batch, _by):
        raise ZeroDivisionError

    monkeypatch.setitem(batches.ACTS, Work.CHECK, breaks)
    with pytest.raises(ExceptionGroup) as raised:
        tasks.work_on_imports()
    assert [type(one) for one in raised.value.exceptions] == [ZeroDivisionError]
    assert batch_of(cohort).fault == batches.BROKEN
    assert tasks.work_on_imports() == 0


def test_worker_that_dies_while_it_saves_has_saved_nothing_and_another_saves_each_once(
    teacher, cohort, monkeypatch
):
    upload(teacher, cohort, file_of(*LIST))
    tasks.work_on_imports()
    save(teacher, cohort, page_of(teacher, cohort))
    with worker() as pid:
        wait_until(lambda: batch_of(cohort).work_since)
        time.sleep(0.3)
        os.kill(pid, signal.SIGSTOP)
        assert "we slaan de rijen op" in page_of(teacher, cohort).content.decode()
    assert not Enrolment.objects.exists()
    assert not Student.objects.exists()
    assert batch_of(cohort).work == "commit"
    monkeypatch.setattr(clock, "LEASE", 0 * SECOND)
    assert tasks.work_on_imports() == 1
    assert Enrolment.objects.filter(cohort=cohort).count() == len(LIST) == Student.objects.count()
    assert OutgoingMail.objects.filter(kind="accounts.invitation").count() == len(LIST)
    assert "2.704 rijen zijn opgeslagen." in page_of(teacher, cohort).content.decode()
    assert tasks.work_on_imports() == 0
