"""Mail delivery as Celery tasks: thin, without arguments, safe to run twice or side by side."""

from __future__ import annotations

from celery import shared_task

from core import outbox


@shared_task(name="core.deliver", ignore_result=True)
def deliver() -> int:
    """Send what is due; asked for after each commit that queued mail."""
    return outbox.deliver_due()


@shared_task(name="core.sweep_outbox", ignore_result=True)
def sweep_outbox() -> int:
    """Beat, every 20 seconds: send what no hint told of, and what a dead worker had taken."""
    return outbox.deliver_due()
