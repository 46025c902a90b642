"""When the work that goes by the clock ran last, and whether it failed: one row for each kind of work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)


class Job(models.Model):
    """Work by the clock, by the name of its task or command. Its fault is told without its words: they may name people."""

    work = models.CharField(_("work"), max_length=80, unique=True)
    done_at = models.DateTimeField(_("last done"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)
    fault = models.CharField(_("fault"), max_length=80, blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("work by the clock")
        verbose_name_plural = _("work by the clock")
        ordering = ("work",)

    def __str__(self) -> str:
        return self.work


def done(work: str) -> None:
    """It ran to its end: an earlier fault is over."""
    _note(work, done_at=timezone.now(), failed_at=None, fault="")


def failed(work: str, error: BaseException) -> None:
    """It broke off."""
    _note(work, failed_at=timezone.now(), fault=type(error).__name__[:80])


@contextmanager
def noted(work: str) -> Iterator[None]:
    """Says of the work within whether it was done."""
    try:
        yield
    except BaseException as error:
        failed(work, error)
        raise
    done(work)


def _note(work: str, **values: object) -> None:
    """The work itself does not suffer from a database that does not take the note."""
    try:
        with transaction.atomic():
            Job.objects.update_or_create(work=work, defaults=values)
    except DatabaseError:
        logger.exception("%s: not noted", work)
