"""What happens by the clock and concerns every app."""

import logging

from celery import shared_task

from core import reminding
from partnerships.queries.free_days import resting_on
from portal.invariants import MOST_NAMED, breaches
from portal.reminders import REMINDERS

logger = logging.getLogger(__name__)


@shared_task(name="portal.send_reminders")
def send_reminders() -> int:
    """Beat, every quarter of an hour; from seven in the morning local time it sends what the day asks."""
    return reminding.tick(REMINDERS, resting=resting_on)


@shared_task(name="portal.check_invariants")
def check_invariants() -> int:
    """Beat, nightly, after placements and agreements have moved; gives how many rows are not as they must be."""
    found = breaches()
    for name, keys in found.items():
        logger.error("%s: %s rows, the first by key: %s", name, len(keys), keys[:MOST_NAMED])
    return sum(len(keys) for keys in found.values())
