"""What happens by the clock and concerns every app."""

from celery import shared_task

from core import jobs, reminding
from partnerships.queries.free_days import resting_on
from portal import watching
from portal.reminders import REMINDERS


@shared_task(name="portal.send_reminders")
def send_reminders() -> int:
    """Beat, every quarter of an hour; from seven in the morning local time it sends what the day asks."""
    with jobs.parts():
        return reminding.tick(REMINDERS, resting=resting_on)


@shared_task(name="portal.check_invariants")
def check_invariants() -> int:
    """Beat, nightly, after placements and agreements have moved; gives how many rows are not as they must be."""
    found = watching.look()
    if found.unasked:
        raise RuntimeError(f"could not be asked: {', '.join(found.unasked)}")
    return found.number
