"""Where a diploma and the job that it is for differ, as someone who works there reports."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Need
from programmes.models.qualifications import WorkProcess


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def for_list(self) -> Self:
        """With the work process and its qualification, the newest first."""
        return self.select_related("work_process__core_task__qualification").order_by("-need__day", "-pk")


class Difference(models.Model):
    """A need of a partnership that is about a work process (story D-11); all else stands with the need."""

    APPEND_ONLY = True

    need = models.OneToOneField(
        Need, verbose_name=_("need"), on_delete=models.PROTECT, related_name="difference"
    )
    work_process = models.ForeignKey(
        WorkProcess, verbose_name=_("work process"), on_delete=models.PROTECT, related_name="differences"
    )

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference between diploma and work")
        verbose_name_plural = _("differences between diploma and work")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.work_process}: {self.need}"
