"""How long one may wait with an answer to a proposal: dated reference data, with defaults."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST_DAYS = 40  # reminders look back for no longer
DAYS = (MinValueValidator(1), MaxValueValidator(MOST_DAYS))


@dataclass(frozen=True, slots=True)
class Terms:
    """Working days after a proposal was put to someone: reminded, then a colleague asked, then it expires."""

    remind_after: int
    colleague_after: int
    expires_after: int


DEFAULT = Terms(remind_after=5, colleague_after=8, expires_after=10)


class AnswerTerm(models.Model):
    """The terms for what is asked from a day on, until the next row; before the first row the defaults hold."""

    ON_RECORD = ("starts_on", "remind_after", "colleague_after", "expires_after")

    starts_on = models.DateField(_("for proposals from"), unique=True)
    remind_after = models.PositiveSmallIntegerField(_("reminded after (working days)"), validators=DAYS)
    colleague_after = models.PositiveSmallIntegerField(
        _("a colleague asked after (working days)"), validators=DAYS
    )
    expires_after = models.PositiveSmallIntegerField(_("expires after (working days)"), validators=DAYS)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("term for an answer")
        verbose_name_plural = _("terms for an answer")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                name="answer_term_in_order",
                condition=Q(remind_after__gte=1, remind_after__lt=F("colleague_after"))
                & Q(colleague_after__lt=F("expires_after"), expires_after__lte=MOST_DAYS),
                violation_error_message=_("First a reminder, then a colleague, then it expires."),
            ),
            models.CheckConstraint(
                name="answer_term_has_source",
                condition=~Q(source=""),
                violation_error_message=_("Say where the terms come from."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.starts_on)

    @property
    def terms(self) -> Terms:
        """The numbers alone."""
        return Terms(self.remind_after, self.colleague_after, self.expires_after)
