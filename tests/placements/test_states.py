"""Every state × every action of slots, matches and placements; constraints of the database."""

from contextlib import nullcontext
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.dates import today
from core.models import StateChange
from core.states import IllegalTransition, advance
from placements.enums import Cause, MatchState, PlacementState, SlotState
from placements.models import Match, Placement, Slot
from programmes.enums import AccreditationStatus
from tests.factories.placements import MatchFactory, PlacementFactory, SlotFactory
from tests.factories.programmes import AccreditationFactory
from tests.factories.students import EnrolmentFactory
from tests.placements.scene import in_days

pytestmark = pytest.mark.django_db

MAKE = {
    Slot: lambda state: SlotFactory(state=state),
    Match: lambda state: MatchFactory(state=state, employer_agreed_at=timezone.now()),
    Placement: lambda state: PlacementFactory(state=state),
}
STATES = {Slot: SlotState, Match: MatchState, Placement: PlacementState}
CASES = [
    (model, state, action) for model in MAKE for state, action in product(STATES[model], model.TRANSITIONS)
]


@pytest.mark.parametrize(
    ("model", "state", "action"), CASES, ids=[f"{m.__name__}-{s}-{a}" for m, s, a in CASES]
)
def test_every_state_and_action(model, state, action):
    row = MAKE[model](state)
    sources, target = model.TRANSITIONS[action]
    legal = state in sources
    with nullcontext() if legal else pytest.raises(IllegalTransition):
        advance(row, action, by=None, reason="omdat", **_along(row, action))
    assert model.objects.get(pk=row.pk).state == (target if legal else state)
    assert StateChange.objects.filter(object_id=str(row.pk), action=action).count() == int(legal)


def _along(row, action):
    """The fields that the database ties to the state that an action leads to."""
    if isinstance(row, Slot):
        return {"confirmed_on": today()}
    if isinstance(row, Match):
        return {"close_cause": Cause.SILENCE} if action == "expire" else {}
    if not isinstance(row, Placement):
        return {}
    now, planned = timezone.now(), row.ends_on
    return {
        "announce": {"would_end_on": planned},
        "break_off": {"would_end_on": planned, "ended_at": now},
        "leave": {"ended_at": now},
        "cancel": {"ended_at": now, "would_end_on": None},
    }.get(action, {})


@pytest.mark.parametrize(
    ("model", "action"), [(m, a) for m in MAKE for a in sorted(getattr(m, "REASON_REQUIRED", ()))]
)
def test_what_disappoints_needs_a_reason(model, action):
    source = next(iter(model.TRANSITIONS[action][0]))
    row = MAKE[model](source)
    with pytest.raises(ValidationError, match=r"."):
        advance(row, action, by=None, reason="   ")
    assert model.objects.get(pk=row.pk).state == source


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_slot_needs_a_seat():
    with refused("slot_seats_positive"), transaction.atomic():
        SlotFactory(seats=0)


def test_slot_ends_after_it_starts():
    with refused("slot_ends_after_start"), transaction.atomic():
        SlotFactory(starts_on=today(), ends_on=today())


def test_slot_online_is_confirmed():
    with refused("slot_online_is_confirmed"), transaction.atomic():
        SlotFactory(state=SlotState.ONLINE, confirmed_on=None)


def test_match_is_open_once_per_slot_and_student():
    match = MatchFactory()
    with refused("match_open_once"), transaction.atomic():
        MatchFactory(slot=match.slot, enrolment=match.enrolment)
    Match.objects.filter(pk=match.pk).update(state=MatchState.WITHDRAWN)
    MatchFactory(slot=match.slot, enrolment=match.enrolment)


def test_match_agreed_knows_since_when():
    with refused("match_agreed_has_time"), transaction.atomic():
        MatchFactory(state=MatchState.EMPLOYER_AGREED)


def test_placement_ends_after_it_starts():
    with refused("placement_ends_after_start"), transaction.atomic():
        PlacementFactory(starts_on=today(), ends_on=in_days(-1))


def test_placement_seat_is_a_number_from_one():
    with refused("placement_seat_positive"), transaction.atomic():
        PlacementFactory(seat_no=0)


def test_seat_is_given_once_in_a_period():
    first = PlacementFactory(starts_on=in_days(10), ends_on=in_days(20))
    for start, end in [(0, 10), (20, 30), (5, 25), (12, 13)]:
        with refused("placement_seat_given_once"), transaction.atomic():
            PlacementFactory(slot=first.slot, starts_on=in_days(start), ends_on=in_days(end))
    PlacementFactory(slot=first.slot, starts_on=in_days(21), ends_on=in_days(30))
    PlacementFactory(slot=first.slot, seat_no=2, starts_on=in_days(10), ends_on=in_days(20))
    Placement.objects.filter(pk=first.pk).update(state=PlacementState.CANCELLED, ended_at=timezone.now())
    PlacementFactory(slot=first.slot, starts_on=in_days(10), ends_on=in_days(20))


def test_student_is_in_one_ordinary_place_at_a_time():
    first = PlacementFactory()
    other = EnrolmentFactory(student=first.student)
    with refused("placement_ordinary_one_at_a_time"), transaction.atomic():
        PlacementFactory(enrolment=other)
    PlacementFactory(enrolment=other, kind="exchange")


def test_accreditation_rules_of_the_database():
    with refused("accreditation_crebo_format"), transaction.atomic():
        AccreditationFactory(crebo="9500x")
    with refused("accreditation_ends_after_start"), transaction.atomic():
        AccreditationFactory(valid_from=today(), valid_until=in_days(-1))
    with refused("accreditation_verified_has_start"), transaction.atomic():
        AccreditationFactory(valid_from=None)
    with refused("accreditation_withdrawn_has_end"), transaction.atomic():
        AccreditationFactory(status=AccreditationStatus.WITHDRAWN)
