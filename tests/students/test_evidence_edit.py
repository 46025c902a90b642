"""Evidence written anew until it is handed in: text and file, two who have it open, and what stays of it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from core import states
from core.models import FieldChange
from students.enums import GoalState, Party
from students.models import Evidence
from students.services import evidence as service
from students.services import goals
from tests.factories.core import StoredFileFactory
from tests.factories.students import EvidenceFactory, GoalFactory
from tests.helpers import edit, login, made_from
from tests.students.test_evidence import JPG, PDF
from tests.students.worlds import url

pytestmark = pytest.mark.django_db
CLIENT = "Mevrouw De Wit van kamer 12"
OTHER = PDF + b"anders"


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, state=GoalState.BUSY)


@pytest.fixture
def piece(goal):
    return EvidenceFactory(goal=goal, text=CLIENT, for_teachers=True)


def pdf(name="verslag.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def with_file(client, made, goal):
    """A piece with a file only, added by the student, who is signed in."""
    login(client, made.student).post(url("evidence-add", goal), {"file": pdf(), "readers": ["teachers"]})
    return Evidence.objects.get()


def content_of(client, piece):
    return b"".join(client.get(url("evidence-file", piece)).streaming_content)


def test_text_is_changed_and_what_it_said_is_kept_nowhere(client, made, goal, piece):
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    assert url("evidence-edit", piece) in page
    shown = client.get(url("evidence-edit", piece)).content.decode()
    assert CLIENT in shown
    data = made_from(client, url("evidence-edit", piece)) | {"text": "Een client"}
    for _ in range(2):  # a button pressed twice
        response = client.post(url("evidence-edit", piece), data, follow=True)
        assert "Opgeslagen" in response.content.decode()
    piece.refresh_from_db()
    assert piece.text == "Een client"
    change = FieldChange.objects.get()
    assert (change.model, change.field, change.by) == ("students.evidence", "edited_at", made.student.person)
    assert change.subject == made.enrolment.student.public_id
    assert CLIENT not in str(list(FieldChange.objects.values()))
    assert "Gewijzigd op" in client.get(url("evidence-share", piece)).content.decode()
    read = login(client, made.teacher).get(goal.get_absolute_url()).content.decode()
    assert "Een client" in read
    assert "gewijzigd op" in read
    assert CLIENT not in read


def test_who_may_not_read_it_sees_no_trace_of_a_change(client, made, goal, piece):
    edit(login(client, made.student), url("evidence-edit", piece), {"text": "Een client"})
    page = login(client, made.trainer).get(goal.get_absolute_url()).content.decode()
    assert "Een client" not in page
    assert "gewijzigd op" not in page


@pytest.mark.parametrize(
    "data", [{"text": ""}, {"text": "x" * 4001}, {"text": "Nummer 111222333"}, {"text": "A", "file": "html"}]
)
def test_bad_change_comes_back_with_what_was_typed(client, made, piece, data):
    if "file" in data:
        data = data | {"file": pdf(content=b"<!doctype html>")}
    response = edit(login(client, made.student), url("evidence-edit", piece), data)
    assert response.context["form"].errors
    assert response.context["form"]["text"].value() == data["text"]
    piece.refresh_from_db()
    assert (piece.text, piece.edited_at) == (CLIENT, None)


# Files


def test_replaced_file_is_gone_from_the_store(client, made, goal):
    piece = with_file(client, made, goal)
    old = piece.file.path
    page = client.get(url("evidence-edit", piece)).content.decode()
    assert "verslag.pdf" in page
    data = made_from(client, url("evidence-edit", piece))
    for _ in range(2):
        sent = data | {"text": "Nieuw", "file": pdf("nieuw.pdf", OTHER)}
        assert client.post(url("evidence-edit", piece), sent).status_code == 302
    piece.refresh_from_db()
    assert (piece.text, piece.file_name, piece.file.size) == ("Nieuw", "nieuw.pdf", len(OTHER))
    assert content_of(client, piece) == OTHER
    assert not default_storage.exists(old)
    assert FieldChange.objects.filter(field="edited_at").count() == 1


def test_file_stays_when_only_the_text_is_changed(client, made, goal):
    piece = with_file(client, made, goal)
    edit(client, url("evidence-edit", piece), {"text": "Erbij geschreven"})
    piece.refresh_from_db()
    assert (piece.text, piece.file_name) == ("Erbij geschreven", "verslag.pdf")
    assert content_of(client, piece) == PDF


def test_file_is_taken_away_when_a_text_stays(client, made, goal):
    piece = with_file(client, made, goal)
    kept = piece.file.path
    response = edit(client, url("evidence-edit", piece), {"text": "", "drop_file": "on"})
    assert "Schrijf een tekst of voeg een bestand toe" in response.content.decode()
    assert default_storage.exists(kept)
    edit(client, url("evidence-edit", piece), {"text": "Zo", "drop_file": "on"})
    piece.refresh_from_db()
    assert (piece.text, piece.file, piece.file_name) == ("Zo", None, "")
    assert not default_storage.exists(kept)


def test_phone_offers_the_camera_and_the_photo_takes_the_place_of_the_file(client, made, goal):
    piece = with_file(client, made, goal)
    assert 'capture="environment"' in client.get(url("evidence-edit", piece)).content.decode()
    photo = SimpleUploadedFile("foto.jpg", JPG)
    edit(client, url("evidence-edit", piece), {"text": "", "photo": photo})
    piece.refresh_from_db()
    assert (piece.file_name, piece.file.type) == ("foto.jpg", "image/jpeg")


@pytest.mark.parametrize("other", [{"photo": "foto.jpg"}, {"drop_file": "on"}])
def test_two_answers_about_the_file_are_one_too_many(client, made, goal, other):
    piece = with_file(client, made, goal)
    other = {
        name: SimpleUploadedFile(value, JPG) if name == "photo" else value for name, value in other.items()
    }
    response = edit(client, url("evidence-edit", piece), {"text": "", "file": pdf(content=OTHER)} | other)
    assert set(response.context["form"].errors) == set(other)
    assert content_of(client, piece) == PDF


# Two who have it open


def test_second_writer_sees_both_texts(client, made, piece):
    login(client, made.student)
    read = made_from(client, url("evidence-edit", piece))
    edit(client, url("evidence-edit", piece), {"text": "Van de telefoon"})
    page = client.post(url("evidence-edit", piece), read | {"text": "Van de computer"}).content.decode()
    assert "Vergelijk de twee" in page
    assert "telefoon" in page
    assert "computer" in page
    piece.refresh_from_db()
    assert piece.text == "Van de telefoon"


def test_file_of_the_other_stays_beside_a_text(client, made, goal):
    piece = with_file(client, made, goal)
    read = made_from(client, url("evidence-edit", piece))
    edit(client, url("evidence-edit", piece), {"text": "", "file": pdf("tweede.pdf", OTHER)})
    client.post(url("evidence-edit", piece), read | {"text": "Erbij"})
    piece.refresh_from_db()
    assert (piece.text, piece.file_name) == ("Erbij", "tweede.pdf")


@pytest.mark.parametrize("mine", ["file", "drop_file"])
def test_file_that_the_other_gave_is_not_replaced_unseen(client, made, goal, mine):
    piece = with_file(client, made, goal)
    read = made_from(client, url("evidence-edit", piece))
    edit(client, url("evidence-edit", piece), {"text": "", "file": pdf("tweede.pdf", OTHER)})
    chosen = {"text": "Mijn tekst", mine: "on" if mine == "drop_file" else pdf("derde.pdf", PDF + b"3")}
    page = client.post(url("evidence-edit", piece), read | chosen).content.decode()
    assert "Kijk welk bestand er nu is" in page
    assert "tweede.pdf" in page
    assert "Mijn tekst" in page
    assert content_of(client, piece) == OTHER
    again = {"text": "Mijn tekst", "file": pdf("derde.pdf", PDF + b"3")}
    edit(client, url("evidence-edit", piece), again)
    assert content_of(client, piece) == PDF + b"3"


def test_service_refuses_a_version_that_was_not_read(made, piece):
    with pytest.raises(ValidationError):
        service.edit(evidence_id=piece.pk, text="A", by=made.actors[Party.STUDENT], version="99")


# Once handed in


def test_handed_in_piece_stands_until_it_is_taken_back(client, made, goal, piece):
    student = made.actors[Party.STUDENT]
    made.hand_in(goal)
    login(client, made.student)
    assert url("evidence-edit", piece) not in client.get(goal.get_absolute_url()).content.decode()
    page = client.get(url("evidence-edit", piece), follow=True).content.decode()
    assert "Je hebt dit ingeleverd" in page
    with pytest.raises(ValidationError, match="ingeleverd"):
        service.edit(evidence_id=piece.pk, text="Anders", by=student, version=None)
    goals.take_back(goal_id=goal.pk, act_id=states.last_act(goal).pk, by=student)
    service.edit(evidence_id=piece.pk, text="Anders", by=student, version=None)
    piece.refresh_from_db()
    assert piece.text == "Anders"


def test_piece_of_a_goal_that_was_taken_up_again_stands(made, goal, piece):
    made.hand_in(goal)
    made.assess(goal, "not_yet", "Nog eens")
    goals.resume(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)
    with pytest.raises(ValidationError, match="ingeleverd"):
        service.edit(evidence_id=piece.pk, text="Anders", by=made.actors[Party.STUDENT], version=None)


def test_only_the_student_writes(made, piece):
    for party in (Party.SCHOOL, Party.EMPLOYER):
        with pytest.raises(ValidationError, match="Alleen de student"):
            service.edit(evidence_id=piece.pk, text="Anders", by=made.actors[party], version=None)


@pytest.mark.parametrize(
    "values",
    [
        {"text": "Anders"},
        {"file": "another"},
        {"file_name": "ander.pdf"},
    ],
)
def test_database_keeps_what_was_handed_in(made, goal, piece, values):
    made.hand_in(goal)
    if "file" in values:
        values = {"file": StoredFileFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=piece.pk).update(**values)
    Evidence.objects.filter(pk=piece.pk).update(for_employer=True)
    goals.take_back(goal_id=goal.pk, act_id=states.last_act(goal).pk, by=made.actors[Party.STUDENT])
    Evidence.objects.filter(pk=piece.pk).update(**values)
