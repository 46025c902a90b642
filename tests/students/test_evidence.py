"""Evidence: what may come in, how it leaves, and what happens to it."""

import io
import re
import struct
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image, PngImagePlugin

from core import attachments as uploads
from core.models import FieldChange
from students.enums import GoalState, Party
from students.models import Evidence
from students.services import evidence as service
from tests.factories.core import StoredFileFactory
from tests.factories.students import EvidenceFactory, GoalFactory
from tests.helpers import edit, login, press

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


def photo(kind: str, **written: Any) -> bytes:
    """A small picture, wider than high; `written` is what goes in beside it."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, kind, **written)
    return buffer.getvalue()


PNG, JPG = photo("PNG"), photo("JPEG")
HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def archive(**entries: bytes) -> bytes:
    """A zip; double underscores in names are slashes, `__type` is [Content_Types].xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in entries.items():
            made.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def docx(**more: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", **more})


ODT = archive(mimetype=b"application/vnd.oasis.opendocument.text", **{"content.xml": b"<o/>"})


@pytest.mark.parametrize(
    ("name", "content", "kept", "content_type"),
    [
        ("verslag.pdf", PDF, "verslag.pdf", "application/pdf"),
        ("FOTO.JPEG", JPG, "FOTO.jpg", "image/jpeg"),
        ("beeld.png", PNG, "beeld.png", "image/png"),
        ("stuk.docx", docx(), "stuk.docx", uploads.TYPES["docx"]),
        ("stuk.odt", ODT, "stuk.odt", uploads.TYPES["odt"]),
        ("../../etc/passwd.pdf", PDF, "passwd.pdf", "application/pdf"),
        ("C:\\map\\mijn verslag.pdf", PDF, "mijn verslag.pdf", "application/pdf"),
        ("évaluatie (1).pdf", PDF, "évaluatie (1).pdf", "application/pdf"),
        ("a\r\nSet-Cookie: x.pdf", PDF, "aSet-Cookie x.pdf", "application/pdf"),
        ("ver\u202eslag.pdf", PDF, "verslag.pdf", "application/pdf"),
        ("....pdf", PDF, "bestand.pdf", "application/pdf"),
        ('"><script>.pdf', PDF, "script.pdf", "application/pdf"),
        ("x" * 300 + ".pdf", PDF, "x" * 120 + ".pdf", "application/pdf"),
    ],
)
def test_upload_is_accepted_under_a_clean_name(name, content, kept, content_type):
    upload = SimpleUploadedFile("temporary", content)
    upload._name = name  # as it comes from the client, before Django's own cleaning
    accepted = uploads.check(upload)
    assert (accepted.name, accepted.content_type) == (kept, content_type)
    assert accepted.size == accepted.file.size > 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pagina.html", HTML),
        ("pagina.pdf", HTML),
        ("plaatje.png", SVG),
        ("plaatje.svg", SVG),
        ("foto.jpg", PNG),
        ("programma.exe", b"MZ\x90"),
        ("programma.pdf.exe", PDF),
        ("stuk.docx", PDF),
        ("stuk.docx", archive(**{"readme.txt": b"geen document"})),
        ("stuk.odt", archive(mimetype=b"text/html", **{"content.xml": b"<o/>"})),
        ("stuk.odt", archive(**{"content.xml": b"<o/>"})),
        ("stuk.docx", docx()[:-30]),
        ("stuk.docx", b"PK\x03\x04" + b"\x00" * 100),
        ("zonder", PDF),
        ("", PDF),
    ],
)
def test_upload_of_the_wrong_kind_is_refused(name, content):
    upload = SimpleUploadedFile("temporary", content)
    upload._name = name
    with pytest.raises(ValidationError) as refusal:
        uploads.check(upload)
    assert refusal.value.code == "kind"


