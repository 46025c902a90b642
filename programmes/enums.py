"""Choices of programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Route(models.TextChoices):
    """Learning routes of the WEB (art. 7.2.2); BBL is work-based, BOL school-based."""

    BBL = "bbl", _("BBL (working and learning)")
    BOL = "bol", _("BOL (school with placements)")
    THIRD = "third", _("third route")


class Weekday(models.IntegerChoices):
    """ISO weekdays."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")


class SessionKind(models.TextChoices):
    LESSON = "lesson", _("lesson")
    PRACTICE_MEETING = "practice_meeting", _("practice meeting")


class AccreditationStatus(models.TextChoices):
    VERIFIED = "verified", _("verified")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNKNOWN = "unknown", _("unknown")


class CohortRequestState(models.TextChoices):
    ASKED = "asked", _("asked")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")
