"""Invitations: the only way to an account."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import Person
from core import emails
from core.versions import Versioned

VALID_FOR = dt.timedelta(days=14)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by whether they still wait for an answer."""

    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted nor withdrawn; may have run out."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def usable(self) -> InvitationQuerySet:
        """Unanswered and still valid."""
        return self.unanswered().filter(expires_at__gt=timezone.now())


class Invitation(Versioned):
    """Asks a person, at one address, to take a role at a party. The link is single use and lasts 14 days."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="invitations"
    )
    # The address it was mailed to: whoever accepts shows that the mailbox is theirs.
    email = emails.EmailField(_("email"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Role)
    party_name = models.CharField(_("for party"), max_length=200)
    token_digest = models.CharField(_("token digest"), max_length=64, unique=True, editable=False)
    # The link before the last renewal: it opens nothing, but may still ask for a new one.
    former_digest = models.CharField(_("former token digest"), max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    renewed_at = models.DateTimeField(_("last new link"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accepted_invitations",
        verbose_name=_("accepted by"),
    )
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    invited_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sent_invitations",
        verbose_name=_("invited by"),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = (
            models.Index(fields=["email"], name="invitation_email"),
            models.Index(
                fields=["former_digest"], condition=~Q(former_digest=""), name="invitation_former_digest"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}: {self.get_purpose_display()}, {self.party_name}"

    @property
    def is_expired(self) -> bool:
        """Whether the link has run out."""
        return self.expires_at <= timezone.now()

    @property
    def is_usable(self) -> bool:
        """Whether the link still works."""
        return self.accepted_at is None and self.revoked_at is None and not self.is_expired
