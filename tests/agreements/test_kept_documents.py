"""The PDF of a signed text: kept once at the last signature, handed out from there, and known again."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from agreements.models import AgreementVersion, SignedDocument
from core.models import ReadLog, StoredFile
from tests.factories.accounts import UserFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db
CHECK = reverse("accounts:verify")


@pytest.fixture
def signed(case):
    case.ask()
    case.sign_all()
    return case


def pdf_url(case, number=1):
    return reverse("agreements:agreement-pdf", args=[case.agreement.public_id, number])


def downloaded(client, case, number=1):
    response = client.get(pdf_url(case, number))
    return b"".join(response.streaming_content) if response.streaming else response.content


def asked(client, **sent):
    return client.post(CHECK, sent).content.decode()


def as_file(content):
    return SimpleUploadedFile("overeenkomst.pdf", content, content_type="application/pdf")


def test_last_signature_keeps_the_pdf_with_its_hash(client, signed):
    document = SignedDocument.objects.get()
    with document.file.open() as kept:
        content = kept.read()
    assert content.startswith(b"%PDF-")
    assert document.digest == hashlib.sha256(content).hexdigest() == StoredFile.objects.get().digest
    assert document.version == AgreementVersion.objects.get(signed_at__isnull=False)


def test_nothing_is_kept_before_the_last_signature(client, case):
    case.ask()
    case.sign("student", case.student)
    assert not SignedDocument.objects.exists()
    assert downloaded(login(client, case.student), case).startswith(b"%PDF-")


def test_download_is_what_was_kept_whatever_changes_since(client, signed):
    login(client, signed.student)
    before = downloaded(client, signed)
    person = signed.placement.student.person
    person.first_name = "Anders"
    person.save()
    signed.amend()
    assert downloaded(client, signed) == before
    with SignedDocument.objects.get().file.open() as kept:
        assert kept.read() == before


@pytest.mark.parametrize(("scan", "status"), [("suspect", 403), ("pending", 403), ("not_asked", 200)])
def test_kept_pdf_is_handed_out_as_far_as_the_scanner_lets_it(client, signed, scan, status):
    StoredFile.objects.update(scan=scan)
    assert login(client, signed.student).get(pdf_url(signed)).status_code == status


def test_kept_pdf_that_is_gone_from_the_store_is_not_made_up(client, signed):
    default_storage.delete(StoredFile.objects.get().path)
    assert login(client, signed.student).get(pdf_url(signed)).status_code == 404


def test_a_kept_document_stands(signed):
    document = SignedDocument.objects.get()
    for statement in (
        "UPDATE agreements_signeddocument SET digest = 'x'",
        "DELETE FROM agreements_signeddocument",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert SignedDocument.objects.get() == document


def test_party_is_led_to_the_version_of_a_document(client, signed):
    content = downloaded(login(client, signed.student), signed)
    page = asked(client, file=as_file(content))
    assert "versie 1 van een praktijkovereenkomst, door iedereen getekend" in page
    assert reverse("agreements:agreement-version", args=[signed.agreement.public_id, 1]) in page


@pytest.mark.parametrize("which", ["of the file", "below each page"])
@pytest.mark.parametrize("who", ["someone else", "a visitor"])
def test_stranger_with_a_checksum_hears_number_and_day_alone(client, signed, which, who):
    document = SignedDocument.objects.get()
    digest = document.digest if which == "of the file" else document.version.signed_digest
    if who == "someone else":
        login(client, UserFactory())
    page = asked(client, checksum=f" {digest[:32].upper()} \n{digest[32:]}")
    assert "versie 1 van een praktijkovereenkomst, door iedereen getekend" in page
    assert str(signed.agreement.public_id) not in page
    assert signed.placement.student.full_name not in page
    assert signed.employer.name not in page
    assert not ReadLog.objects.exists()


def test_document_that_was_changed_is_not_ours(client, signed):
    content = downloaded(login(client, signed.student), signed)
    assert "Leerpact kent dit niet" in asked(client, file=as_file(content + b"\n"))
    assert "Leerpact kent dit niet" in asked(client, checksum="0" * 64)


def test_draft_is_not_ours(client, case):
    content = downloaded(login(client, case.teacher), case)
    assert "Leerpact kent dit niet" in asked(client, file=as_file(content))


def test_checksum_with_nine_figures_that_could_be_a_citizen_number_is_one(client):
    page = asked(client, checksum="ab111222333".ljust(64, "c"))
    assert "Leerpact kent dit niet" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Kies het bestand of vul het controlegetal in."),
        ({"checksum": "xyz"}, "Een controlegetal heeft 64 letters"),
        ({"checksum": "0" * 64, "file": "x"}, "één van beide"),
    ],
)
def test_question_that_cannot_be_answered_says_why(client, case, sent, said):
    login(client, case.student)
    if "file" in sent:
        sent = sent | {"file": as_file(b"%PDF-")}
    assert said in asked(client, **sent)
