"""How many seats of a slot are taken, and which is the lowest free one: one table for both questions."""

import pytest
from django.core.exceptions import ValidationError

from placements.enums import PlacementState
from placements.models import Placement, Slot
from placements.queries.seats import in_use, lowest_free_seat
from placements.services.slots import _check_change
from tests.placements.scene import in_days

pytestmark = pytest.mark.django_db
LIVE = {PlacementState.CONFIRMED, PlacementState.RUNNING, PlacementState.ENDING}


@pytest.mark.parametrize("state", PlacementState)
def test_seat_is_free_again_after_the_last_day(scene, state):
    """Who was there has the seat on the days of the placement, however it ended; one that never began has none."""
    slot = scene.slot(seats=2)
    scene.placement(slot, state=state)
    assert free(slot, 0, 300) == (1 if state == PlacementState.CANCELLED else 2)
    assert taken(slot) == (1 if state in LIVE else 0)


@pytest.mark.parametrize(
    ("given", "period", "lowest", "counted"),
    [
        # seats given as {number: (first day, last day)}; asked for a period, counted from today on
        ({}, (0, 300), 1, 0),
        ({1: (0, 300)}, (0, 300), 2, 1),
        ({2: (0, 300)}, (0, 300), 1, 1),
        ({1: (0, 300), 3: (0, 300)}, (0, 300), 2, 2),
        ({1: (0, 300), 2: (0, 300), 3: (0, 300)}, (0, 300), None, 3),
        # over, though nobody has completed it yet: free to give, and counted until the clock has
        ({1: (-100, -1)}, (0, 300), 1, 1),
        ({1: (-100, 0)}, (0, 300), 2, 1),  # both the first and the last day count
        ({1: (-100, 0)}, (1, 300), 1, 1),
        ({1: (200, 300)}, (0, 200), 2, 1),
        ({1: (200, 300)}, (0, 199), 1, 1),
        ({1: (0, 99), 2: (100, 300)}, (50, 150), 3, 2),
    ],
)
def test_taken_seats_and_the_lowest_free_one(scene, given, period, lowest, counted):
    slot = scene.slot(seats=3)
    for seat_no, (first, last) in given.items():
        scene.placement(slot, seat_no=seat_no, starts_on=in_days(first), ends_on=in_days(last))
    scene.placement(scene.slot(seats=3))
    assert free(slot, *period) == lowest
    assert taken(slot) == counted


def test_seat_that_two_have_after_each_other_is_taken_once(scene):
    slot = scene.slot(seats=2)
    scene.placement(slot, starts_on=in_days(0), ends_on=in_days(99))
    scene.placement(slot, starts_on=in_days(100), ends_on=in_days(300))
    assert taken(slot) == 1


def test_count_follows_each_way_of_writing(scene):
    slot, other = scene.slot(seats=2), scene.slot(seats=2)
    row = scene.placement(slot)
    Placement.objects.filter(pk=row.pk).update(state=PlacementState.COMPLETED)
    assert taken(slot) == 0
    Placement.objects.filter(pk=row.pk).update(state=PlacementState.RUNNING)
    assert taken(slot) == 1
    Placement.objects.filter(pk=row.pk).update(slot=other, organisation=other.organisation)
    assert (taken(slot), taken(other)) == (0, 1)


def test_whoever_saves_a_slot_that_was_read_before_leaves_the_count(scene):
    """A seat given is no edit of the slot either: what someone read of it can still be saved."""
    slot = scene.slot(seats=2)
    before = Slot.objects.get(pk=slot.pk)
    scene.placement(slot)
    before.title = "Ander"
    before.save()
    after = Slot.objects.get(pk=slot.pk)
    assert (after.taken, after.title, after.row_version) == (1, "Ander", before.row_version + 1)
    Slot.objects.filter(pk=slot.pk).update(taken=2)
    assert Slot.objects.get(pk=slot.pk).taken == 1


@pytest.mark.parametrize("last_day", [-1, 100])
def test_making_a_place_smaller_asks_the_same_question(scene, last_day):
    """A placement that is over, though nobody has completed it, once kept its seat and its days for the service alone."""
    slot = scene.slot(seats=2, starts_on=in_days(-200))
    for seat_no in (1, 2):
        scene.placement(slot, seat_no=seat_no, starts_on=in_days(-100), ends_on=in_days(last_day))
    assert in_use(slot.pk).values("seat_no").distinct().count() == (0 if last_day < 0 else 2)
    smaller = {"seats": 1, "starts_on": in_days(-50), "ends_on": slot.ends_on}
    smaller["qualifications"] = list(slot.qualifications.all())
    if last_day < 0:
        _check_change(slot, smaller)
    else:
        with pytest.raises(ValidationError, match="korter"):
            _check_change(slot, smaller)
        with pytest.raises(ValidationError, match="2 plekken"):
            _check_change(slot, smaller | {"starts_on": slot.starts_on})


def free(slot, first, last):
    return lowest_free_seat(
        slot_id=slot.pk, seats=slot.seats, starts_on=in_days(first), ends_on=in_days(last)
    )


def taken(slot):
    return Slot.objects.get(pk=slot.pk).taken
