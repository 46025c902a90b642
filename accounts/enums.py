"""Choices of this app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages of the portal, each in its own words."""

    NL = "nl", "Nederlands"
    EN = "en", "English"


class Purpose(models.TextChoices):
    """What an invitation is for; the receiving app turns it into a membership, seat or student."""

    MANAGER = "manager", _("manager")
    CONTACT = "contact", _("contact")
    PRACTICE_TRAINER = "practice_trainer", _("practice trainer")
    SUPERVISOR = "supervisor", _("work supervisor")
    TEACHER = "teacher", _("teacher")
    COORDINATOR = "coordinator", _("coordinator")
    STUDENT = "student", _("student")
    GROUP_MEMBER = "group_member", _("group member")
