"""Each hostile or huge list is refused in words or taken within two seconds of work, the reader's own process included.

Handed in as a teacher does it, so that what is measured is what one would wait for. The seconds are those that processors
worked for us, not those of the clock: what else runs on a machine is not the file's.
"""

import html
import resource

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Throttle
from core.imports import batches, clock, files
from core.imports.models import ImportBatch, ImportRow
from tests.core import hostile_lists
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.helpers import login
from tests.students.lists import url

pytestmark = pytest.mark.django_db

LONGEST = 2.0
# Rows. A list that has more is long, not hostile, and is the worker's: P8 says how long it takes.
A_LONG_LIST = 20_000
FEWEST = {  # of each kind; they are counted as they are handed in
    **{"bombs": 25, "laughs": 45, "far": 25, "repeated": 20, "pointing": 30, "cut_and_changed": 80},
    **{"archives": 30, "others": 50, "text": 50, "acting": 30, "values": 50, "old_workbooks": 35},
}
REFUSALS = (
    "Het bestand is leeg.",
    "Het bestand is te groot.",
    "Het bestand heeft te veel rijen.",
    "Er staan geen rijen onder de eerste regel.",
    "We kunnen dit Excel-bestand niet lezen: het is beschadigd, heeft een wachtwoord",
    "Deze lijst kunnen we niet lezen. Kies een lijst van Excel of LibreOffice",
    "In dit Excel-bestand staat geen blad met rijen.",
    "Dit is een pdf. Kies een lijst van Excel of LibreOffice",
    "Dit is een afbeelding. Kies een lijst van Excel of LibreOffice",
    "Dit is een tekstdocument. Kies een lijst van Excel of LibreOffice",
    "Dit is een webpagina. Kies een lijst van Excel of LibreOffice",
)


def worked():
    """Seconds of the processor: this process, and the readers of workbooks that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.fixture
def cohort():
    return CohortFactory(capacity=100)


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def named(name, content):
    """A file under the name that a client says, before Django's own cleaning."""
    upload = SimpleUploadedFile("list", content)
    upload._name = name
    return upload


def answer(teacher, cohort, name, content):
    """What becomes of a file: the words of the page that one comes to, and the list if there is one."""
    page = teacher.post(url(cohort, "enrolment-import"), {"file": named(name, content)}, follow=True)
    assert page.status_code == 200
    if clock.work_off():
        page = teacher.get(url(cohort, "enrolment-import-batch", ImportBatch.objects.get()))
        assert page.status_code == 200
    return html.unescape(page.content.decode()), ImportBatch.objects.first()


@pytest.mark.parametrize("kind", hostile_lists.KINDS)
def test_hostile_list_is_refused_in_words_or_taken_within_two_seconds(teacher, cohort, kind):
    answer(teacher, cohort, "lijst.csv", hostile_lists.CSV.encode())  # what is made once is no work of a file
    number = 0
    for number, (name, content) in enumerate(hostile_lists.KINDS[kind](), start=1):
        Throttle.objects.all().delete()
        ImportRow.objects.all().delete()
        ImportBatch.objects.all().delete()
        before = worked()
        words, batch = answer(teacher, cohort, name, content)
        took = worked() - before
        what = f"{kind} {number}, {name!r} of {len(content)} bytes"
        rows = batch.row_count if batch else 0
        assert took < LONGEST or rows > A_LONG_LIST, f"{what} took {took:.1f} s"
        assert batch is None or (batch.fault != batches.BROKEN and not batch.work), what
        assert rows or any(refusal in words for refusal in REFUSALS), f"{what} is refused without words"
    assert number >= FEWEST[kind]


def test_there_are_enough_of_them():
    assert set(FEWEST) == set(hostile_lists.KINDS)
    assert sum(FEWEST.values()) >= 250


def test_reader_may_work_longer_for_a_long_list_only():
    """Who waits does so for a second; a list of 100,000 students, which takes 1.1, has five."""
    assert files.seconds_for(b"x" * batches.AT_ONCE_BYTES) < LONGEST - 0.5
    assert files.seconds_for(b"x" * 4_150_000) > 4
