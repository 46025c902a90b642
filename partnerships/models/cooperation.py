"""What the parties of a partnership agreed, in versions: the shared vision, what each promised, and who signed for whom."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import periods
from core.text import LONGEST_WHOLE_NAME
from core.versions import Versioned
from partnerships.enums import CooperationState
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

FEWEST_PARTIES = 2
MOST_PROMISES = 40
ONE_OPEN = _("There is a next version already that has not been signed by everyone.")
STANDS = _("What was put up for signature stays as it is. Withdraw it, or make a next version.")
HAS_SIGNED = _("This organisation has already signed this version.")
OPEN = (CooperationState.DRAFT, CooperationState.SIGNING)
ONCE_SIGNED = (CooperationState.SIGNED, CooperationState.REPLACED)


class CooperationVersionQuerySet(models.QuerySet["CooperationVersion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of partnerships known from within; a draft is for the coordinators alone."""
        asked = Q(partnership__in=actor.inside, asked_at__isnull=False)
        return self.filter(Q(partnership__in=actor.coordinates) | asked)

    def in_force(self) -> Self:
        """The signed one of each partnership, which holds until the next is signed."""
        return self.filter(state=CooperationState.SIGNED)

    def open(self) -> Self:
        """Those that are written, or wait for signatures."""
        return self.filter(state__in=OPEN)

    def for_list(self) -> Self:
        """The newest first."""
        return self.order_by("-number", "pk")

    def with_text(self) -> Self:
        """With who signs, whose signatures there are, and the promises: two queries more."""
        signing = CooperationParty.objects.for_list().select_related("signature__person__user")
        promises = Promise.objects.for_list()
        return self.select_related("partnership").prefetch_related(
            Prefetch("parties", queryset=signing), Prefetch("promises", queryset=promises)
        )