def test_photo_keeps_the_picture_and_not_where_it_was_taken():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # held upright
    exif[ExifTags.Base.Make] = "Telefoonmaker"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 30.0, 0.0)
    about = PngImagePlugin.PngInfo()
    about.add_text("Comment", "bij mevrouw thuis")
    for name, content in (
        ("foto.jpg", photo("JPEG", exif=exif, comment=b"bij mevrouw thuis")),
        ("foto.png", photo("PNG", exif=exif, pnginfo=about)),
    ):
        kept = uploads.check(SimpleUploadedFile(name, content)).file.read()
        assert b"Telefoonmaker" in content
        assert b"mevrouw" in content
        assert b"Telefoonmaker" not in kept
        assert b"mevrouw" not in kept
        with Image.open(io.BytesIO(kept)) as picture:
            assert picture.size == (20, 40)
            assert not picture.getexif()


def test_photo_with_odd_values_beside_it_is_kept_upright():
    upright = struct.pack("<HHIHH", ExifTags.Base.Orientation, 3, 1, 6, 0)
    text_for_a_number = struct.pack("<HHI4s", ExifTags.Base.XResolution, 2, 4, b"72x\0")
    head = b"Exif\0\0" + struct.pack("<2sHIH", b"II", 42, 8, 2)
    exif = head + upright + text_for_a_number + bytes(4)
    kept = uploads.check(SimpleUploadedFile("foto.jpg", photo("JPEG", exif=exif))).file
    with Image.open(kept) as picture:
        assert picture.size == (20, 40)


def test_drawing_stays_transparent():
    drawing = Image.new("P", (8, 8), 0)
    drawing.putpalette([255, 255, 255, 0, 0, 0])
    drawing.putpixel((1, 1), 1)
    buffer = io.BytesIO()
    drawing.save(buffer, "PNG", transparency=0)
    kept = uploads.check(SimpleUploadedFile("logo.png", buffer.getvalue())).file
    with Image.open(kept) as picture:
        shown = picture.convert("RGBA")
        assert shown.getpixel((0, 0))[3] == 0
        assert shown.getpixel((1, 1)) == (0, 0, 0, 255)


@pytest.mark.parametrize(("name", "content"), [("foto.jpg", JPG[:-200]), ("beeld.png", PNG[:40])])
def test_photo_that_is_broken_is_refused(name, content):
    with pytest.raises(ValidationError) as refusal:
        uploads.check(SimpleUploadedFile(name, content))
    assert refusal.value.code == "unreadable"


@pytest.mark.parametrize("height", [20_000, 60_000])
def test_photo_too_large_to_unpack_is_refused(height):
    buffer = io.BytesIO()
    Image.new("1", (4_000, height)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < uploads.MOST_BYTES
    with pytest.raises(ValidationError) as refusal:
        uploads.check(SimpleUploadedFile("groot.png", buffer.getvalue()))
    assert refusal.value.code == "too_large"


def test_upload_bomb_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", b"<Types/>")
        made.writestr("word/document.xml", b"\x00" * (uploads.MOST_UNPACKED + 1))
    with pytest.raises(ValidationError):
        uploads.check(SimpleUploadedFile("bom.docx", buffer.getvalue()))


def test_upload_with_too_many_parts_is_refused():
    parts = {f"deel{number}": b"" for number in range(uploads.MOST_ENTRIES + 1)}
    with pytest.raises(ValidationError):
        uploads.check(SimpleUploadedFile("veel.docx", docx(**parts)))


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (uploads.MOST_BYTES + 1, "too_large")])
def test_upload_of_the_wrong_size_is_refused(size, code):
    upload = SimpleUploadedFile("verslag.pdf", PDF)
    upload.size = size
    with pytest.raises(ValidationError) as refusal:
        uploads.check(upload)
    assert refusal.value.code == code


def url(name, item):
    return reverse(f"students:{name}", args=[item.public_id])


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, agreed=True)


