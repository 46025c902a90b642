"""Papers of a meeting: read at its table and nowhere else, taken away until the report goes out."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import tasks, versions
from core.models import OutgoingMail, StateChange, StoredFile
from core.scanning import Scan
from demo.seed.files import kept, page
from meetings.models import Meeting, Paper
from meetings.services import papers as service
from partnerships.actors import actor_of
from tests.factories.core import StoredFileFactory
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, PaperFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    DocumentFactory,
    DocumentVersionFactory,
    GroupFactory,
    GroupSeatFactory,
)
from tests.helpers import login
from tests.scanner import PLANTED, Scanner

pytestmark = pytest.mark.django_db


def pdf(name: str = "begroting.pdf", text: str = "Begroting") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, page(text), "application/pdf")


def url(name: str, row) -> str:
    return reverse(f"meetings:{name}", args=[row.public_id])


def text_of(client, meeting) -> str:
    return " ".join(client.get(meeting.get_absolute_url()).content.decode().split())


def content_of(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def meeting(table):
    return MeetingFactory(group=table.group)


def test_b10_a_paper_stands_with_its_agenda_item_and_every_seat_downloads_it(client, table, meeting):
    """Story B-10: agenda, papers and decisions are in one place."""
    item = AgendaItemFactory(meeting=meeting, title="Geld")
    login(client, table.chair)
    sent = {"file": pdf(), "item": item.public_id}
    assert client.post(url("paper-add", meeting), sent).status_code == 302
    assert client.post(url("paper-add", meeting), {**sent, "file": pdf()}).status_code == 302  # pressed twice
    paper = Paper.objects.get()
    assert (paper.item, paper.file_name, paper.by) == (item, "begroting.pdf", table.chair.person)
    login(client, table.teacher)
    said = text_of(client, meeting)
    assert said.index("Geld") < said.index("begroting.pdf")
    got = client.get(paper.get_absolute_url())
    assert content_of(got) == page("Begroting")
    assert "attachment" in got["Content-Disposition"]


def test_b11_a_student_of_a_preparation_group_reads_its_papers_and_none_of_the_steering_group(client, table):
    """Story B-11: only the papers of one's own group."""
    own = MeetingFactory(group=GroupFactory(partnership=table.partnership, kind="preparation"))
    steering = MeetingFactory(group=GroupFactory(partnership=table.partnership, kind="steering"))
    student = AffiliationFactory(partnership=table.partnership, kind="student")
    GroupSeatFactory(
        group=own.group, person=student.person, organisation=None, affiliation=student, perspective="student"
    )
    mine = PaperFactory(meeting=own, file=kept("Eigen", "papers", None))
    theirs = PaperFactory(meeting=steering, file=kept("Geheim", "papers", None), file_name="geheim stuk.pdf")
    login(client, student.person.user)
    assert client.get(mine.get_absolute_url()).status_code == 200
    for closed in (theirs.get_absolute_url(), steering.get_absolute_url(), steering.group.get_absolute_url()):
        assert client.get(closed).status_code == 404
    for row in (own, own.group):
        assert "geheim stuk" not in client.get(row.get_absolute_url()).content.decode()


def test_members_without_a_seat_read_papers_of_the_whole_partnership_alone(client, table, meeting):
    of_all = PaperFactory(
        meeting=MeetingFactory(partnership=table.partnership), file=kept("Allen", "papers", None)
    )
    of_group = PaperFactory(meeting=meeting, file=kept("Groep", "papers", None))
    login(client, table.contact)
    assert client.get(of_all.get_absolute_url()).status_code == 200
    assert client.get(of_group.get_absolute_url()).status_code == 404


def test_papers_of_a_meeting_in_preparation_wait_for_the_invitation(client, table):
    paper = PaperFactory(meeting__group=table.group, meeting__draft=True, file=kept("Plan", "papers", None))
    login(client, table.teacher)
    assert client.get(paper.get_absolute_url()).status_code == 404
    Meeting.objects.update(state="invited")
    assert client.get(paper.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("stuk.pdf", b"<script>"), "Kies een pdf"),
        (None, "Kies een bestand"),
    ],
)
def test_what_is_no_paper_is_refused_beside_the_form(client, table, meeting, upload, words):
    login(client, table.chair)
    answer = client.post(url("paper-add", meeting), {"file": upload} if upload else {})
    assert answer.status_code == 200
    assert words.lower() in answer.content.decode().lower()
    assert not Paper.objects.exists()


