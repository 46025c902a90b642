"""States and choices of agreements, their versions and signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

OBJECTION_DAYS = 14  # the person whose signature was recorded from paper may object for so long
UNDO_DAYS = 14  # the end of an agreement can be taken back for so long


class AgreementState(models.TextChoices):
    """The life of an agreement."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waiting for signatures")
    ACTIVE = "active", _("active")
    ENDED = "ended", _("ended early")
    COMPLETED = "completed", _("completed")
    LAPSED = "lapsed", _("lapsed")


OPEN_AGREEMENT = (AgreementState.DRAFT, AgreementState.SIGNING, AgreementState.ACTIVE)


class VersionState(models.TextChoices):
    """The life of one text: only the signed one can hold."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waiting for signatures")
    SIGNED = "signed", _("signed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


OPEN_VERSION = (VersionState.DRAFT, VersionState.SIGNING)


class VersionKind(models.TextChoices):
    """What a version is about: the first text of an agreement, or what changes in it."""

    BASE = "base", _("practice agreement")
    PERIOD = "period", _("dates")
    HOURS = "hours", _("hours and days")
    TRAINER = "trainer", _("guidance")
    LOCATION = "location", _("location")
    BREAK = "break", _("interruption")
    EARLY_END = "early_end", _("stopping early")
    CONTENT = "content", _("learning and assessment")
    EXCHANGE = "exchange", _("exchange")
    CORRECTION = "correction", _("correction")


class Signer(models.TextChoices):
    """Who signs a practice agreement (WEB 7.2.9); the representative only for minors."""

    STUDENT = "student", _("student")
    EMPLOYER = "employer", _("employer")
    SCHOOL = "school", _("school")
    REPRESENTATIVE = "representative", _("legal representative")


class SigningMethod(models.TextChoices):
    """How a signature was given."""

    DIGITAL = "digital", _("signed in the portal")
    PAPER = "paper", _("recorded from paper")


class AfterEnd(models.TextChoices):
    """What becomes of the placement when its agreement ends early."""

    PLACEMENT_ENDS = "placement", _("the placement ends too")
    NEXT_AGREEMENT = "next", _("the student stays; a next agreement follows")
