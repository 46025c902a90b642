"""What happens by the clock; each is safe to run twice, for the services look at the state again."""

from celery import shared_task

from placements.queries import due
from placements.services import matches, placements


@shared_task(name="placements.move_placements")
def move_placements() -> int:
    """Daily, early: start what begins today, complete what ended yesterday."""
    moved = [placements.start(placement_id=pk) for pk in due.to_start()]
    return sum(moved + [placements.complete(placement_id=pk) for pk in due.to_complete()])


@shared_task(name="placements.expire_matches")
def expire_matches() -> int:
    """Daily: close open matches whose slot or enrolment is over, and those that nobody answered in time."""
    over = [matches.expire(match_id=pk) for pk in due.matches_over()]
    return sum(over + [matches.expire_silent(match_id=pk) for pk in due.matches_silent()])