def test_a_paper_is_taken_away_with_its_file_and_that_is_on_record(
    client, table, meeting, django_capture_on_commit_callbacks
):
    paper = PaperFactory(meeting=meeting, file=kept("Oud", "papers", None))
    path, key = paper.file.path, str(paper.pk)
    login(client, table.chair)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("paper-remove", paper), {"read": versions.of(paper)})
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(path)
    act = StateChange.objects.get(model="meetings.paper", object_id=key)
    assert (act.action, act.by) == ("remove", table.chair.person)


def test_papers_of_an_item_that_goes_stay_with_the_meeting(client, table, meeting):
    item = AgendaItemFactory(meeting=meeting)
    paper = PaperFactory(meeting=meeting, item=item)
    login(client, table.chair)
    client.post(url("item-remove", item))
    paper.refresh_from_db()
    assert paper.item is None
    assert paper.file_name in text_of(client, meeting)


def test_papers_stand_once_the_report_has_gone_out(client, table):
    meeting = MeetingFactory(group=table.group, held=True)
    paper = PaperFactory(meeting=meeting, file=kept("Begroting", "papers", None))
    Meeting.objects.update(state="closed")
    login(client, table.chair)
    client.post(url("paper-remove", paper), {"read": versions.of(paper)})
    assert Paper.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.delete()
    assert client.get(paper.get_absolute_url()).status_code == 200


def test_an_item_of_another_meeting_gets_no_paper(client, table, meeting):
    elsewhere = AgendaItemFactory(meeting=MeetingFactory(group=table.group))
    AgendaItemFactory(meeting=meeting)
    login(client, table.chair)
    sent = {"file": pdf(), "item": elsewhere.public_id}
    assert client.post(url("paper-add", meeting), sent).status_code == 200
    assert not Paper.objects.exists()


def test_a_meeting_has_40_papers_at_most(client, table, meeting, monkeypatch):
    monkeypatch.setattr(service, "MOST_PAPERS", 1)
    PaperFactory(meeting=meeting, file=kept("Eerste", "papers", None))
    login(client, table.chair)
    answer = client.post(url("paper-add", meeting), {"file": pdf()})
    assert "40 stukken" in answer.content.decode()
    assert actor_of(table.chair).presides


def test_who_put_in_a_paper_or_document_hears_that_the_scanner_refuses_it_later(
    client, table, meeting, settings
):
    paper = PaperFactory(meeting=meeting, by=table.chair.person, file=planted("stuk"), file_name="stuk.pdf")
    document = DocumentFactory(partnership=table.partnership, title="Jaarplan", version=None)
    DocumentVersionFactory(
        document=document, by=table.teacher.person, file=planted("jaarplan"), file_name="jaarplan.pdf"
    )
    with Scanner() as scanner:
        settings.CLAMD = scanner.address
        tasks.scan_files()
        tasks.scan_files()
    mails = {mail.kind: mail for mail in OutgoingMail.objects.all()}
    assert len(mails) == OutgoingMail.objects.count() == 2
    of_paper, of_document = mails["adder_paper_found"], mails["adder_document_found"]
    assert (of_paper.person, of_document.person) == (table.chair.person, table.teacher.person)
    assert of_paper.subject == "Er is iets gevonden in een stuk dat je hebt toegevoegd"
    assert "stuk.pdf" in of_paper.body
    assert meeting.get_absolute_url() in of_paper.body
    assert of_document.subject == "Er is iets gevonden in een document dat je hebt toegevoegd"
    assert document.get_absolute_url() in of_document.body
    login(client, table.chair)
    assert client.get(paper.get_absolute_url()).status_code == 403


def planted(name: str) -> StoredFile:
    content = PLANTED + name.encode()
    path = default_storage.save(f"papers/{name}", ContentFile(content))
    return StoredFileFactory(path=path, scan=Scan.NOT_ASKED)
