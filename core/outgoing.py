"""A mail that goes out: a row that says what is promised to whom, and what became of it."""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import emails

SMTP_CODE = re.compile(r"\b[245]\d\d\b")


class OutgoingMail(models.Model):
    """A mail as promised in the transaction that caused it; the row, not the broker, is the truth.

    While `state` is queued it is due at `due_at`. A worker takes it by setting `claimed_by`
    and moving `due_at` ahead by its lease; when it dies, another takes over with the same `message_id`.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")
        TOLD = "told", _("told in another mail")

    class Trouble(models.TextChoices):
        """Why it is not sent, as people read it."""

        NO_ADDRESS = "no_address", _("the address does not exist")
        FULL = "full", _("the mailbox is full")
        REFUSED = "refused", _("the mail server of the recipient refused it")
        NOT_YET = "not_yet", _("the mail server did not take it yet")
        AWAY = "away", _("the mail server was away")
        UNSURE = "unsure", _("nobody knows whether it arrived")

    SEND_AGAIN, CANCEL = "send_again", "cancel"
    # What an administrator does with one. A worker moves the others in `core.outbox`, under its claim.
    TRANSITIONS = {
        SEND_AGAIN: ((State.FAILED, State.HELD), State.QUEUED),
        CANCEL: ((State.QUEUED, State.FAILED, State.HELD), State.CANCELLED),
    }
    REFUSALS = {
        SEND_AGAIN: _("This email is not one that failed or is held."),
        CANCEL: _("This email does not wait any more."),
    }
    UNDO = {CANCEL: 1}

    kind = models.CharField(_("kind"), max_length=80)
    person = models.ForeignKey(
        "accounts.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outgoing_mails",
        verbose_name=_("person"),
    )
    about = models.ForeignKey(
        "core.StateChange",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mails",
        db_index=False,  # the one below is a hundredth of the size: few mails tell of what can be taken back
        verbose_name=_("about"),
        help_text=_("The act that it tells of. If that is taken back, a mail that still waits is not sent."),
    )
    told_in = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        db_index=False,  # as above: few mails are told in another
        verbose_name=_("told in"),
        help_text=_(
            "The mail that names this one among others of the same act; this one is not sent itself."
        ),
    )
    to_email = emails.EmailField(_("to address"))
    reply_to = emails.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=5)
    link = models.CharField(_("link"), max_length=500, blank=True)
    # An entry for the reader's own agenda (RFC 5546): goes along as a part of its own.
    calendar = models.TextField(_("entry for the agenda"), blank=True, default="", db_default="")
    list_unsubscribe = models.CharField(_("unsubscribe link"), max_length=500, blank=True)
    is_secret = models.BooleanField(_("text is wiped once sent"), default=False)
    by_day = models.BooleanField(_("by day only"), default=False)
    message_id = models.CharField(_("message id"), max_length=120, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    copies = models.PositiveSmallIntegerField(
        _("copies in doubt"),
        default=0,
        help_text=_("How often the mail server had all of it and did not say what becomes of it."),
    )
    claimed_by = models.UUIDField(_("claimed by"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    trouble = models.CharField(_("what is wrong"), max_length=10, choices=Trouble, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = (
            # The claim reads only what waits, so it costs the same with two million sent mails behind it.
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="outgoingmail_due"),
            # Few mails go wrong: what an administrator looks through, and counts by reason.
            models.Index(
                fields=["state", "trouble", "-id"],
                condition=Q(state__in=["failed", "held"]),
                name="outgoingmail_wrong",
            ),
            models.Index(fields=["person", "created_at"], name="outgoingmail_person"),
            models.Index(fields=["about"], condition=Q(about__isnull=False), name="outgoingmail_about"),
            models.Index(fields=["told_in"], condition=Q(told_in__isnull=False), name="outgoingmail_told_in"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outgoingmail_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(told_in__isnull=True) | Q(state__in=["told", "cancelled"]),
                name="outgoingmail_part_is_not_sent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def answer_code(self) -> str:
        """The code with which a server refused it, and no more: servers like to repeat the address."""
        found = SMTP_CODE.search(self.last_error)
        return found.group() if found else ""

    @property
    def is_wiped(self) -> bool:
        """Whether what it said is gone, since it went or grew old: it cannot be sent any more."""
        return not self.body
