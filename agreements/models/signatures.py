"""Signatures under a version of an agreement, and the objection of someone who never gave one."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import OBJECTION_DAYS, Signer, SigningMethod
from agreements.models.versions import AgreementVersion
from core.dates import local_day
from core.limits import REASON
from core.models import StoredFile
from core.readlog import AboutSomeone

# What the database refuses, in the words in which a service says it beforehand
PARTY_HAS_SIGNED = _("This party has already signed this version.")
PERSON_HAS_SIGNED = _("You have already signed this version for another party.")


def scan_path(signature: Signature, filename: str) -> str:  # noqa: ARG001  # Django gave both
    """Where a scan was kept when the table had a path of its own: its first migration names it."""
    return f"signatures/{signature.public_id}"


class Signature(AboutSomeone):
    """One party's signature under one version. Never changed: an objection stands beside it, a new one replaces it."""

    ABOUT = "version"
    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        AgreementVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.CharField(_("signer"), max_length=14, choices=Signer)
    # Who signed; a legal representative is known by name only.
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=160)
    capacity = models.CharField(_("signed as"), max_length=16, choices=Role, blank=True)
    method = models.CharField(_("method"), max_length=7, choices=SigningMethod, default=SigningMethod.DIGITAL)
    signed_on = models.DateField(_("signed on"))
    # Who pressed the button: the signer, or whoever recorded a signature from paper.
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)
    scan = models.OneToOneField(
        StoredFile,
        verbose_name=_("scan"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    scan_name = models.CharField(_("name of the file"), max_length=150, blank=True)
    scan_digest = models.CharField(_("hash of the scan"), max_length=64, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        constraints = [
            # One a party; another only in place of one that was objected to (the trigger looks).
            models.UniqueConstraint(
                name="signature_once_per_signer",
                fields=["version", "signer"],
                condition=Q(replaces__isnull=True),
                violation_error_message=PARTY_HAS_SIGNED,
            ),
            ExclusionConstraint(
                name="signature_person_signs_for_one_party",
                expressions=[
                    ("version", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("signer", RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=PERSON_HAS_SIGNED,
            ),
            models.CheckConstraint(
                name="signature_representative_on_paper",
                condition=~Q(signer=Signer.REPRESENTATIVE) | Q(method=SigningMethod.PAPER),
            ),
            models.CheckConstraint(
                name="signature_has_a_person",
                condition=Q(signer=Signer.REPRESENTATIVE) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="signature_paper_has_a_scan",
                condition=(Q(method=SigningMethod.PAPER, scan__isnull=False) & ~Q(scan_digest=""))
                | Q(method=SigningMethod.DIGITAL, scan__isnull=True, scan_digest=""),
                violation_error_message=_("Add a scan or photo of the signed page."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_signer_display()}: {self.name}"

    @property
    def is_paper(self) -> bool:
        """Whether it was recorded from paper."""
        return self.method == SigningMethod.PAPER

    @property
    def is_void(self) -> bool:
        """Whether the person named objected to it; needs `objection` loaded."""
        return getattr(self, "objection", None) is not None

    @property
    def objections_until(self) -> date:
        """The last day on which the person named may say that this signature is not theirs."""
        return local_day(self.at) + timedelta(days=OBJECTION_DAYS)


class SignatureObjection(models.Model):
    """The person named says: I did not give this signature. It counts no more from then on."""

    APPEND_ONLY = True

    signature = models.OneToOneField(
        Signature, verbose_name=_("signature"), on_delete=models.PROTECT, related_name="objection"
    )
    reason = models.CharField(_("what is wrong"), max_length=REASON)
    at = models.DateTimeField(_("objected at"), default=timezone.now)

    class Meta:
        verbose_name = _("objection to a signature")
        verbose_name_plural = _("objections to signatures")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.signature)


class SignatureLink(models.Model):
    """With which personal link someone objects to a signature."""

    link = models.OneToOneField(
        "accounts.PersonalLink", verbose_name=_("link"), on_delete=models.PROTECT, related_name="signature"
    )
    signature = models.ForeignKey(
        Signature, verbose_name=_("signature"), on_delete=models.PROTECT, related_name="links"
    )

    class Meta:
        verbose_name = _("link to a signature")
        verbose_name_plural = _("links to signatures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.signature)
