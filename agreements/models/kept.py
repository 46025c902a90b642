"""The PDFs of signed texts, as they were on the moment of the last signature."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models.versions import AgreementVersion
from core.models import StoredFile
from core.readlog import AboutSomeone


def document_path(document: SignedDocument, filename: str) -> str:  # noqa: ARG001  # Django gave both
    """Where the PDF was kept when the table had a path of its own: its first migration names it."""
    return f"signed/{document.public_id}.pdf"


class SignedDocument(AboutSomeone):
    """The PDF of a version, made once when the last signature was there. Signed anew after an objection there is another."""

    ABOUT = "version"
    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        AgreementVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="documents"
    )
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(_("hash"), max_length=64, db_index=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("signed document")
        verbose_name_plural = _("signed documents")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.version)
