"""What happens by the clock; safe to run twice, for the service looks at the state again."""

from celery import shared_task

from agreements.queries import due
from agreements.queries.verifying import unkept
from agreements.services import agreements, kept
from core import readlog


@shared_task(name="agreements.complete")
def complete() -> int:
    """Daily, early: agreements whose last day has passed are completed."""
    return sum(agreements.complete(agreement_id=pk) for pk in due.to_complete())


@shared_task(name="agreements.keep_signed", ignore_result=True)
def keep_signed() -> int:
    """Every minute: the PDFs of texts that were signed among many."""
    with readlog.unseen():
        return sum(kept.keep_once(version=version) is not None for version in unkept())
