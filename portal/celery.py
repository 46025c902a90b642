"""The Celery app and everything that runs by the clock.

Times are UTC ticks; what is due on a local day is decided by the services (docs/conventions/mail.md).
"""

from typing import Any

from celery import Celery, signals
from celery.schedules import crontab

from portal import broker, logs

app = Celery("leerpact")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.celeryd_init.connect
def _waits_for_work(conf: Any = None, **_named: Any) -> None:
    """A worker asks for work and hears after a second that there is none: it must wait longer than a page may.

    And it goes on taking work when Valkey did not hear of a moment that some was done.
    """
    conf.broker_transport_options = {**conf.broker_transport_options, "socket_timeout": 2}
    broker.use()


@signals.task_prerun.connect
def _names_lines(task_id: str = "", **_named: Any) -> None:
    """What a task writes to the log carries its id, as what a request writes carries the request's."""
    logs.request_id.set(task_id or "-")


@signals.task_failure.connect
def _tells(sender: Any = None, exception: BaseException | None = None, **_named: Any) -> None:
    if exception is not None:
        from portal import reports  # noqa: PLC0415 - it needs the tables, which are not there yet

        reports.tell_of_work(exception, getattr(sender, "name", "task"))


# name: (task, seconds or crontab). tests/consistency/ checks that each names a real task.
app.conf.beat_schedule = {
    "outbox": {"task": "core.sweep_outbox", "schedule": 20.0},
    "bounces": {"task": "core.read_bounces", "schedule": 300.0},
    "reminders": {"task": "portal.send_reminders", "schedule": crontab(minute="*/15")},
    "complete-agreements": {"task": "agreements.complete", "schedule": crontab(hour=1, minute=20)},
    "keep-signed": {"task": "agreements.keep_signed", "schedule": 60.0},
    "move-placements": {"task": "placements.move_placements", "schedule": crontab(hour=1, minute=10)},
    "expire-matches": {"task": "placements.expire_matches", "schedule": crontab(hour=1, minute=30)},
    "imports": {"task": "core.work_on_imports", "schedule": 30.0},
    "forget-imports": {"task": "core.forget_imports", "schedule": crontab(hour=2, minute=40)},
    "scan-files": {"task": "core.scan_files", "schedule": 120.0},
    "remove-orphans": {"task": "core.remove_orphans", "schedule": crontab(hour=2, minute=50)},
    "load-holidays": {"task": "core.load_holidays", "schedule": crontab(hour=2, minute=0)},
    "forget-devices": {"task": "accounts.forget_devices", "schedule": crontab(hour=2, minute=20)},
    "forget-throttles": {"task": "accounts.forget_throttles", "schedule": crontab(minute=40)},
    "expire-join-requests": {
        "task": "partnerships.expire_join_requests",
        "schedule": crontab(hour=5, minute=20),
    },
    "expire-role-requests": {
        "task": "partnerships.expire_role_requests",
        "schedule": crontab(hour=5, minute=10),
    },
    "tell-saved-searches": {
        "task": "partnerships.tell_saved_searches",
        "schedule": crontab(hour=5, minute=40),
    },
    "check-invariants": {"task": "portal.check_invariants", "schedule": crontab(hour=3, minute=0)},
}


def seconds_between(schedule: float | crontab) -> float:
    """How long after a turn the next one comes, in seconds; the clocks above differ by minute and hour alone."""
    if isinstance(schedule, crontab):
        turns: int = len(schedule.hour) * len(schedule.minute)  # type: ignore[attr-defined]  # Celery sets them
        return 24 * 3600 / turns
    return schedule


# What no worker took before its next turn is thrown away: the messages of days would be worked off for nothing.
for entry in app.conf.beat_schedule.values():
    entry["options"] = {"expires": seconds_between(entry["schedule"])}
