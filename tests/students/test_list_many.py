"""Lists of many rows, and of more than a request checks: what they cost, how far they are, what is refused."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.services import mailing, throttles
from core.imports import batches, clock
from core.imports.importer import importer_of
from core.imports.models import BatchState, ImportBatch, Verdict, Work
from core.models import OutgoingMail
from students.models import Enrolment
from tests.factories.core import ImportBatchFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.students.lists import (
    HEADER,
    ROW,
    batch_of,
    file_of,
    row_of,
    save,
    upload,
    url,
    verdicts,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2, name="Groep A")


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def statements(client, count):
    """How many statements a list of so many new students takes, to check and to save."""
    cohort = CohortFactory(capacity=2)
    teacher = login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    rows = [row_of(f"n{number}x{count}") for number in range(count)]
    with CaptureQueriesContext(connection) as asked:
        save(teacher, cohort, upload(teacher, cohort, file_of(*rows)))
    assert Enrolment.objects.filter(cohort=cohort).count() == count
    return len(asked)


def test_at_most_three_statements_for_each_hundred_rows_more(client):
    statements(client, 10)  # what is asked once, and kept in mind
    assert statements(client, 300) - statements(client, 100) <= 2 * 3


def test_long_list_goes_to_a_worker_and_the_page_says_how_far_it_is(teacher, cohort):
    rows = [row_of(f"n{number}") for number in range(5_000)]
    page = upload(teacher, cohort, file_of(*rows))
    assert "Bekijken of het klaar is" in page.content.decode()
    assert batch_of(cohort).row_count == 0
    assert clock.work_off() == 1
    assert batch_of(cohort).row_count == 5_000
    assert batch_of(cohort).content is None
    page = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort)))
    assert "5.000 rijen opslaan" in page.content.decode()
    busy = save(teacher, cohort, page)
    assert "we slaan de rijen op" in busy.content.decode()
    assert clock.work_off() == 1
    assert Enrolment.objects.count() == 5_000
    done = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort)))
    assert "5.000 rijen zijn opgeslagen." in done.content.decode()


def test_button_pressed_twice_on_a_long_list_asks_one_worker_once_and_undoes_nothing_that_was_done(
    teacher, cohort, monkeypatch
):
    """The second press was read before the first one was answered, and comes when the worker is busy, or done."""
    cohort.capacity = 9
    cohort.save()
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    upload(teacher, cohort, file_of(row_of("noor"), row_of("ali")))
    clock.work_off()
    by = importer_of(batch_of(cohort)).actor(batch_of(cohort).by_id)
    for work, done in ((Work.COMMIT, BatchState.COMMITTED), (Work.UNDO, BatchState.UNDONE)):
        first, busy, late = batch_of(cohort), batch_of(cohort), batch_of(cohort)
        batches.go_on(batch=first, work=work, by=by)
        taken = timezone.now()
        ImportBatch.objects.filter(pk=first.pk).update(work_since=taken)
        batches.go_on(batch=busy, work=work, by=by)
        assert batch_of(cohort).work_since == taken
        clock.work_on(first.pk)
        with pytest.raises(ValidationError):
            batches.go_on(batch=late, work=work, by=by)
        assert (batch_of(cohort).state, batch_of(cohort).work) == (done, "")
    with pytest.raises(ValidationError):
        batches.go_on(batch=batch_of(cohort), work=Work.CHECK, by=by)


def test_mails_of_a_long_list_count_for_who_handed_it_in(teacher, cohort, monkeypatch):
    cohort.capacity = 9
    cohort.save()
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    monkeypatch.setattr(mailing, "TO_STRANGERS", mailing.Limit("few", 2, mailing.A_DAY))
    for number, name in enumerate(("noor", "ali")):
        upload(teacher, cohort, file_of(row_of(name), row_of(f"n{name}")))
        clock.work_off()
        save(teacher, cohort, teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort))))
        with TestCase.captureOnCommitCallbacks(execute=True):
            clock.work_off()
        assert Enrolment.objects.count() == OutgoingMail.objects.count() == 2, number
    page = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort))).content.decode()
    assert "meer mails versturen dan één persoon op een dag mag" in page


def test_one_person_hands_in_so_many_lists_in_a_day(client, teacher, cohort, monkeypatch):
    monkeypatch.setattr(throttles, "LISTS", throttles.Limit("few", 2, mailing.A_DAY))
    upload(teacher, cohort, b"%PDF-1.7 no list, and counted all the same")
    upload(teacher, cohort, file_of(ROW))
    refused = upload(teacher, cohort, file_of(row_of("noor")))
    assert "zoveel lijsten ingelezen als één persoon op een dag mag" in refused.content.decode()
    assert batch_of(cohort).row_count == ImportBatch.objects.count() == 1
    colleague = login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)
    upload(colleague, cohort, file_of(row_of("noor")))
    assert ImportBatch.objects.count() == 2
    with time_machine.travel(timezone.now() + mailing.A_DAY + timedelta(minutes=1)):
        login(teacher, cohort.cohort_teachers.first().membership.person.user)
        upload(teacher, cohort, file_of(row_of("ali")))
    assert ImportBatch.objects.count() == 3


def test_large_file_that_is_no_list_is_refused_by_the_worker(teacher, cohort):
    upload(teacher, cohort, b"PK\x03\x04" + b"x" * 400_000)
    clock.work_off()
    page = teacher.get(url(cohort, "enrolment-import-batch", batch_of(cohort))).content.decode()
    assert "We kunnen dit Excel-bestand niet lezen" in page
    assert "Choose another file" not in page


def test_template_has_the_header_and_its_example_is_skipped(teacher, cohort):
    response = teacher.get(url(cohort, "enrolment-template"))
    assert response.content.decode("utf-8-sig").splitlines()[0] == HEADER
    upload(teacher, cohort, response.content + f"{ROW}\r\n".encode())
    assert verdicts(cohort) == [Verdict.SKIPPED, Verdict.NEW]


@pytest.mark.parametrize("wrong", [{"work_since": timezone.now()}, {"work_by": True}])
def test_database_knows_no_worker_of_a_list_of_which_nothing_is_asked(wrong):
    batch = ImportBatchFactory(work="")
    values = {name: batch.by if value is True else value for name, value in wrong.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**values)
    ImportBatch.objects.filter(pk=batch.pk).update(work=Work.CHECK, **values)
