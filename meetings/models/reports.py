"""What is kept of a report: who was missing on that day, and at which meeting it was adopted."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.enums import MeetingState
from meetings.models.meetings import Meeting
from partnerships.enums import Perspective
from partnerships.models import Organisation
from partnerships.models.expectations import VOICES


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def for_list(self) -> Self:
        """With organisation, voices first."""
        return self.select_related("organisation").order_by("organisation__name", "perspective", "pk")


class Absence(models.Model):
    """An organisation or a voice that was expected at a meeting and was not there, or too few; kept with its report."""

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="absences"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="absences",
    )
    perspective = models.CharField(_("voice"), max_length=20, choices=Perspective, blank=True)
    number = models.PositiveSmallIntegerField(_("number"), default=1)

    # Once the report has gone out (migrations/0011_reports_adopted.py): it names who was missing as on that day.
    STANDS = Q(meeting__state=MeetingState.CLOSED)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("who was missing")
        verbose_name_plural = _("who were missing")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_of_an_organisation_or_a_voice",
                condition=Q(organisation__isnull=False, perspective="")
                | Q(organisation__isnull=True, perspective__in=VOICES),
            ),
            models.CheckConstraint(name="absence_of_one_at_least", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Of whom, in words."""
        return self.organisation.name if self.organisation else str(self.get_perspective_display())


class Adoption(models.Model):
    """A report that has gone out was adopted at a later meeting of the same table: it is not taken up again."""

    APPEND_ONLY = True

    report = models.OneToOneField(
        Meeting, verbose_name=_("report of"), on_delete=models.PROTECT, related_name="adoption"
    )
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("adopted at"), on_delete=models.PROTECT, related_name="adoptions"
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("adoption of a report")
        verbose_name_plural = _("adoptions of reports")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="adoption_at_another_meeting", condition=~Q(report=F("meeting")))
        ]

    def __str__(self) -> str:
        return f"{self.report} – {self.meeting}"
