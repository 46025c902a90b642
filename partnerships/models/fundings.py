"""Who pays for an initiative and until when, and the plan for what comes after it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import periods
from core.dates import today
from core.versions import Versioned
from partnerships.models.initiatives import GOING_ON, Initiative

# From so long before the money ends, the inner page warns; the first reminder goes out then too.
WARN_BEFORE = dt.timedelta(days=183)


class FundingQuerySet(models.QuerySet["Funding"]):
    def for_list(self) -> Self:
        """With who makes the plan for after it: what ends first is first, what has no end comes last."""
        rows = self.select_related("plan_owner__user")
        return rows.order_by(F("ends_on").asc(nulls_last=True), "pk")

    def unplanned(self) -> Self:
        """What ends within half a year without a plan for after it, of initiatives that go on."""
        soon = self.filter(ends_on__range=(today(), today() + WARN_BEFORE), plan="")
        return soon.filter(initiative__state__in=GOING_ON)


class Funding(Versioned):
    """Money from one source, from a day to a day; what goes on after it is planned by someone, by a day."""

    ON_RECORD = ("source", "amount", "starts_on", "ends_on", "plan_owner", "plan_due_on")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="fundings"
    )
    source = models.CharField(_("who pays"), max_length=200)
    amount = models.DecimalField(_("amount in euros"), max_digits=12, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    # Empty for money that goes on until someone ends it.
    ends_on = models.DateField(_("end"), null=True, blank=True)
    plan = models.TextField(_("plan for after it"), max_length=2000, blank=True)
    plan_owner = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("who makes the plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    plan_due_on = models.DateField(_("plan ready by"), null=True, blank=True)
    continues = models.CharField(_("what continues after it"), max_length=300, blank=True)

    objects = FundingQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("fundings")
        ordering = [F("ends_on").asc(nulls_last=True), "pk"]
        constraints = [
            periods.ends_after_start("funding_ends_after_start"),
            models.CheckConstraint(
                name="funding_amount_is_positive",
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                violation_error_message=_("Give an amount above zero, or leave it blank."),
            ),
            models.CheckConstraint(
                name="funding_plan_has_owner_and_day",
                condition=Q(plan_owner__isnull=True, plan_due_on__isnull=True)
                | Q(plan_owner__isnull=False, plan_due_on__isnull=False),
                violation_error_message=_("Say who makes the plan and by when, or leave both blank."),
            ),
            models.CheckConstraint(
                name="funding_plan_before_the_end",
                condition=Q(plan_due_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(plan_due_on__lte=F("ends_on")),
                violation_error_message=_("The plan is needed while the money lasts: choose an earlier day."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on", "id"], name="funding_by_end")]

    def __str__(self) -> str:
        return self.source

    def get_absolute_url(self) -> str:
        """Where it stands on the inner page; its initiative is loaded."""
        return reverse("partnerships:initiative-inside", args=[self.initiative.slug]) + "#money"

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < today()

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within half a year: time to plan what comes after."""
        return self.ends_on is not None and today() <= self.ends_on <= today() + WARN_BEFORE

    @property
    def plan_is_late(self) -> bool:
        """Whether the plan should have been there."""
        return not self.plan and self.plan_due_on is not None and self.plan_due_on < today()
