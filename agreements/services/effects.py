"""What an agreement does to its placement: a signed text moves the period, an early end ends it, and both can go back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.models import Agreement, AgreementVersion
from core import changes
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor, id_of
from placements.enums import LIVE_PLACEMENT
from placements.queries.seats import seat_for
from placements.services import placements
from students.services import access


@transaction.atomic
def take_effect(*, version: AgreementVersion, by: Actor | None) -> None:
    """What was signed by all holds for the placement too. Call it under `locks.with_placement`."""
    _move_period(version.agreement, version.starts_on, version.ends_on, by=by)


@transaction.atomic
def end_placement(*, agreement: Agreement, last_day: date, reason: str, by: Actor | None) -> None:
    """The placement ends with its agreement: at once when its last day is today or over, else by the clock."""
    if agreement.placement.state in LIVE_PLACEMENT and last_day <= today() and by is not None:
        placements.break_off(placement_id=agreement.placement_id, reason=reason, by=by)
    else:
        _move_period(agreement, agreement.placement.starts_on, last_day, by=by)


def _move_period(agreement: Agreement, starts_on: date, ends_on: date, *, by: Actor | None) -> None:
    placement = agreement.placement
    same = (placement.starts_on, placement.ends_on) == (starts_on, ends_on)
    if placement.state not in LIVE_PLACEMENT or same:
        return
    placement.seat_no = seat_for(placement, starts_on, ends_on) or placement.seat_no
    placement.starts_on, placement.ends_on = starts_on, ends_on
    with explained(placement):  # no seat is free, or the student is elsewhere, in the days that were added
        changes.save(
            placement,
            by=id_of(by),
            subject=placement.student.public_id,
            update_fields=["seat_no", "starts_on", "ends_on"],
        )
    access.move_end(
        enrolment_id=placement.enrolment_id, organisation_id=placement.slot.organisation_id, ends_on=ends_on
    )
