"""Mails about documents."""

from __future__ import annotations

from accounts.mail import letters
from partnerships.models import DocumentVersion


def adder_document_found(version: DocumentVersion) -> None:
    """The scanner found something in a version that this person put in: put in a sound one."""
    letters.to_person(
        version.by,
        "partnerships/mail/adder_document_found.txt",
        link=version.document.get_absolute_url(),
        signs_in=True,
        file_name=version.file_name,
        document=version.document,
    )
