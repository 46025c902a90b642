"""Choices of this app."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """Languages of the portal, each in its own words."""

    NL = "nl", "Nederlands"
    EN = "en", "English"


class Role(models.TextChoices):
    """What a person is to one party: what an invitation offers, and what a membership gives (docs/domain.md 2).

    A membership of an organisation takes one of `partnerships.roles.MEMBERSHIP`; students have a record of their own.
    """

    MANAGER = "manager", _("manager")
    CONTACT = "contact", _("contact person")
    PRACTICE_TRAINER = "practice_trainer", _("practice trainer")
    SUPERVISOR = "supervisor", _("work supervisor")
    TEACHER = "teacher", _("teacher")
    COORDINATOR = "coordinator", _("coordinator")
    COLLEAGUE = "colleague", _("colleague")
    GROUP_MEMBER = "group_member", _("member of a group")
    STUDENT = "student", _("student")


class SecurityKind(models.TextChoices):
    """What happened around someone's account."""

    SIGNED_IN = "signed_in", _("signed in")
    WRONG_PASSWORD = "wrong_password", _("wrong password")
    THROTTLED = "throttled", _("too many attempts")
    DENIED = "denied", _("page refused")
    RIGHTS = "rights", _("role begun or ended")
    ADDRESS = "address", _("email address changed")
    MANDATE_GIVEN = "mandate_given", _("mandate given")
    MANDATE_ENDED = "mandate_ended", _("mandate ended")
