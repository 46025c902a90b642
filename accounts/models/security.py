"""What happened around accounts: for the owner to see, and to look back at when something is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import BY_SUPPORT, SecurityKind
from accounts.models.people import Person
from accounts.models.support import SupportAct
from core.lookups import keys_of

LATELY = dt.timedelta(days=7)


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    def of(self, person: Person) -> Self:
        """One person's, the newest first; also of a row that turned out to be the same person."""
        rows = Person.objects.filter(Q(pk=person.pk) | Q(merged_into=person))
        return self.filter(person__in=keys_of(rows)).order_by("-at", "-pk")

    def for_list(self, kind: str = "") -> Self:
        """All of them, or those of one kind; the newest first."""
        found = self.filter(kind=kind) if kind else self.all()
        return found.order_by("-at", "-pk")

    def of_late(self) -> Self:
        """Those of the last seven days."""
        return self.filter(at__gte=timezone.now() - LATELY)


class SecurityEvent(models.Model):
    """One event. Never changed; it holds no address, no token, and of the network only the part that points at nobody."""

    APPEND_ONLY = True

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="security_events",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SecurityKind)
    # The name of a limit or a page, or a role: words of the portal, nothing that a visitor typed.
    what = models.CharField(_("what"), max_length=120, blank=True)
    network = models.CharField(_("network"), max_length=50, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)
    # Who did it, for what an administrator did: of the same person, within its hour and before its end (0004_support).
    support = models.ForeignKey(
        SupportAct,
        verbose_name=_("support act"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("security event")
        verbose_name_plural = _("security events")
        indexes = (
            models.Index(fields=["person", "-at"], name="securityevent_person"),
            models.Index(fields=["-at", "-id"], name="securityevent_at"),
            models.Index(fields=["kind", "-at", "-id"], name="securityevent_kind"),
        )
        constraints = (
            models.CheckConstraint(
                name="securityevent_of_support",
                condition=~Q(kind__in=BY_SUPPORT) | Q(support__isnull=False, person__isnull=False),
            ),
            models.UniqueConstraint(
                name="securityevent_support_ends_once",
                fields=["support"],
                condition=Q(kind=SecurityKind.SUPPORT_ENDED),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.what}".strip()
