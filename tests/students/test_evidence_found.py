"""Evidence in whose file the scanner found something later: told, shown to its student, replaced, also once handed in."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core import attachments, tasks
from core.models import FieldChange, OutgoingMail, StoredFile
from core.scanning import Scan
from students.enums import GoalState, Party
from students.models import Evidence
from students.services import evidence as service
from tests.factories.core import StoredFileFactory
from tests.factories.students import EvidenceFactory, GoalFactory
from tests.helpers import edit, login, made_from, press
from tests.scanner import PLANTED, Scanner
from tests.students.test_evidence import PDF
from tests.students.worlds import url

pytestmark = pytest.mark.django_db
OTHER = PDF + b"anders"


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, state=GoalState.BUSY)


@pytest.fixture
def piece(goal):
    """A piece with a file that was kept before there was a scanner."""
    return EvidenceFactory(goal=goal, text="Zie het verslag", for_teachers=True, content=PDF + PLANTED)


@pytest.fixture
def found(piece, settings):
    """The same once there is a scanner, which finds something in the file."""

    def look():
        with Scanner() as scanner:
            settings.CLAMD = scanner.address
            assert tasks.scan_files() == 1
        settings.CLAMD = ""
        return piece

    return look


def pdf(name="nieuw.pdf", content=OTHER):
    return SimpleUploadedFile(name, content)


def accepted():
    return attachments.check(pdf())


def test_student_is_mailed_once_with_what_can_be_done(client, made, found, goal):
    piece = found()
    mail = OutgoingMail.objects.get(kind="student_file_found")
    assert mail.person == made.student.person
    assert mail.subject == "Er is iets gevonden in een bestand van jou: kies een ander"
    assert "verslag.pdf" in mail.body
    assert url("evidence-replace", piece) in mail.body
    assert "Heb je het bewijs nog niet ingeleverd? Dan kun je het ook verwijderen" in mail.body
    assert tasks.scan_files() == 0
    assert OutgoingMail.objects.filter(kind="student_file_found").count() == 1


def test_pages_say_so_to_the_student_and_offer_no_download_to_anyone(client, made, found, goal):
    piece = found()
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert url("evidence-replace", piece) in page
    assert "Kies eerst een ander bestand: je docent kan dit niet beoordelen." in page
    assert url("evidence-file", piece) not in page
    assert url("evidence-replace", piece) in client.get(url("evidence-share", piece)).content.decode()
    assert url("evidence-file", piece) not in client.get(url("evidence-edit", piece)).content.decode()
    read = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert "De virusscanner heeft iets in dit bestand gevonden" in read
    assert url("evidence-file", piece) not in read
    assert url("evidence-replace", piece) not in read
    assert client.get(url("evidence-file", piece)).status_code == 403


def test_it_is_not_handed_in_as_long_as_teachers_would_get_it(client, made, found, goal):
    piece = found()
    sent = {"shown": piece.pk, f"bewijs-{piece.pk}-readers": ["teachers"]}
    student = login(client, made.student)
    answer = press(student, url("goal-hand-in", goal), goal, sent, follow=True).content.decode()
    assert "Kies een ander bestand, of laat dit bewijs niet aan je docenten zien." in answer
    goal.refresh_from_db()
    assert goal.state == GoalState.BUSY
    EvidenceFactory(goal=goal, for_teachers=True)
    without = {"shown": piece.pk, f"bewijs-{piece.pk}-readers": ["supervisor"]}
    press(student, url("goal-hand-in", goal), goal, without, follow=True)
    goal.refresh_from_db()
    assert goal.state == GoalState.DEMONSTRATED


@pytest.mark.parametrize("handed_in", [False, True])
def test_another_file_takes_its_place_on_record(client, made, found, goal, piece, handed_in):
    if handed_in:
        made.hand_in(goal)
    found()
    old = piece.file.path
    page = url("evidence-replace", piece)
    data = made_from(login(client, made.student), page)
    assert ("Dit bewijs verwijderen" in client.get(page).content.decode()) is not handed_in
    answer = client.post(page, data | {"file": pdf()}, follow=True).content.decode()
    assert "Het bestand is vervangen." in answer
    piece.refresh_from_db()
    assert (piece.text, piece.file_name, piece.file.type) == (
        "Zie het verslag",
        "nieuw.pdf",
        "application/pdf",
    )
    assert not default_storage.exists(old)
    assert StoredFile.objects.count() == 1
    change = FieldChange.objects.get()
    assert (change.field, change.by) == ("file_replaced_at", made.student.person)
    assert change.subject == made.enrolment.student.public_id
    read = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert "ander bestand sinds" in read
    assert b"".join(client.get(url("evidence-file", piece)).streaming_content) == OTHER


@pytest.mark.parametrize("again", [None, "other"])
def test_what_is_said_of_another_file_goes_with_that_file(made, found, piece, again):
    found()
    student = made.actors[Party.STUDENT]
    service.replace_file(evidence_id=piece.pk, file=accepted(), by=student, version=None)
    file = None
    if again:
        file = attachments.check(SimpleUploadedFile("weer.pdf", PDF, content_type="application/pdf"))
    service.edit(evidence_id=piece.pk, text="Zonder", file=file, drop_file=not file, by=student, version=None)
    piece.refresh_from_db()
    assert (piece.file is None, piece.file_replaced_at) == (not again, None)
    if not again:
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.filter(pk=piece.pk).update(file_replaced_at=piece.created_at)


def test_file_in_which_nothing_was_found_is_not_replaced(client, made, goal, piece):
    made.hand_in(goal)
    page = login(client, made.student).get(url("evidence-replace", piece), follow=True).content.decode()
    assert "Met dit bestand is niets mis" in page
    for scan in (Scan.CLEAN, Scan.PENDING):
        StoredFile.objects.update(scan=scan)
        with pytest.raises(ValidationError, match="niets mis"):
            service.replace_file(
                evidence_id=piece.pk, file=accepted(), by=made.actors[Party.STUDENT], version=None
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.filter(pk=piece.pk).update(file=StoredFileFactory())


@pytest.mark.parametrize("values", [{"text": "Anders"}, {"file": None, "text": "Anders"}, {"file": None}])
def test_of_what_was_handed_in_nothing_else_changes(made, found, goal, piece, values):
    made.hand_in(goal)
    found()
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(**values)
    with pytest.raises(ValidationError, match="ingeleverd"):
        service.edit(evidence_id=piece.pk, text="Anders", by=made.actors[Party.STUDENT], version=None)
    with pytest.raises(ValidationError, match="ingeleverd"):
        service.remove(evidence_id=piece.pk, by=made.actors[Party.STUDENT], read=None)


def test_only_the_student_replaces_it_and_by_a_file_that_may_be_kept(client, made, found, goal, piece):
    found()
    for party in (Party.SCHOOL, Party.EMPLOYER):
        with pytest.raises(ValidationError, match="Alleen de student"):
            service.replace_file(evidence_id=piece.pk, file=accepted(), by=made.actors[party], version=None)
    page = url("evidence-replace", piece)
    login(client, made.student)
    answer = edit(client, page, {"file": pdf(content=b"<!doctype html>")})
    assert answer.context["form"].errors
    assert StoredFile.objects.get().is_suspect


def test_file_that_was_replaced_meanwhile_is_not_replaced_unseen(client, made, found, goal, piece):
    found()
    page = url("evidence-replace", piece)
    read = made_from(login(client, made.student), page)
    client.post(page, read | {"file": pdf()})
    answer = client.post(page, read | {"file": pdf("derde.pdf", PDF + b"3")}, follow=True)
    assert "niets mis" in answer.content.decode()
    piece.refresh_from_db()
    assert piece.file_name == "nieuw.pdf"


@pytest.fixture
def lose(piece, settings):
    """The same once the scanner looks and there is no file in the store."""

    def look():
        default_storage.delete(piece.file.path)
        with Scanner() as scanner:
            settings.CLAMD = scanner.address
            tasks.scan_files()
        settings.CLAMD = ""
        piece.file.refresh_from_db()
        assert piece.file.scan == Scan.GONE
        return piece

    return look


def test_file_that_is_missing_is_replaced_also_once_it_was_handed_in(client, made, goal, piece, lose):
    made.hand_in(goal)
    lost = lose()
    login(client, made.student)
    page = client.get(goal.get_absolute_url()).content.decode()
    assert url("evidence-replace", lost) in page
    assert url("evidence-file", lost) not in page
    assert "Dit bestand is er niet meer. Niemand kan het openen." in page
    other = url("evidence-replace", lost)
    assert "is er niet meer" in client.get(other).content.decode()
    answer = edit(client, other, {"file": pdf()}, follow=True).content.decode()
    assert "Het bestand is vervangen." in answer
    lost.refresh_from_db()
    assert (lost.file_name, lost.file.open().read()) == ("nieuw.pdf", OTHER)
    assert (
        url("evidence-file", lost)
        in login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    )


def test_file_that_is_missing_is_not_handed_in(client, made, goal, lose):
    lost = lose()
    sent = {"shown": lost.pk, f"bewijs-{lost.pk}-readers": ["teachers"]}
    answer = press(
        login(client, made.student), url("goal-hand-in", goal), goal, sent, follow=True
    ).content.decode()
    assert "Niemand kan een bestand openen dat je docenten zouden lezen." in answer
