"""Mail delivery as Celery tasks, without arguments; safe to run twice or side by side."""

from __future__ import annotations

from celery import shared_task

from core import calendars, outbox


@shared_task(name="core.deliver", ignore_result=True)
def deliver() -> int:
    """Send what is due; asked for after each commit that queued mail."""
    return outbox.deliver_due()


@shared_task(name="core.sweep_outbox", ignore_result=True)
def sweep_outbox() -> int:
    """Every 20 seconds: send what was queued while the broker was away, and what a worker that died had taken."""
    return outbox.deliver_due()


@shared_task(name="core.load_holidays", ignore_result=True)
def load_holidays() -> int:
    """Every night: public holidays for the years ahead, and a warning in the log when what is known runs out."""
    return calendars.keep_filled()
