"""Files that the scanner looks at, and a disk that is full."""

import hashlib
import resource
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import files, tasks
from core.models import StoredFile
from core.scanning import Scan
from students.models import Evidence
from tests.factories.students import GoalFactory
from tests.helpers import login, press
from tests.scanner import PLANTED, Scanner

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
AWAY = "tcp://127.0.0.1:9"  # nobody listens there


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, agreed=True)


@pytest.fixture
def scanner(settings):
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        yield scanner


def url(name, row):
    return reverse(f"students:{name}", args=[row.public_id])


def hand_in(client, goal, content=PDF, text="Wat ik deed"):
    upload = SimpleUploadedFile("verslag.pdf", content, content_type="application/pdf")
    return client.post(url("evidence-add", goal), {"text": text, "file": upload, "readers": ["teachers"]})


def test_file_in_which_nothing_is_found_is_kept_with_its_hash(client, made, goal, scanner):
    login(client, made.student)
    assert hand_in(client, goal).status_code == 302
    stored = Evidence.objects.get().file
    assert (stored.scan, stored.size, stored.digest, stored.type, stored.subject) == (
        Scan.CLEAN,
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
        "application/pdf",
        made.enrolment.student.public_id,
    )
    assert scanner.seen == 1
    assert client.get(url("evidence-file", Evidence.objects.get())).status_code == 200


def test_file_in_which_something_is_found_is_refused_and_the_text_stays(client, made, goal, scanner):
    login(client, made.student)
    page = hand_in(client, goal, PDF + PLANTED).content.decode()
    assert "De virusscanner heeft iets in dit bestand gevonden" in page
    assert "Wat ik deed" in page
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("trouble", ["away", "odd answer"])
def test_file_waits_while_the_scanner_is_away_and_is_looked_at_later(
    client, made, goal, scanner, settings, trouble
):
    login(client, made.student)
    settings.CLAMD = AWAY if trouble == "away" else scanner.address
    scanner.answer = b"INSTREAM size limit exceeded. ERROR"
    assert hand_in(client, goal).status_code == 302
    evidence = Evidence.objects.get()
    assert StoredFile.objects.get().scan == Scan.PENDING
    response = client.get(url("evidence-file", evidence))
    assert response.status_code == 403
    assert "moet dit bestand nog bekijken" in response.content.decode()
    assert tasks.scan_files() == 0
    settings.CLAMD, scanner.answer = scanner.address, b""
    assert tasks.scan_files() == 1
    assert StoredFile.objects.get().scan == Scan.CLEAN
    assert client.get(url("evidence-file", evidence)).status_code == 200


def test_file_in_which_something_is_found_later_is_not_handed_out(client, made, goal, scanner, settings):
    login(client, made.student)
    settings.CLAMD = AWAY
    hand_in(client, goal, PDF + PLANTED)
    settings.CLAMD = scanner.address
    assert tasks.scan_files() == 1
    response = client.get(url("evidence-file", Evidence.objects.get()))
    assert response.status_code == 403
    assert "wordt het niet uitgereikt" in response.content.decode()


def test_without_a_scanner_files_go_in_and_out(client, made, goal):
    login(client, made.student)
    hand_in(client, goal)
    assert StoredFile.objects.get().scan == Scan.NOT_ASKED
    assert tasks.scan_files() == 0
    assert client.get(url("evidence-file", Evidence.objects.get())).status_code == 200


def test_file_that_goes_takes_its_row_along(client, made, goal):
    login(client, made.student)
    hand_in(client, goal)
    evidence = Evidence.objects.get()
    press(client, url("evidence-remove", evidence), evidence, {"goal": goal.public_id})
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_file_that_was_kept_while_there_was_no_scanner_is_looked_at_once_there_is(
    client, made, goal, scanner, settings
):
    settings.CLAMD = ""
    login(client, made.student)
    hand_in(client, goal, PDF + PLANTED)
    assert StoredFile.objects.get().scan == Scan.NOT_ASKED
    settings.CLAMD = scanner.address
    assert tasks.scan_files() == 1
    assert client.get(url("evidence-file", Evidence.objects.get())).status_code == 403
    assert tasks.scan_files() == 0


def test_file_that_is_gone_waits_no_more(client, made, goal, scanner, settings):
    settings.CLAMD = AWAY
    login(client, made.student)
    hand_in(client, goal)
    default_storage.delete(Evidence.objects.get().file.path)
    settings.CLAMD = scanner.address
    assert files.look_again() == 0
    assert StoredFile.objects.get().scan == Scan.GONE
    assert scanner.seen == 0
    assert client.get(url("evidence-file", Evidence.objects.get())).status_code == 403  # with the words why


@pytest.fixture
def disk(settings, tmp_path):
    """A store on a real disk."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "core.storage.WholeFiles"}}
    return tmp_path


@contextmanager
def little_room():
    """No file may become longer than a thousand bytes: only within, for the report of the tests is a file as well."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_disk_that_is_full_gives_the_form_back_and_leaves_no_piece(client, made, goal, disk):
    login(client, made.student)
    with little_room():
        response = hand_in(client, goal, PDF + bytes(5_000), text="Een verhaal van een uur")
    page = response.content.decode()
    assert response.status_code == 200
    assert "Een verhaal van een uur" in page
    assert "Het bestand kan nu niet worden bewaard" in page
    assert not Evidence.objects.exists()
    assert [path for path in disk.rglob("*") if path.is_file()] == []


def test_small_file_still_goes_onto_it(client, made, goal, disk):
    login(client, made.student)
    with little_room():
        assert hand_in(client, goal).status_code == 302
    with Evidence.objects.get().file.open() as kept:
        assert kept.read() == PDF
