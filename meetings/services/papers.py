"""Papers of a meeting: put in beside the agenda, and taken away as long as the report has not gone out."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import files, states, versions
from core.access import ensure
from core.attachments import Accepted
from core.models import StoredFile
from meetings.mail import papers as mail
from meetings.models import AgendaItem, Meeting, Paper
from meetings.rules import meetings as rules
from meetings.services.locks import meeting_under_lock
from partnerships.actors import Actor

MOST_PAPERS = 40
IS_FULL = _("A meeting has 40 papers at most. Take one away first.")


@transaction.atomic
def add(*, meeting_id: int, item: AgendaItem | None, file: Accepted, by: Actor) -> Paper:
    """Keep a checked file with the meeting or one of its items. The same file put in twice in a row is kept once."""
    meeting = meeting_under_lock(meeting_id)
    ensure(rules.can_prepare(by, meeting))
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": _("Choose an item of this meeting.")})
    there = Paper.objects.filter(meeting=meeting)
    newest = there.for_list().last()
    if newest is not None and newest.item == item and files.is_same(newest.file, file.file):
        return newest
    if there.count() >= MOST_PAPERS:
        raise ValidationError(IS_FULL)
    return _keep(meeting, item, file, by)


def _keep(meeting: Meeting, item: AgendaItem | None, file: Accepted, by: Actor) -> Paper:
    """Under a random name: its own is what somebody typed. It is in nobody's file."""
    kept = files.keep(file=file.file, path=f"papers/{uuid4()}", content_type=file.content_type, subject=None)
    return Paper.objects.create(
        meeting=meeting, item=item, file=kept, file_name=file.name, by_id=by.person_id
    )


@transaction.atomic
def remove(*, paper_id: int, by: Actor, read: str | None) -> None:
    """Take a paper away for good, its file too; that it was done stays on record."""
    paper = Paper.objects.select_related("file").get(pk=paper_id)
    ensure(rules.can_prepare(by, meeting_under_lock(paper.meeting_id)))
    versions.ensure(read, paper)
    states.record(paper, "remove", before=str(paper.item_id or ""), by_id=by.person_id)
    file = paper.file
    paper.delete()
    files.remove(file=file)


@transaction.atomic
def tell_found(*, file: StoredFile) -> None:
    """The scanner found something in a file that was kept: who put it in as a paper hears it."""
    for paper in Paper.objects.filter(file=file).select_related("meeting", "by__user"):
        mail.adder_paper_found(paper)
