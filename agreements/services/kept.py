"""The PDF of a text that all have signed, written once.

It is made with the last signature; for a text that was signed among many it is made right after, by the task `keep_signed`
(see `agreements/tasks.py`) or for whoever downloads it before.
"""

from __future__ import annotations

from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from agreements import documents
from agreements.models import Agreement, AgreementVersion, SignedDocument
from agreements.queries.verifying import kept_document, unkept
from agreements.services import locks
from core import files


@transaction.atomic
def keep(*, version: AgreementVersion) -> SignedDocument:
    """Make the PDF of a version as it is now that it is signed by all, and keep it with its hash."""
    agreement = Agreement.objects.for_page().get(pk=version.agreement_id)
    text = next(text for text in agreement.texts if text.pk == version.pk)
    content = documents.agreement_pdf(agreement, text)
    kept = files.keep(
        file=ContentFile(content),
        path=f"signed/{uuid4()}.pdf",
        content_type="application/pdf",
        subject=agreement.placement.student.public_id,
    )
    return SignedDocument.objects.create(version=version, file=kept, digest=kept.digest)


@transaction.atomic
def keep_once(*, version: AgreementVersion) -> SignedDocument | None:
    """The kept PDF of a version; made now where it was signed among many. None of a text that has none."""
    if known := kept_document(version):
        return known
    if not unkept().filter(pk=version.pk).exists():
        return None
    locks.agreement(version.agreement_id)
    return kept_document(version) or keep(version=version)
