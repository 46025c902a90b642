"""When the work by the clock ran last and whether it failed, as the administrators' first page tells it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from celery import Task
from celery.signals import task_failure, task_success
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import jobs
from core.models import Job
from portal.celery import app, seconds_between

NIGHTLY = timedelta(days=1)
SLACK = timedelta(hours=2)  # a night that takes long is not late yet
WORKER = _("See whether worker and beat run; what went wrong stands in the log.")
KEEPER = _("See whether the timer for it runs, with DATABASE_KEEPER_URL; what went wrong stands in its log.")


@dataclass(frozen=True)
class Kind:
    """Work that everyone may want to know of: what it is, and where to look when it is not done."""

    says: str | Promise
    todo: str | Promise = WORKER


# By the name of the task, or of the command. tests/portal/test_clockwork.py holds it against the schedule.
KINDS = {
    "retain": Kind(_("Taking away what was kept for its whole term"), todo=KEEPER),
    "erase": Kind(_("Carrying out requests for erasure"), todo=KEEPER),
    "placements.move_placements": Kind(_("Starting and completing placements")),
    "agreements.complete": Kind(_("Completing practice agreements")),
    "agreements.keep_signed": Kind(_("Keeping signed documents")),
    "placements.expire_matches": Kind(_("Closing proposals without an answer")),
    "partnerships.expire_join_requests": Kind(_("Closing requests to join without an answer")),
    "partnerships.expire_role_requests": Kind(_("Closing requests for a role without an answer")),
    "partnerships.tell_saved_searches": Kind(_("Telling what is new to whoever asked for it")),
    "portal.check_invariants": Kind(_("The nightly check")),
    "portal.send_reminders": Kind(_("Reminders")),
    "core.sweep_outbox": Kind(_("Sending emails")),
    "core.read_bounces": Kind(_("Reading which emails came back")),
    "core.work_on_imports": Kind(_("Working off imported lists")),
    "core.forget_imports": Kind(_("Forgetting imported lists")),
    "core.scan_files": Kind(_("Scanning files again")),
    "core.remove_orphans": Kind(_("Removing files that nothing names")),
    "core.load_holidays": Kind(_("Filling the calendar with holidays")),
    "accounts.forget_devices": Kind(_("Forgetting where people were signed in")),
    "accounts.forget_throttles": Kind(_("Forgetting wrong passwords")),
}
_EVERY = {
    entry["task"]: timedelta(seconds=seconds_between(entry["schedule"]))
    for entry in app.conf.beat_schedule.values()
}
WRITTEN_EVERY = 300.0  # seconds: work that goes every minute is not noted each time
_noted: dict[str, float] = {}  # when this process last wrote that a work was done


@dataclass(frozen=True)
class JobRow:
    """One kind of work: since when it has not been done, or that it failed."""

    kind: Kind
    done_at: datetime | None
    failed_at: datetime | None
    fault: str
    is_late: bool

    @property
    def is_trouble(self) -> bool:
        """Whether someone ought to look."""
        return self.is_late or self.failed_at is not None


def every(work: str) -> timedelta:
    """How often it goes; the commands of the keeper have a timer of their own, each night."""
    return _EVERY.get(work, NIGHTLY)


def rows(*, known_since: datetime) -> list[JobRow]:
    """Every kind of work, what asks for attention first. What never ran is late once the portal is there for so long."""
    known, now = {job.work: job for job in Job.objects.all()}, timezone.now()
    found = []
    for work, kind in KINDS.items():
        late_after = now - every(work) - SLACK
        found.append(_row(kind, known.get(work), known_since, late_after))
    return sorted(found, key=lambda row: not row.is_trouble)


def _row(kind: Kind, job: Job | None, known_since: datetime, late_after: datetime) -> JobRow:
    done_at = job.done_at if job else None
    return JobRow(
        kind=kind,
        done_at=done_at,
        failed_at=job.failed_at if job else None,
        fault=job.fault if job else "",
        is_late=(done_at or known_since) < late_after,
    )


@task_success.connect(dispatch_uid="portal.note_done")
def note_done(sender: Task, **_more: Any) -> None:
    """A worker did a task; whether that is written depends on when it last was."""
    now = time.monotonic()
    if sender.name in KINDS and now - _noted.get(sender.name, -WRITTEN_EVERY) >= WRITTEN_EVERY:
        jobs.done(sender.name)
        _noted[sender.name] = now


@task_failure.connect(dispatch_uid="portal.note_failed")
def note_failed(sender: Task, exception: BaseException, **_more: Any) -> None:
    """A task broke off; once it is done again that is written at once."""
    if sender.name in KINDS:
        jobs.failed(sender.name, exception)
        _noted.pop(sender.name, None)
