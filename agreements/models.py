"""Practice agreements (POK): versions with the four mandatory groups of contents, and their signatures."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from agreements.enums import AgreementState, Signer, SigningMethod
from core import periods
from placements.models.placements import Placement
from programmes.models import is_taught_by

if TYPE_CHECKING:
    from partnerships.actors import Actor


def _managed(actor: Actor) -> frozenset[int]:
    """Organisations for which the actor signs as manager, without being a contact or teacher there."""
    return frozenset(
        held.organisation_id for held in actor.held if held.may_sign and held.role == Role.MANAGER
    )


# What the database refuses, in the words in which a service says it beforehand
PARTY_HAS_SIGNED = _("This party has already signed this version.")
PERSON_HAS_SIGNED = _("You have already signed this version for another party.")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Agreements, as pages, next steps and reminders ask for them."""

    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees the placement, and signing managers; coordinators get the state only (rules decide)."""
        ways = Q(placement__in=Placement.objects.visible_to(actor))
        if managed := _managed(actor):
            ways |= Q(placement__slot__organisation__in=managed)
            ways |= Q(placement__enrolment__cohort__programme__school__in=managed)
        return self.filter(ways)

    def with_taught(self, actor: Actor) -> Self:
        """Adds `is_taught`: whether the actor teaches the student's cohort; the rules read it."""
        return self.annotate(is_taught=is_taught_by(actor, "placement__enrolment__cohort"))

    def with_lost(self) -> Self:
        """Adds `has_lost`: whether the school knows that the employer lost the accreditation since."""
        lost = Placement.objects.without_accreditation().filter(pk=OuterRef("placement"))
        return self.annotate(has_lost=Exists(lost))

    def taught_by(self, actor: Actor) -> Self:
        """Agreements of a teacher's own cohorts."""
        return self.filter(is_taught_by(actor, "placement__enrolment__cohort"))

    def for_list(self) -> Self:
        """With what the pages print of each, by student."""
        return (
            self.select_related(
                "current",
                "placement__student__user",
                "placement__slot__organisation",
                "placement__slot__location",
                "placement__supervisor",
                "placement__enrolment__cohort__programme__school",
            )
            .prefetch_related("current__signatures")
            .order_by("placement__student__sort_name", "pk")
        )

    def for_page(self) -> Self:
        """With all versions, newest first, and who signed each; `take_current` then asks nothing more."""
        signatures = Signature.objects.select_related("by").order_by("at", "pk")
        versions = AgreementVersion.objects.order_by("-number").prefetch_related(
            Prefetch("signatures", queryset=signatures)
        )
        return (
            self.for_list().prefetch_related(None).prefetch_related(Prefetch("versions", queryset=versions))
        )


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
    REFUSALS = {
        "ask": _("The signatures have already been asked."),
        "change": _("This agreement is closed; it can no longer be changed."),
        "activate": _("There is nothing to sign now."),  # asked for a signature too
        "end": _("Only an active agreement can be ended."),
    }
    is_taught: bool  # set by `with_taught`
    has_lost = False  # set by `with_lost`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    placement = models.OneToOneField(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="agreement"
    )
    state = models.CharField(_("state"), max_length=9, choices=AgreementState, default=AgreementState.DRAFT)
    # The newest text: the only one that can be signed.
    current = models.ForeignKey(
        "AgreementVersion",
        verbose_name=_("newest version"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("practice agreement")
        verbose_name_plural = _("practice agreements")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_active_has_moment",
                condition=~Q(state=AgreementState.ACTIVE)
                | Q(activated_at__isnull=False, current__isnull=False),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_day",
                condition=Q(state=AgreementState.ENDED, ended_on__isnull=False)
                | (~Q(state=AgreementState.ENDED) & Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [
            # Reminders and `activate_ready` read only what waits, whatever lies behind it.
            models.Index(fields=["id"], name="agreement_signing", condition=Q(state=AgreementState.SIGNING)),
        ]

    def __str__(self) -> str:
        return str(self.placement)

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement-detail", args=[self.public_id])

    def take_current(self) -> None:
        """Let `current` be the version that `for_page` loaded, with its signatures."""
        self.current = next((one for one in self.versions.all() if one.pk == self.current_id), None)

    def asked_before(self, version: AgreementVersion) -> AgreementVersion | None:
        """The last earlier version that was put to signature: what signers compare this one with."""
        earlier = (one for one in self.versions.all() if one.number < version.number and one.asked_at)
        return max(earlier, key=lambda one: one.number, default=None)

    def has_on_paper(self, signer: str, name: str, signed_on: str) -> bool:
        """Whether the newest version bears this very signature from paper; `signed_on` as a form sends it."""
        signatures = self.current.signatures.all() if self.current else ()
        papers = [item for item in signatures if item.method == SigningMethod.PAPER]
        wanted = (signer, name.strip(), signed_on)
        return wanted in [(item.signer, item.name, item.signed_on.isoformat()) for item in papers]


class AgreementVersion(models.Model):
    """One text of an agreement; signatures belong to it and to no other (WEB 7.2.8 lid 2 a–d)."""

    # What people agree on; a change in any of them makes a new version.
    TERMS = (
        "starts_on",
        "ends_on",
        "hours_per_year",
        "hours_reason",
        "practice_trainer",
        "school_contact",
        "guidance",
        "content",
        "assessment",
        "ending",
    )

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("practice agreement"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    # Who agree on what programme, as they were called when this version was made.
    parties = models.JSONField(_("parties"), default=dict)
    # (a) period, hours and their spread over study years
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))
    total_hours = models.PositiveIntegerField(
        _("practice hours in total"), validators=[MinValueValidator(1), MaxValueValidator(10000)]
    )
    hours_per_year = models.JSONField(_("hours per study year"), default=dict)
    hours_reason = models.CharField(_("why there are fewer hours than the norm"), max_length=500, blank=True)
    # (b) guidance
    practice_trainer = models.CharField(_("practice trainer"), max_length=120, blank=True)
    school_contact = models.CharField(_("contact at the school"), max_length=120, blank=True)
    guidance = models.TextField(_("guidance of the student"), max_length=2000)
    # (c) what is learned and how it is assessed
    content = models.TextField(_("part of the qualification"), max_length=6000)
    assessment = models.TextField(_("assessment"), max_length=2000)
    # (d) ending early
    ending = models.TextField(_("ending early"), max_length=2000)
    digest = models.CharField(_("hash of this version"), max_length=64, editable=False)
    asked_at = models.DateTimeField(_("put to signature at"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"), default=timezone.now)
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
            periods.ends_after_start("agreement_version_ends_after_start"),
            models.CheckConstraint(
                name="agreement_version_hours_positive",
                condition=Q(total_hours__gte=1),
                violation_error_message=_("Give the number of practice hours."),
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="agreement_version_asked")]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"

    @property
    def years(self) -> list[tuple[int, int]]:
        """Study years with their hours, in order (JSON keeps none)."""
        return sorted((int(year), int(hours)) for year, hours in self.hours_per_year.items())

    def canonical(self) -> str:
        """The whole version as one text, the same for the same contents: what the digest is taken of."""
        contents = {name: getattr(self, name) for name in self.TERMS}
        contents |= {
            "agreement": str(self.agreement.public_id),
            "number": self.number,
            "parties": self.parties,
            "total_hours": self.total_hours,
            "starts_on": self.starts_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
        }
        return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def fingerprint(self) -> str:
        """SHA-256 of the contents; equal to `digest` as long as nobody touched the row."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def changed_since(self, older: AgreementVersion) -> list[str]:
        """The names of the terms in which this version differs from `older`, in their order."""
        return [name for name in self.TERMS if getattr(self, name) != getattr(older, name)]


class Signature(models.Model):
    """One signer's signature under one version; it stands as it was set."""

    APPEND_ONLY = True

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
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="signature_once_per_signer",
                fields=["version", "signer"],
                violation_error_message=PARTY_HAS_SIGNED,
            ),
            models.UniqueConstraint(
                name="signature_person_signs_for_one_party",
                fields=["version", "by"],
                condition=Q(method=SigningMethod.DIGITAL),
                violation_error_message=PERSON_HAS_SIGNED,
            ),
            models.CheckConstraint(
                name="signature_representative_on_paper",
                condition=~Q(signer=Signer.REPRESENTATIVE) | Q(method=SigningMethod.PAPER),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_signer_display()}: {self.name}"

    @property
    def is_paper(self) -> bool:
        """Whether the school recorded it from paper."""
        return self.method == SigningMethod.PAPER
