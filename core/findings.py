"""What a nightly check finds is written down: since when, how many rows, and when they were well again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_KEYS = 200  # that are kept of one finding, beside the whole number
KEPT_AFTER = timedelta(days=365)  # what is well again is forgotten then


class Finding(models.Model):
    """Rows that are not as they must be, by key and without names. It is gone once a look finds none."""

    invariant = models.CharField(_("check"), max_length=80)
    number = models.PositiveIntegerField(_("number of rows"))
    keys = ArrayField(models.BigIntegerField(), verbose_name=_("the first by key"))
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    gone_at = models.DateTimeField(_("gone"), null=True, blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("finding of the nightly check")
        verbose_name_plural = _("findings of the nightly check")
        ordering = ("found_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["invariant"], condition=Q(gone_at__isnull=True), name="finding_stands_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="finding_is_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.invariant}: {self.number}"


@transaction.atomic
def keep(*, invariant: str, keys: Sequence[int]) -> bool:
    """Write down what a look found now, which may be nothing; whether there is something new among it."""
    now = timezone.now()
    standing = Finding.objects.select_for_update().filter(invariant=invariant, gone_at=None)
    if not keys:
        standing.update(gone_at=now)
        Finding.objects.filter(invariant=invariant, gone_at__lt=now - KEPT_AFTER).delete()
        return False
    seen = {"number": len(keys), "keys": list(keys[:MOST_KEYS]), "seen_at": now}
    former = standing.first()
    if former is None:
        Finding.objects.create(invariant=invariant, found_at=now, **seen)
        return True
    standing.update(**seen)
    return len(keys) > former.number or (len(keys) <= MOST_KEYS and not set(keys) <= set(former.keys))
