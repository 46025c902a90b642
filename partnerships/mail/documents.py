"""Mails about documents."""

from __future__ import annotations

from accounts.mail import letters
from partnerships.models import DocumentVersion
from partnerships.queries.asks import of_roles
from partnerships.queries.contacts import coordinating


def adder_document_found(version: DocumentVersion) -> None:
    """The scanner found something in a version that this person put in: put in a sound one."""
    letters.to_person(
        version.by,
        "partnerships/mail/adder_document_found.txt",
        link=version.document.get_absolute_url(),
        signs_in=True,
        ask=of_roles(coordinating(version.document.partnership_id)),
        file_name=version.file_name,
        document=version.document,
    )
