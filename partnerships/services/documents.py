"""Documents are put in, replaced by a newer version, and taken away; no version is ever lost."""

from __future__ import annotations

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, files, states, versions
from core.access import ensure
from core.attachments import Accepted
from core.constraints import explained
from core.models import StoredFile
from partnerships.actors import Actor
from partnerships.mail import documents as mail
from partnerships.models import Document, DocumentVersion
from partnerships.rules import documents as rules
from partnerships.services.locks import document_under_lock, partnership_under_lock

MOST_VERSIONS = 200
IS_FULL = _("This document has 200 versions. Put it in as a new document.")
OF_ANOTHER = _("Choose a group of this partnership.")


@transaction.atomic
def add(*, document: Document, file: Accepted, by: Actor) -> Document:
    """Keep a new document with its first version. What is of the whole partnership all its members read.

    The same one put in twice in a row is kept once.
    """
    partnership_under_lock(document.partnership_id)
    group = document.group
    ensure(rules.can_add(by, document.partnership, group))
    if group is not None and group.partnership_id != document.partnership_id:
        raise ValidationError({"group": OF_ANOTHER})
    document.for_members = document.for_members or group is None
    twice = _put_in_already(document, file, by)
    if twice is not None:
        return twice
    with explained(document):
        document.save()
    _keep(document, 1, file, by)
    return document


def _put_in_already(document: Document, file: Accepted, by: Actor) -> Document | None:
    """The newest document of this table, when it is this one: a button pressed twice."""
    rows = Document.objects.kept().filter(partnership=document.partnership_id, group=document.group_id)
    last = rows.for_list().order_by("-pk").first()
    if last is None or (last.title, last.for_members) != (document.title, document.for_members):
        return None
    newest = last.newest
    same = (newest.number, newest.by_id) == (1, by.person_id) and files.is_same(newest.file, file.file)
    return last if same else None


@transaction.atomic
def change(*, document: Document, by: Actor, version: str | None) -> Document:
    """Give it another title or other readers; on record."""
    with explained(document):
        versions.claim(version, document)
        before = changes.stored(document)
        ensure(rules.can_change(by, document_under_lock(document.pk)))
        document.for_members = document.for_members or document.group_id is None
        document.save()
        changes.record(document, before, by=by.person_id)
    return document


@transaction.atomic
def renew(*, document_id: int, file: Accepted, by: Actor, version: str | None) -> DocumentVersion:
    """A newer version takes the place of the last one, which stays to be read. The same file once more changes nothing."""
    document = document_under_lock(document_id)
    ensure(rules.can_change(by, document))
    last = document.versions.for_list()[0]
    if files.is_same(last.file, file.file):
        return last
    if last.number >= MOST_VERSIONS:
        raise ValidationError(IS_FULL)
    versions.claim(version, document)
    return _keep(document, last.number + 1, file, by)


@transaction.atomic
def take_away(*, document_id: int, by: Actor, read: str | None) -> Document:
    """Nobody reads it any more but who keeps it, who can bring it back for two weeks."""
    document = document_under_lock(document_id)
    if states.is_repeat(document, "take_away", by=by.person_id):
        return document
    ensure(rules.can_take_away(by, document))
    versions.ensure(read, document)
    states.advance(document, "take_away", by=by.person_id)
    return document


@transaction.atomic
def take_back(*, document_id: int, act_id: int, by: Actor) -> Document:
    """Let it be read again. Done again by the same person it changes nothing."""
    document = document_under_lock(document_id)
    ensure(rules.can_keep(by, document.partnership, document.group))
    act = states.act_read(document, act_id, by=by.person_id)
    if act is not None:
        ensure(rules.can_take_back(by, document, act))
        states.take_back(document, act, by=by.person_id)
    return document


def _keep(document: Document, number: int, file: Accepted, by: Actor) -> DocumentVersion:
    """Under a random name: its own is what somebody typed. It is in nobody's file."""
    kept = files.keep(
        file=file.file, path=f"documents/{uuid4()}", content_type=file.content_type, subject=None
    )
    return DocumentVersion.objects.create(
        document=document, number=number, file=kept, file_name=file.name, by_id=by.person_id
    )


@transaction.atomic
def tell_found(*, file: StoredFile) -> None:
    """The scanner found something in a file that was kept: who put it in as a version of a document hears it."""
    for version in DocumentVersion.objects.filter(file=file).select_related(
        "document__partnership", "by__user"
    ):
        mail.adder_document_found(version)
