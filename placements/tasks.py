"""What happens by the clock; each is safe to run twice, for the services look at the state again."""

from celery import shared_task

from core.dates import today
from placements.services import agreements, matches, placements, reminders


@shared_task(name="placements.send_reminders")
def send_reminders() -> int:
    """Beat, every quarter of an hour; from seven in the morning local time it sends what the day asks."""
    return reminders.tick(reminders.RULES)


@shared_task(name="placements.complete_agreements")
def complete_agreements() -> int:
    """Daily, early: agreements whose last day has passed are completed."""
    return agreements.complete_due(today())


@shared_task(name="placements.move_placements")
def move_placements() -> int:
    """Daily, early: start what begins today, complete what ended yesterday."""
    moved = [placements.start(placement_id=pk) for pk in placements.to_start()]
    return sum(moved + [placements.complete(placement_id=pk) for pk in placements.to_complete()])


@shared_task(name="placements.expire_matches")
def expire_matches() -> int:
    """Daily: close open matches whose slot or enrolment is over."""
    return sum(matches.expire(match_id=pk) for pk in matches.over())
