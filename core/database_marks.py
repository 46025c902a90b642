"""The mark of a database that says what it is for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DatabaseMark(models.Model):
    """Says what this database is for; at most one row. `seed_demo` writes it, demo settings ask for it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=40)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("database mark")
        verbose_name_plural = _("database marks")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="databasemark_one_row"),)

    def __str__(self) -> str:
        return self.name
