"""Taking the own record along, and knowing it again. What is in it: tests/portal/test_erasure.py."""

import hashlib
import io
import json
import zipfile

import page
import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import OwnRecord
from core.imports.models import ImportBatch
from core.models import StoredFile
from students.models import Enrolment
from tests.accounts.signing import sign_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.students import EnrolmentFactory, EvidenceFactory, StudentFactory
from tests.helpers import login
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db
JSON, PDF = reverse("accounts:own-record-json"), reverse("accounts:own-record-pdf")
FILES = reverse("accounts:own-record-files")
VERIFY = reverse("accounts:verify")


@pytest.fixture
def student(client):
    user = UserFactory(first_name="Noor", last_name="Dijkstra-Öztürk")
    enrolment = EnrolmentFactory(student=StudentFactory(person=user.person), wishes="Graag dicht bij huis")
    EvidenceFactory(goal__plan__enrolment=enrolment, text="Ik rapporteerde 😀 over de nacht.\n• twee keer")
    sign_in(client, user.email)
    return user


def asked(client, content: bytes):
    sent = client.post(VERIFY, {"file": SimpleUploadedFile("leerpact.json", content)})
    assert sent.status_code == 200
    return sent.content.decode()


def test_json_holds_what_is_known_and_is_known_again(client, student):
    answer = client.get(JSON)
    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"].startswith('attachment; filename="leerpact-')
    assert answer["Cache-Control"] == "private, no-store"
    told = json.loads(answer.content)
    assert told["name"] == "Noor Dijkstra-Öztürk"
    parts = {part["table"]: part["rows"] for part in told["parts"]}
    assert parts["students.Enrolment"][0]["wishes"] == "Graag dicht bij huis"
    assert parts["students.Evidence"][0]["text"].startswith("Ik rapporteerde 😀")
    assert "password" not in answer.content.decode()
    assert OwnRecord.objects.get().digest == hashlib.sha256(answer.content).hexdigest()
    assert "er is niets aan veranderd" in asked(client, answer.content)
    assert OwnRecord.objects.get().digest in client.get(reverse("accounts:own-data")).content.decode()


@pytest.mark.parametrize("path", [JSON, PDF])
def test_list_that_was_handed_in_is_told_of_and_those_on_it_are_not(client, student, path):
    rows = b"voornaam;email\r\nAli;ali@leerling.example\r\n"
    ImportBatch.objects.create(kind="enrolments", by=student.person, file_name="groep.csv", content=rows)
    answer = client.get(path)
    assert answer.status_code == 200
    told = answer.content.decode() if path == JSON else text_of(answer.content)
    assert "groep.csv" in told
    assert "ali@leerling.example" not in told


def test_pdf_is_read_by_people_and_bears_the_hash_of_the_json(client, student):
    answer = client.get(PDF)
    assert answer["Content-Type"] == "application/pdf"
    report = page.validate_pdf_bytes(answer.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []
    document = pypdf.PdfReader(io.BytesIO(answer.content))
    text = " ".join(one.extract_text() for one in document.pages)
    assert "Wat Leerpact van je weet" in text
    assert "Graag dicht bij huis" in text
    assert "Evidence" not in text
    assert document.metadata.title == "Wat Leerpact van je weet"
    assert "er is niets aan veranderd" in asked(client, answer.content)


def test_files_come_along_as_they_were_put_in_but_those_that_nobody_gets(client, student):
    enrolment = Enrolment.objects.get()
    pieces = [
        EvidenceFactory(goal__plan=enrolment.plans.get(), content=content)
        for content in (b"%PDF-1.4 een", b"%PDF-1.4 twee")
    ]
    StoredFile.objects.filter(pk=pieces[1].file_id).update(scan="suspect")
    answer = client.get(FILES)
    assert answer["Content-Disposition"].startswith('attachment; filename="leerpact-')
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    (own,) = [name for name in found if name.endswith(f"/{pieces[0].pk} verslag.pdf")]
    assert found.pop(own) == b"%PDF-1.4 een"
    digest = hashlib.sha256(b"%PDF-1.4 een").hexdigest()
    assert found.pop("controlegetallen.txt").decode() == f"{digest}  {own}\n"
    (left_out,) = found.values()
    assert left_out.decode().endswith(f"/{pieces[1].pk} verslag.pdf")
    client.logout()
    page = asked(client, b"%PDF-1.4 een")
    assert "een bestand dat iemand aan Leerpact toevoegde" in page
    assert "Dijkstra" not in page
    assert "Leerpact kent dit niet" in asked(client, b"%PDF-1.4 eem")


def test_without_a_file_the_archive_has_no_list(client, student):
    with zipfile.ZipFile(io.BytesIO(b"".join(client.get(FILES).streaming_content))) as archive:
        assert archive.namelist() == []


def test_changed_file_is_not_known(client, student):
    content = client.get(JSON).content
    assert "Leerpact kent dit niet" in asked(client, content.replace(b"dicht", b"ver"))
    assert "Leerpact kent dit niet" in asked(client, b"")


def test_check_is_for_whoever_was_given_the_file_and_tells_nothing_of_the_person(client, student):
    content = client.get(JSON).content
    client.logout()
    page = asked(client, content)
    assert "er is niets aan veranderd" in page
    assert "Dijkstra" not in page


def test_file_larger_than_any_is_refused(client):
    page = asked(client, b"x" * (10 * 1024 * 1024 + 1))
    assert "groter dan 10 MB" in page


def test_needs_the_password_again(client):
    client.force_login(UserFactory())
    for path in (JSON, PDF, FILES):
        assert client.get(client.get(path).url).url.startswith(reverse("account_reauthenticate"))
    assert not OwnRecord.objects.exists()


def test_too_often_is_said(client, student):
    for _time in range(12):
        assert client.get(JSON).status_code == 200
    assert client.get(JSON).status_code == 429


@pytest.mark.parametrize(("path", "kind"), [(JSON, "json"), (PDF, "pdf"), (FILES, "zip")])
def test_who_gave_the_password_is_back_on_the_page_and_the_file_follows(client, student, path, kind):
    login(client, student)  # a while ago
    page = reverse("accounts:own-data") + f"?bestand={kind}"
    assert client.get(path)["Location"] == page
    asks = client.get(page)["Location"]
    assert asks.startswith(reverse("account_reauthenticate"))
    back = client.post(asks, {"password": PASSWORD})["Location"]
    assert back == page
    answer = client.get(back)
    assert answer["Refresh"] == f"0; url={path}"
    assert f'href="{path}"' in answer.content.decode()
    file = client.get(path)
    assert file["Content-Disposition"].startswith("attachment")
    file.close()


@pytest.mark.parametrize("junk", ["", "x", "//elders.example", "PDF"])
def test_nothing_else_follows(client, student, junk):
    answer = client.get(reverse("accounts:own-data"), {"bestand": junk})
    assert answer.status_code == 200
    assert "Refresh" not in answer.headers


def test_page_that_checks_needs_one_of_two_and_says_so(client):
    page = client.get(VERIFY).content.decode()
    assert page.count("(soms nodig)") == 2
    assert "(niet verplicht)" not in page
    assert "Kies het bestand of vul het controlegetal in." in client.post(VERIFY, {}).content.decode()