class CooperationVersion(Versioned):
    """One text of a cooperation agreement. Once signatures were asked it never changes (migrations/0028)."""

    TRANSITIONS = {
        "ask": ({CooperationState.DRAFT}, CooperationState.SIGNING),
        "withdraw": ({CooperationState.SIGNING}, CooperationState.WITHDRAWN),
        "sign": ({CooperationState.SIGNING}, CooperationState.SIGNED),
        "replace": ({CooperationState.SIGNED}, CooperationState.REPLACED),
    }
    REASON_REQUIRED = frozenset({"withdraw"})
    REFUSALS = {
        "ask": _("Signatures have been asked for this version already."),
        "withdraw": _("This version does not wait for signatures any more."),
        "sign": _("This version does not wait for signatures any more."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="cooperation_versions",
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    vision = models.TextField(_("shared vision"), max_length=4000)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=CooperationState, default=CooperationState.DRAFT, editable=False
    )
    asked_at = models.DateTimeField(_("put up for signature at"), null=True, blank=True, editable=False)
    digest = models.CharField(_("hash of the text"), max_length=64, blank=True, editable=False)
    # The day of the last signature.
    signed_on = models.DateField(_("signed on"), null=True, blank=True, editable=False)

    objects = CooperationVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a cooperation agreement")
        verbose_name_plural = _("versions of a cooperation agreement")
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="cooperation_number_once"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state__in=OPEN),
                name="cooperation_one_open",
                violation_error_message=ONE_OPEN,
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state=CooperationState.SIGNED),
                name="cooperation_one_in_force",
            ),
            models.CheckConstraint(name="cooperation_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="cooperation_asked_is_sealed",
                condition=Q(state=CooperationState.DRAFT, asked_at__isnull=True, digest="")
                | (~Q(state=CooperationState.DRAFT) & Q(asked_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="cooperation_signed_has_day",
                condition=Q(state__in=ONCE_SIGNED, signed_on__isnull=False)
                | (~Q(state__in=ONCE_SIGNED) & Q(signed_on__isnull=True)),
            ),
            periods.ends_after_start("cooperation_ends_after_start", may_be_one_day=True),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.number}"

    def get_absolute_url(self) -> str:
        """The page for those inside; the partnership is loaded."""
        return reverse("partnerships:cooperation-detail", args=[self.partnership.slug, self.public_id])

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == CooperationState.DRAFT

    @property
    def is_signing(self) -> bool:
        """Whether it waits for signatures."""
        return self.state == CooperationState.SIGNING

    @property
    def unsigned(self) -> list[CooperationParty]:
        """Who has not signed yet, of a version `with_text`."""
        return [party for party in self.parties.all() if party.signed is None]

    def canonical(self) -> str:
        """The whole text as one string, the same for the same contents: what the digest is taken of."""
        contents = {
            "partnership": self.partnership_id,
            "number": self.number,
            "vision": self.vision,
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "parties": [party.organisation_id for party in self.parties.order_by("pk")],
            "promises": [
                [row.text, row.organisation_id, row.due_on.isoformat() if row.due_on else None]
                for row in self.promises.order_by("pk")
            ],
        }
        return json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    def fingerprint(self) -> str:
        """SHA-256 of the contents; equal to `digest` as long as nobody touched a row."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


class CooperationPartyQuerySet(models.QuerySet["CooperationParty"]):
    def for_list(self) -> Self:
        """With the organisation, and what that is one with by now, by name."""
        return self.select_related("organisation__merged_into").order_by("organisation__name", "pk")

    def unsigned(self) -> Self:
        """Who is asked to sign and has not done so."""
        return self.filter(version__state=CooperationState.SIGNING, signature__isnull=True)


class CooperationParty(models.Model):
    """An organisation that is to sign a version, chosen among the members while that is a draft."""

    # Once signatures are asked the row stands, also when the organisation turns out to be one with another.
    STANDS = Q(version__asked_at__isnull=False)

    version = models.ForeignKey(
        CooperationVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="parties"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="cooperation_parties",
    )

    objects = CooperationPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of a cooperation agreement")
        verbose_name_plural = _("parties of a cooperation agreement")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="cooperation_party_once")
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def organisation_now(self) -> int:
        """Which organisation speaks for it now, by key: another one after a merge."""
        return self.organisation.merged_into_id or self.organisation_id

    @property
    def signed(self) -> CooperationSignature | None:
        """Its signature; loaded along `with_text`."""
        return getattr(self, "signature", None)


class PromiseQuerySet(models.QuerySet["Promise"]):
    def for_list(self) -> Self:
        """With who promised, in the order in which they were written."""
        return self.select_related("organisation").order_by("pk")


class Promise(models.Model):
    """What one of the parties promises in a version, or all of them together, and until when."""

    STANDS = Q(version__asked_at__isnull=False)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        CooperationVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="promises"
    )
    text = models.CharField(_("promise"), max_length=400)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="promises",
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class CooperationSignature(models.Model):
    """Under a version, for one of its parties: given in the portal by a manager, or recorded from paper."""

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.OneToOneField(
        CooperationParty, verbose_name=_("party"), on_delete=models.PROTECT, related_name="signature"
    )
    # Who signed in the portal; of paper only what stands there.
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(_("name"), max_length=LONGEST_WHOLE_NAME, blank=True)
    function = models.CharField(_("job title"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    is_paper = models.BooleanField(_("on paper"), default=False)
    # Who pressed the button: the signer, or the coordinator who recorded it.
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("recorded by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("signature under a cooperation agreement")
        verbose_name_plural = _("signatures under a cooperation agreement")
        ordering = ["signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="cooperation_signature_by_someone_or_on_paper",
                condition=Q(is_paper=True, person__isnull=True)
                | Q(is_paper=False, person__isnull=False, name=""),
            ),
            models.CheckConstraint(name="cooperation_signature_has_position", condition=~Q(function="")),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.function}"

    @property
    def signer(self) -> str:
        """The name of who signed, empty where paper names only the position."""
        return self.person.full_name if self.person else self.name
