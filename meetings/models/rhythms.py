"""How often a table meets: every so many weeks or months, from a first day on until a last one."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.versions import Versioned
from meetings.enums import RhythmUnit
from meetings.models.meetings import ENDS_AFTER_START
from partnerships.models import Group, Partnership

MOST_APART = 12  # weeks or months
UNTIL_AFTER_START = _("The last day must be after the first.")


class Rhythm(Versioned):
    """The weekday is that of the first day; in months it is that weekday of the same week of the month, or the last."""

    ON_RECORD = ("every", "unit", "starts_on", "until", "starts", "ends")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="rhythms"
    )
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rhythms",
    )
    title = models.CharField(_("title of each meeting"), max_length=120)
    every = models.PositiveSmallIntegerField(
        _("every"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST_APART)]
    )
    unit = models.CharField(_("weeks or months"), max_length=5, choices=RhythmUnit, default=RhythmUnit.WEEK)
    starts_on = models.DateField(_("first day"))
    until = models.DateField(_("last day"), null=True, blank=True)
    starts = models.TimeField(_("start"))
    ends = models.TimeField(_("end"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    link = models.URLField(
        _("link to an online meeting"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
    )

    class Meta:
        verbose_name = _("rhythm")
        verbose_name_plural = _("rhythms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="rhythm_of_a_table_once", fields=["partnership", "group"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="rhythm_every_one_to_twelve", condition=Q(every__gte=1, every__lte=MOST_APART)
            ),
            models.CheckConstraint(
                name="rhythm_ends_after_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                name="rhythm_until_after_first",
                condition=Q(until__isnull=True) | Q(until__gte=F("starts_on")),
                violation_error_message=UNTIL_AFTER_START,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The meetings of its table."""
        if self.group is not None:
            return reverse("meetings:group-meetings", args=[self.group.public_id])
        return reverse("meetings:partnership-meetings", args=[self.partnership.slug])

    def next_after(self, day: dt.date) -> dt.date | None:
        """The first day of it later than this one, and than today; None once its last day has passed."""
        later = max(day, today())
        number = self._number_before(later)
        found = self._day(number)
        while found <= later:
            number += 1
            found = self._day(number)
        return None if self.until and found > self.until else found

    def _number_before(self, day: dt.date) -> int:
        """The number of a turn that is not after this day, counted from none."""
        days = (day - self.starts_on).days
        length = 7 if self.unit == RhythmUnit.WEEK else 31
        return max(0, days // (length * self.every) - 1)

    def _day(self, number: int) -> dt.date:
        """The day of a turn, counted from none."""
        if self.unit == RhythmUnit.WEEK:
            return self.starts_on + dt.timedelta(weeks=number * self.every)
        months = self.starts_on.month - 1 + number * self.every
        first = dt.date(self.starts_on.year + months // 12, months % 12 + 1, 1)
        ahead = (self.starts_on.weekday() - first.weekday()) % 7
        found = first + dt.timedelta(days=ahead, weeks=(self.starts_on.day - 1) // 7)
        return found if found.month == first.month else found - dt.timedelta(weeks=1)
