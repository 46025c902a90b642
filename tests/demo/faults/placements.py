"""Faults in places, proposals, placements and who guides."""

import datetime as dt

from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import StateChange
from partnerships.models import Member, Membership
from placements.enums import MatchState, PlacementKind, PlacementState, SlotState
from placements.models import Match, Placement, Slot, Supervision
from students.enums import EnrolmentState
from students.models import Enrolment
from tests.demo.faults.base import DAY, LONG_AGO, ORDINARY, Fault, change, step, stranger


def placed_elsewhere() -> int:
    return ORDINARY.live().earliest("pk").enrolment_id


FAULTS: list[Fault] = [
    (
        "match_was_proposed_and_answered_by_its_parties",
        "proposed by someone who may not",
        change(Match.objects.all(), proposed_by=stranger),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "a place that was not online",
        lambda: StateChange.objects.filter(action="publish").update(at=timezone.now()),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "employer_yes by someone who may not",
        step("employer_yes", by=stranger),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "agreed at another moment",
        change(Match.objects.filter(state=MatchState.ACCEPTED), employer_agreed_at=timezone.now),
    ),
    (
        "match_was_proposed_and_answered_by_its_parties",
        "student_yes before it was proposed",
        change(Match.objects.filter(state=MatchState.ACCEPTED), proposed_at=timezone.now),
    ),
    (
        "open_match_can_still_be_answered",
        "not online any more",
        lambda: Slot.objects.update(state=SlotState.CLOSED),
    ),
    (
        "open_match_can_still_be_answered",
        "the student is not enrolled",
        change(Enrolment.objects.filter(matches__state=MatchState.PROPOSED), state=EnrolmentState.WAITING),
    ),
    (
        "open_match_can_still_be_answered",
        "has a place in this period",
        change(Match.objects.open(), enrolment=placed_elsewhere),
    ),
    ("accepted_match_has_its_placement", "there is no placement", change(ORDINARY, match=None)),
    (
        "accepted_match_has_its_placement",
        "not confirmed on the day",
        change(ORDINARY, confirmed_on=LONG_AGO.date()),
    ),
    ("placement_fits_slot_and_enrolment", "without an accepted match", change(ORDINARY, match=None)),
    ("placement_fits_slot_and_enrolment", "seat that the place does not have", change(ORDINARY, seat_no=99)),
    ("placement_fits_slot_and_enrolment", "outside the period", change(ORDINARY, starts_on=LONG_AGO.date())),
    (
        "live_placement_is_of_today",
        "on another day than its period says",
        change(ORDINARY.filter(state=PlacementState.RUNNING), state=PlacementState.CONFIRMED),
    ),
    (
        "live_placement_is_of_today",
        "the student has left",
        change(
            Enrolment.objects.filter(placements__state=PlacementState.RUNNING),
            state=EnrolmentState.DROPPED_OUT,
            ended_on=dt.date.today,
            leaving_reason="Verhuisd",
        ),
    ),
    (
        "placement_broken_off_ended_when_its_history_says",
        "on another day than it was ended",
        step("break_off", at=LONG_AGO),
    ),
    (
        "supervision_is_within_placement_and_role",
        "outside the placement",
        change(Supervision.objects.all(), starts_on=LONG_AGO.date()),
    ),
    (
        "supervision_is_within_placement_and_role",
        "no supervisor yet",
        lambda: Membership.objects.filter(role=Role.SUPERVISOR).update(starts_on=today() + DAY),
    ),
    (
        "exchange_has_its_goals",
        "without goals",
        lambda: Placement.objects.filter(kind=PlacementKind.EXCHANGE).earliest("pk").goals.clear(),
    ),
    (
        "online_slot_is_complete",
        "for no programme",
        lambda: Slot.objects.filter(state=SlotState.ONLINE).earliest("pk").qualifications.clear(),
    ),
    (
        "online_slot_is_complete",
        "that is no member",
        lambda: Member.objects.update(starts_on=LONG_AGO.date(), ends_on=LONG_AGO.date() + DAY),
    ),
    (
        "online_slot_is_complete",
        "confirmed before it was online",
        change(Slot.objects.filter(state=SlotState.ONLINE), confirmed_on=LONG_AGO.date()),
    ),
]
