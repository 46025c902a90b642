"""Which signed text a hash belongs to, for whoever has a document in hand."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from agreements.models import AgreementVersion, SignedDocument
from core import readlog

LATE = timedelta(days=2)  # what was signed before and has no PDF was never to have one


def signed_as(digest: str) -> AgreementVersion | None:
    """The version of which this is the SHA-256 of the kept PDF, or the one printed below each page; None when not ours.

    Read past the rights: what is told of it to someone who may not see it is number and day alone.
    """
    with readlog.unseen():
        document = SignedDocument.objects.filter(digest=digest).select_related("version__agreement").first()
        if document is not None:
            return document.version
        signed = AgreementVersion.objects.filter(signed_digest=digest, signed_at__isnull=False)
        return signed.select_related("agreement").first()


def kept_document(version: AgreementVersion) -> SignedDocument | None:
    """The PDF that was kept at the last signature under a version that is signed; None of any other."""
    return version.documents.select_related("file").first() if version.signed_at else None


def unkept() -> QuerySet[AgreementVersion]:
    """Texts that were signed just now and have no kept PDF yet."""
    since = timezone.now() - LATE
    return AgreementVersion.objects.filter(signed_at__gte=since, documents=None)
