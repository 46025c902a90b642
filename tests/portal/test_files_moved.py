"""A demo of before has paths in three tables; `migrate` brings its files to the one table that has them now, and back."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from agreements.models import AgreementVersion, Signature, SignedDocument
from core.files import keep
from core.models import StoredFile
from students.models import Evidence
from tests.region import region, triggers_off

pytestmark = pytest.mark.usefixtures("django_db_setup")
PDF = b"%PDF-1.4 iets"
HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def folder(settings, tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), region("files_moved", settings, tmp_path) as folder:
        yield folder


def kept(path, student):
    return keep(file=ContentFile(PDF), path=path, content_type="application/pdf", subject=student.public_id)


def migrate(**to):
    for app, number in to.items():
        call_command("migrate", app, number, verbosity=0)


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def test_files_move_to_the_one_table_and_back(folder):
    there, gone = Evidence.objects.filter(file=None).select_related("goal__plan__enrolment__student")[:2]
    with triggers_off():
        for piece, path in ((there, "evidence/er"), (gone, "evidence/weg")):
            stored = kept(path, piece.goal.plan.enrolment.student)
            Evidence.objects.filter(pk=piece.pk).update(file=stored, file_name="verslag.pdf")
    signed = AgreementVersion.objects.filter(signed_at__isnull=False).select_related(
        "agreement__placement__student"
    )[0]
    pdf = kept("signed/een.pdf", signed.agreement.placement.student)
    document = SignedDocument.objects.create(version=signed, file=pdf, digest=HASH)
    scans = {row.pk: row.scan for row in Signature.objects.exclude(scan=None).select_related("scan")}
    assert scans

    # Papers of a table, say
    of_nobody = set(StoredFile.objects.filter(subject=None).values_list("path", flat=True))

    migrate(agreements="0006", students="0004", core="0005")
    old = "SELECT file, content_type, size FROM students_evidence WHERE id = %s"
    assert asked(old, there.pk) == [("evidence/er", "application/pdf", len(PDF))]
    assert ("signed/een.pdf",) in asked("SELECT file FROM agreements_signeddocument")
    assert set(asked("SELECT id, scan, scan_type FROM agreements_signature WHERE scan <> ''")) == {
        (pk, scan.path, "application/pdf") for pk, scan in scans.items()
    }
    # What was kept before there was a table of files has no row in it, and of one the file is lost.
    asked("DELETE FROM core_storedfile WHERE path LIKE 'evidence/%%' OR path LIKE 'signatures/%%'")
    asked("UPDATE core_storedfile SET scan = 'suspect' WHERE path = 'signed/een.pdf'")
    default_storage.delete("evidence/weg")

    call_command("migrate", verbosity=0)
    now = {row.pk: row for row in Evidence.objects.exclude(file=None).select_related("file")}
    of = there.goal.plan.enrolment.student.public_id
    found = now[there.pk].file
    assert (found.path, found.digest, found.size, found.type) == (
        "evidence/er",
        HASH,
        len(PDF),
        "application/pdf",
    )
    assert (found.subject, found.scan) == (of, "not_asked")
    assert (now[gone.pk].file.path, now[gone.pk].file.scan) == ("evidence/weg", "gone")
    after = {row.pk: row for row in Signature.objects.exclude(scan=None).select_related("scan")}
    assert {pk: (row.scan.path, row.scan.digest, row.scan.subject) for pk, row in after.items()} == {
        pk: (scan.path, scan.digest, scan.subject) for pk, scan in scans.items()
    }
    document = SignedDocument.objects.select_related("file").get(pk=document.pk)
    assert (document.file.pk, document.file.scan, document.file.subject) == (pdf.pk, "suspect", pdf.subject)
    assert not StoredFile.objects.filter(subject=None).exclude(path__in=of_nobody).exists()
