"""What happens by the clock; safe to run twice, for the service looks at the state again."""

from celery import shared_task

from agreements.services import agreements
from core.dates import today


@shared_task(name="agreements.complete")
def complete() -> int:
    """Daily, early: agreements whose last day has passed are completed."""
    return agreements.complete_due(today())
