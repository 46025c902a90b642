"""What happens by the clock; safe to run twice, for the service looks at the state again."""

from celery import shared_task

from agreements.queries import due
from agreements.services import agreements


@shared_task(name="agreements.complete")
def complete() -> int:
    """Daily, early: agreements whose last day has passed are completed."""
    return sum(agreements.complete(agreement_id=pk) for pk in due.to_complete())