def test_file_goes_in_and_out_as_a_download_nothing_runs(client, made, goal):
    login(client, made.student)
    upload = SimpleUploadedFile("Mijn verslag.pdf", PDF, content_type="text/html")
    data = {"text": "Gedaan", "file": upload, "readers": ["teachers"]}
    assert client.post(url("evidence-add", goal), data).status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.file_name, evidence.file.type, evidence.file.size) == (
        "Mijn verslag.pdf",
        "application/pdf",
        len(PDF),
    )
    assert "Mijn" not in evidence.file.path
    response = login(client, made.teacher).get(url("evidence-file", evidence))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="Mijn verslag.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in response["Cache-Control"]


def test_page_in_disguise_is_refused_and_the_text_kept(client, made, goal):
    login(client, made.student)
    data = {
        "text": "Wat ik deed",
        "file": SimpleUploadedFile("verslag.pdf", HTML, content_type="application/pdf"),
        "readers": [],
    }
    response = client.post(url("evidence-add", goal), data)
    page = response.content.decode()
    assert "Kies een PDF" in page or "Kies een pdf" in page
    assert "Wat ik deed" in page
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {"text": "", "readers": []},
        {"text": "x" * 4001, "readers": []},
        {"text": "Ik hielp 111222333", "readers": []},
        {"text": "Goed", "readers": ["everyone"]},
    ],
)
def test_evidence_with_bad_input_comes_back(client, made, goal, data):
    login(client, made.student)
    response = client.post(url("evidence-add", goal), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Evidence.objects.exists()


def test_evidence_is_private_unless_the_student_shares_it(client, made, goal):
    login(client, made.student)
    page = client.get(url("evidence-add", goal)).content.decode()
    assert 'name="readers" value="teachers"' in page
    assert " checked" not in page
    client.post(url("evidence-add", goal), {"text": "Alleen voor mij", "readers": []})
    evidence = Evidence.objects.get()
    login(client, made.teacher)
    assert "Alleen voor mij" not in client.get(goal.get_absolute_url()).content.decode()
    login(client, made.student)
    edit(client, url("evidence-share", evidence), {"readers": ["teachers"]})
    login(client, made.teacher)
    assert "Alleen voor mij" in client.get(goal.get_absolute_url()).content.decode()
    login(client, made.trainer)
    assert "Alleen voor mij" not in client.get(goal.get_absolute_url()).content.decode()


def test_evidence_sent_twice_is_kept_once(client, made, goal):
    login(client, made.student)
    for _ in range(2):
        client.post(url("evidence-add", goal), {"text": "Twee keer", "readers": []})
    assert Evidence.objects.count() == 1


def test_removing_takes_the_file_along_and_happens_once(client, made, goal):
    login(client, made.student)
    data = {"file": SimpleUploadedFile("a.pdf", PDF), "readers": []}
    client.post(url("evidence-add", goal), data)
    evidence = Evidence.objects.get()
    kept = evidence.file.path
    assert default_storage.exists(kept)
    for _ in range(2):
        response = press(
            client, url("evidence-remove", evidence), evidence, {"goal": goal.public_id}, follow=True
        )
        assert "Het bewijs is verwijderd." in response.content.decode()
    assert not default_storage.exists(kept)
    for other in ("", "x", "00000000-0000-0000-0000-000000000000"):
        assert client.post(url("evidence-remove", evidence), {"goal": other}).status_code == 404


def test_removing_leaves_in_the_history_of_the_goal_that_it_was_done_and_no_word_of_it(client, made, goal):
    for text in ("Mevrouw De Wit viel", "Nog een"):
        evidence = EvidenceFactory(goal=goal, text=text)
        login(client, made.student)
        for _ in range(2):  # a button pressed twice
            press(client, url("evidence-remove", evidence), evidence, {"goal": goal.public_id})
    found = FieldChange.objects.filter(model="students.goal", object_id=str(goal.pk))
    kept = [(change.field, change.before, change.after, change.by) for change in found.order_by("pk")]
    assert kept == [("evidence_removed", before, before + 1, made.student.person) for before in (0, 1)]
    assert {change.subject for change in found} == {made.enrolment.student.public_id}
    for reader in (made.student, made.teacher, made.trainer):
        page = login(client, reader).get(goal.get_absolute_url()).content.decode()
        assert "Aantal verwijderde stukken bewijs: 1 → 2" in " ".join(page.split())
        assert "De Wit" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_history_with_removed_evidence_costs_the_same_for_one_and_three(
    client, django_assert_num_queries, count, made, goal
):
    for evidence in EvidenceFactory.create_batch(count, goal=goal):
        service.remove(evidence_id=evidence.pk, by=made.actors[Party.STUDENT], read=None)
    login(client, made.teacher)
    with django_assert_num_queries(9):
        client.get(goal.get_absolute_url())


def test_evidence_of_an_assessed_goal_stays(made):
    goal = GoalFactory(plan=made.plan, state=GoalState.ASSESSED)
    evidence = goal.evidence.get()
    with pytest.raises(ValidationError):
        service.remove(evidence_id=evidence.pk, by=made.actors[Party.STUDENT], read=None)
    assert Evidence.objects.exists()


def test_goal_takes_a_limited_number_of_pieces(made, goal):
    EvidenceFactory.create_batch(service.MOST_PER_GOAL, goal=goal)
    with pytest.raises(ValidationError):
        service.add(goal_id=goal.pk, by=made.actors[Party.STUDENT], text="Nog een")


def test_file_that_is_gone_is_not_found(client, made, goal):
    evidence = EvidenceFactory(
        goal=goal, file=StoredFileFactory(path="evidence/weg"), file_name="weg.pdf", text=""
    )
    assert login(client, made.student).get(url("evidence-file", evidence)).status_code == 404


def test_text_without_a_file_has_no_download(client, made, goal):
    evidence = EvidenceFactory(goal=goal)
    assert login(client, made.student).get(url("evidence-file", evidence)).status_code == 404


def test_phone_offers_the_camera_beside_the_files(client, made, goal):
    login(client, made.student)
    page = client.get(url("evidence-add", goal)).content.decode()
    camera, files = (
        re.search(rf'<input[^>]*name="{name}"[^>]*>', page).group() for name in ("photo", "file")
    )
    assert 'capture="environment"' in camera
    assert 'accept="image/jpeg,image/png"' in camera
    assert "capture" not in files
    assert (
        client.post(url("evidence-add", goal), {"photo": SimpleUploadedFile("a.jpg", JPG)}).status_code == 302
    )
    kept = Evidence.objects.get()
    assert (kept.file_name, kept.file.type) == ("a.jpg", "image/jpeg")


def test_photo_and_file_at_once_and_no_photo_are_explained(client, made, goal):
    login(client, made.student)
    both = {"photo": SimpleUploadedFile("a.jpg", JPG), "file": SimpleUploadedFile("a.pdf", PDF), "text": "Zo"}
    for data in (both, {"photo": SimpleUploadedFile("a.jpg", PDF), "text": "Zo"}):
        response = client.post(url("evidence-add", goal), data)
        assert set(response.context["form"].errors) == {"photo"}
        assert ">\nZo</textarea>" in response.content.decode()
    assert not Evidence.objects.exists()


def test_other_file_of_the_same_name_and_size_is_other_evidence(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True)
    login(client, made.student)
    url = reverse("students:evidence-add", args=[goal.public_id])
    first, second = PDF + b"%week 1\n", PDF + b"%week 2\n"
    for content in (first, second, second):
        sent = {"text": "", "file": SimpleUploadedFile("uren.pdf", content), "readers": ["teachers"]}
        assert client.post(url, sent).status_code == 302
    kept = [row.file.open().read() for row in goal.evidence.order_by("pk")]
    assert kept == [first, second]
