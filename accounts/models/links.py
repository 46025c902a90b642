"""Personal links: one act of one person who need not sign in for it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import LinkAct, LinkScope
from accounts.models.people import Person
from core import emails

VALID_FOR = dt.timedelta(days=21)


def last_moment() -> dt.datetime:
    """Until when a link that is made now works."""
    return timezone.now() + VALID_FOR


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def usable(self) -> Self:
        """Those that open something now."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def standing(self) -> Self:
        """Neither withdrawn nor replaced by a newer one; may have run out."""
        return self.filter(revoked_at__isnull=True, renewed_by__isnull=True)


class PersonalLink(models.Model):
    """The right to one act, for whoever reads the mailbox of one person; what it is about stands in the app of the act.

    Only a digest is kept of the secret in it. Opening its page uses nothing up; a button does. It is renewed to the
    same address only, and withdrawn when what it is about ends.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="personal_links"
    )
    # Where it was sent: another address of this person is another mailbox.
    email = emails.EmailField(_("email"))
    scope = models.CharField(_("scope"), max_length=10, choices=LinkScope, default=LinkScope.ONE_ACT)
    act = models.CharField(_("act"), max_length=20, choices=LinkAct)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), default=last_moment)
    renewed_from = models.OneToOneField(
        "self",
        verbose_name=_("in place of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewed_by",
    )
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["-created_at", "pk"]
        constraints = [
            models.CheckConstraint(name="personal_link_has_an_address", condition=~Q(email="")),
            models.CheckConstraint(
                name="personal_link_not_in_place_of_itself", condition=~Q(renewed_from=models.F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_act_display()}"

    @property
    def is_usable(self) -> bool:
        """Whether it opens something now."""
        return self.revoked_at is None and self.expires_at > timezone.now()
