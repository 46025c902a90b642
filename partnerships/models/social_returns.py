"""Duties of social return (SROI): what an organisation promised a client, what counts for it, and how that is valued."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import periods
from core.models import StoredFile
from core.versions import Versioned
from partnerships.enums import SocialReturnKind
from partnerships.models.organisations import Organisation
from partnerships.roles import KEEPS_SOCIAL_RETURN

if TYPE_CHECKING:
    from partnerships.actors import Actor

_NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=14, decimal_places=2))


def _money(label: Any, **more: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=12, decimal_places=2, **more)


class ValuationRule(models.Model):
    """What one unit of a kind counts for from a day on, until the next row of that kind; with where that stands."""

    ON_RECORD = ("kind", "unit", "value", "starts_on")

    kind = models.CharField(_("kind"), max_length=10, choices=SocialReturnKind)
    unit = models.CharField(_("unit"), max_length=30)
    value = _money(_("value of one, in euros"))
    starts_on = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("valuation rule")
        verbose_name_plural = _("valuation rules")
        ordering = ["kind", "starts_on"]
        constraints = [
            models.UniqueConstraint(name="valuation_rule_once", fields=["kind", "starts_on"]),
            models.CheckConstraint(name="valuation_rule_has_source", condition=~Q(source="") & ~Q(unit="")),
            models.CheckConstraint(name="valuation_rule_is_positive", condition=Q(value__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.starts_on}"


class SocialReturnObligationQuerySet(models.QuerySet["SocialReturnObligation"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of organisations for which the actor keeps them; a coordinator reads totals alone."""
        return self.filter(organisation__in=actor.organisations(*KEEPS_SOCIAL_RETURN))

    def with_sums(self) -> Self:
        """Adds `owed` and `counted`, in euros."""
        norm = F("contract_sum") * F("percentage") / Decimal(100)
        counting = SocialReturnActivity.objects.filter(obligation=OuterRef("pk"), counts=True)
        sums = counting.order_by().values("obligation").annotate(sum=Sum("value")).values("sum")
        money = DecimalField(max_digits=14, decimal_places=2)
        return self.annotate(
            owed=Coalesce("amount", norm, output_field=money),
            counted=Coalesce(Subquery(sums), _NOTHING, output_field=money),
        )

    def for_list(self) -> Self:
        """With organisation and sums, what ends first on top."""
        return self.select_related("organisation").with_sums().order_by("ends_on", "pk")


class SocialReturnObligation(Versioned):
    """What an organisation owes one client: a sum, or a share of the sum of the contract."""

    ON_RECORD = ("client", "title", "amount", "percentage", "contract_sum", "starts_on", "ends_on")

    owed: Decimal  # set by `with_sums`
    counted: Decimal

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="social_return_obligations",
    )
    client = models.CharField(pgettext_lazy("of a contract", "client"), max_length=120)
    title = models.CharField(_("contract"), max_length=120)
    amount = _money(_("amount in euros"), null=True, blank=True)
    percentage = models.DecimalField(
        _("norm, in per cent of the contract"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    contract_sum = _money(_("sum of the contract in euros"), null=True, blank=True)
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("valid until"))

    objects = SocialReturnObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("SROI duty")
        verbose_name_plural = _("SROI duties")
        ordering = ["ends_on", "pk"]
        constraints = [
            periods.ends_after_start("social_return_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="social_return_amount_or_norm",
                # That each is there is said too: a comparison with nothing refuses nothing.
                condition=Q(
                    amount__isnull=False, amount__gt=0, percentage__isnull=True, contract_sum__isnull=True
                )
                | Q(
                    amount__isnull=True,
                    percentage__isnull=False,
                    percentage__gt=0,
                    percentage__lte=100,
                    contract_sum__isnull=False,
                    contract_sum__gt=0,
                ),
                violation_error_message=_(
                    "Give the amount, or the norm together with the sum of the contract."
                ),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "ends_on", "id"], name="social_return_of")]

    def __str__(self) -> str:
        return f"{self.title} ({self.client})"

    def get_absolute_url(self) -> str:
        """Its page, for who keeps it."""
        return reverse("partnerships:social-return", args=[self.organisation.slug, self.public_id])

    @property
    def open(self) -> Decimal:
        """What is still to be done; of a row `with_sums`."""
        return max(self.owed - self.counted, Decimal(0))


class SocialReturnActivityQuerySet(models.QuerySet["SocialReturnActivity"]):
    def for_list(self) -> Self:
        """With the proof, the latest first; what does not count any more last."""
        return self.select_related("proof").order_by("-counts", "-starts_on", "-pk")


class SocialReturnActivity(Versioned):
    """Something that was done for a duty, with its value. No one is named here: the client counts days and places."""

    ON_RECORD = ("kind", "what", "quantity", "value", "starts_on", "ends_on", "counts", "people")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    obligation = models.ForeignKey(
        SocialReturnObligation,
        verbose_name=_("SROI duty"),
        on_delete=models.PROTECT,
        related_name="activities",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SocialReturnKind)
    what = models.CharField(_("what was done"), max_length=200)
    quantity = models.DecimalField(_("how much"), max_digits=8, decimal_places=2)
    value = _money(_("value in euros"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    counts = models.BooleanField(_("counts"), default=True)
    # How many, never who; unlike the quantity, which is in weeks or hours.
    people = models.PositiveSmallIntegerField(
        _("people with a distance to the labour market"), null=True, blank=True
    )
    # Made of the placements that this portal knows, and made again from them; of a duty at most one.
    is_of_placements = models.BooleanField(
        _("counted from placements"), default=False, db_default=False, editable=False
    )
    proof = models.OneToOneField(
        StoredFile,
        verbose_name=_("proof"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    file_name = models.CharField(_("name of the file"), max_length=150, blank=True)

    objects = SocialReturnActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("SROI activity")
        verbose_name_plural = _("SROI activities")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            periods.ends_after_start("social_return_activity_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="social_return_activity_is_positive", condition=Q(quantity__gt=0, value__gt=0)
            ),
            models.CheckConstraint(
                name="social_return_proof_has_a_name",
                condition=Q(proof__isnull=True, file_name="") | Q(proof__isnull=False) & ~Q(file_name=""),
            ),
        ]
        indexes = [models.Index(fields=["obligation", "-starts_on", "-id"], name="social_return_activity_of")]

    def __str__(self) -> str:
        return self.what


def rule_on(kind: str, day: dt.date) -> ValuationRule | None:
    """What one of a kind counts for on a day; None where nobody wrote that down."""
    rows = ValuationRule.objects.filter(kind=kind, starts_on__lte=day)
    return rows.order_by("-starts_on").first()
