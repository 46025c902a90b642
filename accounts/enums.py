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
    WRONG_CODE = "wrong_code", _("wrong code of the second step")
    PASSWORD = "password", _("password changed")
    SECOND_STEP_ON = "second_step_on", _("second step switched on")
    SECOND_STEP_OFF = "second_step_off", _("second step switched off")
    RECOVERY_CODES = "recovery_codes", _("new recovery codes made")
    LINKED = "linked", _("signing in through an organisation linked")
    UNLINKED = "unlinked", _("signing in through an organisation unlinked")
    MANDATE_GIVEN = "mandate_given", _("mandate given")
    MANDATE_ENDED = "mandate_ended", _("mandate ended")
    SUPPORT_BEGUN = "support_begun", _("looked at by an administrator")
    SUPPORT_ENDED = "support_ended", _("the administrator is done")
    SESSIONS_ENDED = "sessions_ended", _("signed out everywhere")
    ADDRESS_ASKED = "address_asked", _("other email address asked to be confirmed")
    INVITATION_RENEWED = "invitation_renewed", _("invitation sent again")
    MAIL_AGAIN = "mail_again", _("mail sent again")
    ACCOUNT_CLOSED = "account_closed", _("signing in stopped")
    ACCOUNT_REOPENED = "account_reopened", _("signing in possible again")
    LIST_TAKEN = "list_taken", _("list downloaded")
    ERASURE_ASKED = "erasure_asked", _("erasure asked")
    ERASURE_DECIDED = "erasure_decided", _("request for erasure decided")
    MERGED = "merged", _("made one with another entry of the same person")


# What only an administrator does with someone's account: each rests on a support act.
BY_SUPPORT = (
    SecurityKind.SUPPORT_BEGUN,
    SecurityKind.SUPPORT_ENDED,
    SecurityKind.SESSIONS_ENDED,
    SecurityKind.ADDRESS_ASKED,
    SecurityKind.INVITATION_RENEWED,
    SecurityKind.MAIL_AGAIN,
    SecurityKind.ACCOUNT_CLOSED,
    SecurityKind.ACCOUNT_REOPENED,
)


class KeptWhat(models.TextChoices):
    """What has a term of its own (core.privacy.declared.Term)."""

    IDENTITY = "identity", _("name, address and account, after the last enrolment, role or seat")
    RECORD = "record", _("learning plan, after the last enrolment")
    WORDS = "words", _("own words of a student, after the last enrolment")
    CONTRACT = "contract", _("practice agreement, after the end")
    SUBSIDY = "subsidy", _("practice agreement used for a subsidy, after the end")
    TRACE = "trace", _("who did, read or was mailed what")
    MAIL_TEXT = "mail_text", _("text of a mail")
    UNCONFIRMED = "unconfirmed", _("sign-up for a call that was not confirmed")
    CALL_CONTACT = "call_contact", _("contact person of a sign-up, after the call")
    UNUSED = "unused", _("account without a role, after it was used last")
    WARNED = "warned", _("account without a role, after the warning")


class ErasureState(models.TextChoices):
    """How far a request for erasure is."""

    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")
    DONE = "done", _("carried out")


class ErasureGround(models.TextChoices):
    """Why someone was erased."""

    REQUEST = "request", _("asked by the person")
    TERM = "term", _("the term was over")


class RecordKind(models.TextChoices):
    """As what someone takes the own record along."""

    PDF = "pdf", _("to read (PDF)")
    JSON = "json", _("for a computer (JSON)")


class LinkScope(models.TextChoices):
    """How much a personal link opens."""

    ONE_ACT = "one_act", _("one act")


class LinkAct(models.TextChoices):
    """What a personal link is for."""

    SIGN_UP = "sign_up", _("confirm or change your sign-up for a call")
    OBJECTION = "objection", _("say that a signature is not yours")
    MEETING = "meeting", _("say whether you are coming to a meeting")
