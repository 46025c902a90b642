"""States and choices of agreements and signatures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementState(models.TextChoices):
    """The life of an agreement."""

    DRAFT = "draft", _("draft")
    SIGNING = "signing", _("waiting for signatures")
    ACTIVE = "active", _("active")
    ENDED = "ended", _("ended early")
    COMPLETED = "completed", _("completed")
    LAPSED = "lapsed", _("lapsed")


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
