"""What an initiative measures against a target, and the measurements over time."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from core.versions import Versioned
from partnerships.enums import Direction
from partnerships.models.initiatives import Initiative


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def with_measurements(self) -> Self:
        """With all measurements, also corrected ones, in the order of their days; in the order in which they were made."""
        rows = Prefetch("measurements", Measurement.objects.for_list(), to_attr="all_measurements")
        return self.select_related("initiative").prefetch_related(rows).order_by("pk")


class Indicator(Versioned):
    """One number that says how an initiative does: from where, to where, and by when."""

    ON_RECORD = ("direction", "baseline", "target", "due_on")

    all_measurements: list[Measurement]  # set by `with_measurements`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="indicators"
    )
    label = models.CharField(_("what is measured"), max_length=120)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction)
    baseline = models.DecimalField(
        _("starting value"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(_("to be reached by"), null=True, blank=True)
    # So that the figures of the partnership can say where they take part.
    counts_distance = models.BooleanField(
        _("counts people with a distance to the labour market"), default=False, db_default=False
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "initiative",
                Lower("label"),
                name="indicator_label_once",
                violation_error_message=_("This initiative measures this already."),
            ),
            models.CheckConstraint(
                name="indicator_due_has_target",
                condition=Q(due_on__isnull=True) | Q(target__isnull=False),
                violation_error_message=_("A day needs a target that is to be reached by then."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The page with all its measurements; its initiative is loaded."""
        return reverse("partnerships:indicator", args=[self.initiative.slug, self.public_id])


class MeasurementQuerySet(models.QuerySet["Measurement"]):
    def for_list(self) -> Self:
        """With what corrected them and whose correction they are, in the order of the days."""
        return self.select_related("corrected_by", "corrects", "by").order_by("measured_on", "pk")


class Measurement(models.Model):
    """The value on a day with its source, or why there is none; a wrong one is corrected by another beside it."""

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="measurements"
    )
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reason = models.CharField(_("reason"), max_length=REASON, blank=True, editable=False)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["measured_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="measurement_has_value_or_note",
                condition=Q(value__isnull=False) | ~Q(note=""),
                violation_error_message=_("Give the value, or write in the note why there is none."),
            ),
            models.CheckConstraint(
                name="measurement_correction_has_reason",
                condition=Q(corrects__isnull=True, reason="") | Q(corrects__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="measurement_corrects_another",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
        ]
        indexes = [models.Index(fields=["indicator", "measured_on", "id"], name="measurement_by_day")]

    def __str__(self) -> str:
        return f"{self.measured_on}: {self.value}"

    @property
    def is_corrected(self) -> bool:
        """Whether another one says what it should have been; of a row of `for_list`."""
        return hasattr(self, "corrected_by")
