"""Placements that end on a day that was chosen, and go on after all."""

import pytest
from django.core.exceptions import ValidationError

from core.dates import today
from placements import tasks
from placements.enums import PlacementState
from placements.models import Placement
from placements.services import break_offs
from students.models import LearnerAccess
from students.services import leavings, returns
from tests.helpers import at_noon
from tests.placements.scene import actor, in_days


def running(scene, **fields):
    return scene.placement(
        **{"starts_on": in_days(-40), "ends_on": in_days(90), "state": PlacementState.RUNNING, **fields}
    )


def break_off(scene, placement, days):
    return break_offs.break_off(
        placement_id=placement.pk,
        last_day=in_days(days),
        reason="Verhuisd",
        by=actor(scene.teacher),
        read=None,
    )


def take_back(scene, placement):
    return break_offs.take_back(placement_id=placement.pk, by=actor(scene.teacher), read=None)


def state_of(placement):
    placement.refresh_from_db()
    return placement.state, placement.ends_on, placement.would_end_on


def test_placement_runs_until_the_chosen_day_and_is_over_the_night_after(scene):
    placement = running(scene)
    planned = placement.ends_on
    break_off(scene, placement, 10)
    last = in_days(10)
    assert state_of(placement) == (PlacementState.ENDING, last, planned)
    with at_noon(10):
        assert tasks.move_placements() == 0
        assert LearnerAccess.objects.running().filter(enrolment=placement.enrolment).exists()
    with at_noon(11):
        assert not LearnerAccess.objects.running().filter(enrolment=placement.enrolment).exists()
        assert tasks.move_placements() == 1
        assert tasks.move_placements() == 0
    assert state_of(placement) == (PlacementState.BROKEN_OFF, last, planned)
    assert placement.ended_at is not None


@pytest.mark.parametrize(("after", "may"), [(0, True), (10, True), (24, True), (25, False)])
def test_break_off_is_taken_back_until_14_days_after_the_last_day(scene, after, may):
    """Also when the clock has ended the placement meanwhile; days count from the last day, not from the act."""
    placement = running(scene)
    planned = placement.ends_on
    break_off(scene, placement, 10)
    with at_noon(after):
        tasks.move_placements()
        if may:
            take_back(scene, placement)
            assert state_of(placement) == (PlacementState.RUNNING, planned, None)
            assert placement.ended_at is None
        else:
            with pytest.raises(ValidationError, match="14"):
                take_back(scene, placement)


@pytest.mark.parametrize("starts", [-40, 5])
def test_who_did_not_leave_after_all_comes_back_to_the_day_that_was_chosen(scene, starts):
    """The last day was chosen, then the student dropped out, and that was taken back: the chosen day stands."""
    state = PlacementState.RUNNING if starts < 0 else PlacementState.CONFIRMED
    placement = running(scene, starts_on=in_days(starts), state=state)
    planned = placement.ends_on
    break_off(scene, placement, 20)
    by = actor(scene.teacher)
    leavings.drop_out(
        enrolment_id=placement.enrolment_id, last_day=today(), reason="Gestopt", by=by, read=None
    )
    gone = PlacementState.BROKEN_OFF if starts < 0 else PlacementState.CANCELLED
    assert Placement.objects.get(pk=placement.pk).state == gone
    assert returns.reinstate(enrolment_id=placement.enrolment_id, by=by, read=None) == []
    assert state_of(placement) == (PlacementState.ENDING, in_days(20), planned)
    take_back(scene, placement)
    assert state_of(placement) == (state, planned, None)


def test_placement_of_who_left_the_school_since_does_not_go_on(scene):
    placement = running(scene)
    break_off(scene, placement, 0)
    leavings.drop_out(
        enrolment_id=placement.enrolment_id,
        last_day=today(),
        reason="Weg",
        by=actor(scene.teacher),
        read=None,
    )
    with pytest.raises(ValidationError, match="niet meer ingeschreven"):
        take_back(scene, placement)
    assert state_of(placement)[0] == PlacementState.BROKEN_OFF
