"""When the work that goes by the clock ran last, and whether it failed: one row for each kind of work."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DatabaseError, models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
MOST_RAISED = 20  # of what broke in one turn: the log has all
broke_off = Signal()  # `work` and `error`, of work that is no task: those are told of by Celery
_parts: ContextVar[list[Exception] | None] = ContextVar("parts_that_broke", default=None)


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
    _note(work, failed_at=timezone.now(), fault=type(faults_of(error)[0]).__name__[:80])


@contextmanager
def noted(work: str) -> Iterator[None]:
    """Says of the work within whether it was done."""
    try:
        yield
    except BaseException as error:
        failed(work, error)
        broke_off.send(None, work=work, error=error)
        raise
    done(work)


@contextmanager
def parts() -> Iterator[None]:
    """Of the work within, a part that breaks holds up no other; what broke is raised when all is done."""
    broken: list[Exception] = []
    token = _parts.set(broken)
    try:
        yield
    finally:
        _parts.reset(token)
    if broken:
        raise ExceptionGroup("parts of it broke off", broken)


def part_broke(error: Exception) -> None:
    """The others go on."""
    broken = _parts.get()
    if broken is not None and len(broken) < MOST_RAISED:
        broken.append(error)


def faults_of(error: BaseException) -> list[BaseException]:
    """What went wrong: the error, or each of those that broke a part."""
    return list(error.exceptions) if isinstance(error, BaseExceptionGroup) else [error]


def _note(work: str, **values: object) -> None:
    """The work itself does not suffer from a database that does not take the note."""
    try:
        with transaction.atomic():
            Job.objects.update_or_create(work=work, defaults=values)
    except DatabaseError:
        logger.exception("%s: not noted", work)
