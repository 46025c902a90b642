"""Practice agreements (POK): versions with the four mandatory groups of contents, and their signatures."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from placements.enums import AgreementState, Signer, SigningMethod
from placements.models.placements import Placement

if TYPE_CHECKING:
    from partnerships.actors import Actor


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the placement; what coordinators see of it is the state only (rules decide)."""
        return self.filter(placement__in=Placement.objects.visible_to(actor))

    def for_list(self) -> Self:
        return self.select_related(
            "placement__student",
            "placement__slot__organisation",
            "placement__enrolment__cohort__programme__school",
        ).order_by("placement__student__sort_name", "pk")


class Agreement(models.Model):
    """The agreement of student, employer and school on one placement (WEB 7.2.8, 7.2.9)."""

    TRANSITIONS = {
        "ask": ({AgreementState.DRAFT}, AgreementState.SIGNING),
        "change": (
            {AgreementState.SIGNING, AgreementState.ACTIVE, AgreementState.DRAFT},
            AgreementState.DRAFT,
        ),
        "activate": ({AgreementState.SIGNING}, AgreementState.ACTIVE),
        "end": ({AgreementState.ACTIVE}, AgreementState.ENDED),
        "complete": ({AgreementState.ACTIVE}, AgreementState.COMPLETED),
        "lapse": ({AgreementState.DRAFT, AgreementState.SIGNING}, AgreementState.LAPSED),
    }
    REASON_REQUIRED = frozenset({"end", "lapse"})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.OneToOneField(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="agreement"
    )
    state = models.CharField(_("state"), max_length=9, choices=AgreementState, default=AgreementState.DRAFT)
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice agreement")
        verbose_name_plural = _("practice agreements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.placement)

    def get_absolute_url(self) -> str:
        return reverse("placements:agreement-detail", args=[self.public_id])


class AgreementVersion(models.Model):
    """One text of an agreement; signatures belong to it and to no other (WEB 7.2.8 lid 2 a–d)."""

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("practice agreement"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    # (a) period, hours and their spread over study years
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    total_hours = models.PositiveIntegerField(
        _("practice hours in total"), validators=[MinValueValidator(1), MaxValueValidator(10000)]
    )
    hours_per_year = models.JSONField(_("hours per study year"), default=dict)
    # (b) guidance
    practice_trainer = models.CharField(_("practice trainer"), max_length=120)
    school_contact = models.CharField(_("contact at the school"), max_length=120)
    guidance = models.TextField(_("guidance of the student"), max_length=2000)
    # (c) what is learned and how it is assessed
    content = models.TextField(_("part of the qualification"), max_length=2000)
    assessment = models.TextField(_("assessment"), max_length=2000)
    # (d) ending early
    ending = models.TextField(_("ending early"), max_length=2000)
    digest = models.CharField(_("hash of this version"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(name="agreement_version_once", fields=["agreement", "number"]),
            models.CheckConstraint(
                name="agreement_version_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end date must be after the start date."),
            ),
            models.CheckConstraint(
                name="agreement_version_hours_positive",
                condition=Q(total_hours__gte=1),
                violation_error_message=_("Give the number of practice hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"


class Signature(models.Model):
    """One signer's signature under one version."""

    version = models.ForeignKey(
        AgreementVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.CharField(_("signer"), max_length=14, choices=Signer)
    name = models.CharField(_("name"), max_length=160)
    method = models.CharField(_("method"), max_length=7, choices=SigningMethod, default=SigningMethod.DIGITAL)
    signed_on = models.DateField(_("signed on"))
    # Who pressed the button: the signer, or the school's recorder of a paper signature.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="signature_once_per_signer",
                fields=["version", "signer"],
                violation_error_message=_("This party has already signed this version."),
            ),
            models.CheckConstraint(
                name="signature_representative_on_paper",
                condition=~Q(signer=Signer.REPRESENTATIVE) | Q(method=SigningMethod.PAPER),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_signer_display()}: {self.name}"
