"""A place closes, and for each student on it is asked who stays, and who leaves on which day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail, StateChange
from core.states import last_act
from core.versions import Changed
from placements.enums import MatchState, PlacementState, SlotState
from placements.models import Match, Placement
from placements.queries.seats import in_use
from placements.queries.slot_ends import closing_edition
from placements.services import break_offs, slots
from students.models import LearnerAccess
from tests.helpers import login, member
from tests.late import press_late
from tests.placements.scene import actor, in_days

REASON = "Verbouwing"


@pytest.fixture
def slot(scene):
    return scene.slot(seats=3)


def placed(scene, slot, seat_no=1, **fields) -> Placement:
    days = {"starts_on": in_days(-40), "ends_on": in_days(90), "state": PlacementState.RUNNING}
    return scene.placement(slot, seat_no=seat_no, **{**days, **fields})


def to_come(scene, slot, seat_no=2) -> Placement:
    return placed(scene, slot, seat_no, starts_on=in_days(20), state=PlacementState.CONFIRMED)


def close(scene, slot, leaving=None, **more):
    slots.close(
        slot_id=slot.pk, reason=REASON, by=actor(scene.contact), leaving=leaving, **{"read": None, **more}
    )


def now(placement: Placement) -> tuple[str, date]:
    placement.refresh_from_db()
    return placement.state, placement.ends_on


def address(scene, slot):
    return reverse("placements:slot-close", args=[scene.employer.slug, slot.public_id])


def read(slot) -> str:
    slot.refresh_from_db()
    return closing_edition(slot, in_use(slot.pk).values_list("pk", "row_version"))


def field(placement: Placement) -> str:
    return f"last_day_{placement.pk}"


# Who leaves


def test_who_leaves_has_the_day_that_was_chosen_and_who_stays_the_day_that_was_agreed(scene, slot):
    stays, leaves, never = placed(scene, slot, 1), placed(scene, slot, 2), to_come(scene, slot, 3)
    close(scene, slot, {leaves.pk: in_days(10), never.pk: in_days(5)})
    slot.refresh_from_db()
    assert slot.state == SlotState.CLOSED
    assert now(stays) == (PlacementState.RUNNING, in_days(90))
    assert now(leaves) == (PlacementState.ENDING, in_days(10))
    assert now(never)[0] == PlacementState.CANCELLED
    closed = last_act(slot)
    assert [last_act(row).cause for row in (leaves, never)] == [closed, closed]


def test_who_leaves_today_is_seen_no_more(scene, slot):
    leaves = placed(scene, slot)
    close(scene, slot, {leaves.pk: in_days(0)})
    assert now(leaves) == (PlacementState.BROKEN_OFF, in_days(0))
    assert not LearnerAccess.objects.running().filter(enrolment=leaves.enrolment).exists()


def test_each_hears_what_happens_to_oneself(scene, slot, outbox):
    stays, leaves = placed(scene, slot, 1), placed(scene, slot, 2)
    close(scene, slot, {leaves.pk: in_days(10)})
    assert sorted(outbox()) == sorted(
        [
            ("student_slot_closed", stays.student.address),
            ("student_placement_broken_off", leaves.student.address),
            ("employer_placement_broken_off", scene.contact.email),
            ("parties_slots_closed", scene.teacher.email),
        ]
    )
    of_both = OutgoingMail.objects.get(kind="parties_slots_closed").body
    assert all(row.student.first_name in of_both for row in (stays, leaves))
    assert REASON in OutgoingMail.objects.get(kind="student_placement_broken_off").body


@pytest.mark.parametrize("days", [-41, 90, 91, 9000])
def test_day_outside_the_placement_is_refused_and_nothing_closes(scene, slot, days):
    leaves = placed(scene, slot)
    with pytest.raises(ValidationError):
        close(scene, slot, {leaves.pk: in_days(days)})
    slot.refresh_from_db()
    assert (slot.state, now(leaves)[0]) == (SlotState.ONLINE, PlacementState.RUNNING)


def test_student_on_another_place_does_not_leave_with_this_one(scene, slot):
    elsewhere = placed(scene, scene.slot())
    with pytest.raises(Changed):
        close(scene, slot, {elsewhere.pk: in_days(10)})


def test_who_may_not_end_a_placement_does_not_do_so_by_closing(scene, slot):
    leaves = placed(scene, slot)
    manager = member(scene.employer, Role.MANAGER)
    with pytest.raises(ValidationError):
        slots.close(
            slot_id=slot.pk, reason=REASON, by=actor(manager), leaving={leaves.pk: in_days(10)}, read=None
        )
    assert now(leaves)[0] == PlacementState.RUNNING
    slots.close(slot_id=slot.pk, reason=REASON, by=actor(manager), read=None)


def test_stranger_closes_and_reopens_nothing(scene, slot):
    with pytest.raises(ValidationError):
        slots.close(slot_id=slot.pk, reason=REASON, by=actor(scene.teacher), read=None)
    close(scene, slot)
    with pytest.raises(ValidationError):
        slots.reopen(slot_id=slot.pk, by=actor(scene.teacher), read=None)


# It is taken back


def test_who_leaves_is_brought_back_alone_and_the_place_stays_closed(scene, slot):
    leaves = placed(scene, slot)
    close(scene, slot, {leaves.pk: in_days(10)})
    break_offs.take_back(placement_id=leaves.pk, by=actor(scene.teacher), read=None)
    slot.refresh_from_db()
    assert now(leaves) == (PlacementState.RUNNING, in_days(90))
    assert slot.state == SlotState.CLOSED


@pytest.mark.parametrize("number", [1, 2])
def test_reopening_brings_proposals_back_and_says_who_still_leaves(client, scene, slot, number):
    match = scene.match(slot)
    rows = [placed(scene, slot, seat + 1) for seat in range(number)]
    close(scene, slot, {row.pk: in_days(10) for row in rows})
    login(client, scene.contact)
    slot.refresh_from_db()
    args = [scene.employer.slug, slot.public_id]
    manage = client.get(reverse("placements:slot-manage", args=args)).content.decode()
    assert "komt daarmee niet terug" in manage
    reopen = reverse("placements:slot-reopen", args=args)
    page = client.post(reopen, {"read": slot.row_version}, follow=True).content.decode()
    said = "1 student gaat weg" if number == 1 else "2 studenten gaan weg"
    assert said in page
    assert Match.objects.get(pk=match.pk).state == MatchState.PROPOSED
    assert now(rows[0]) == (PlacementState.ENDING, in_days(10))


def test_reopening_is_silent_about_who_stayed_after_all(scene, slot):
    leaves = placed(scene, slot)
    close(scene, slot, {leaves.pk: in_days(10)})
    break_offs.take_back(placement_id=leaves.pk, by=actor(scene.contact), read=None)
    assert slots.reopen(slot_id=slot.pk, by=actor(scene.contact), read=None) == []


def test_page_of_the_placement_offers_to_take_it_back(client, scene, slot):
    leaves = placed(scene, slot)
    close(scene, slot, {leaves.pk: in_days(10)})
    login(client, scene.contact)
    page = client.get(leaves.get_absolute_url()).content.decode()
    assert reverse("placements:placement-restore", args=[leaves.public_id]) in page


# The page


def test_page_asks_per_student_and_does_what_was_chosen(client, scene, slot):
    stays, leaves = placed(scene, slot, 1), placed(scene, slot, 2)
    login(client, scene.contact)
    page = client.get(address(scene, slot)).content.decode()
    for row in (stays, leaves):
        assert f"Laatste dag van {row.student.full_name}" in page
        assert f'name="{field(row)}"' in page
    assert "tot 14 dagen na de laatste dag" in page
    sent = {"read": read(slot), "reason": REASON, field(leaves): in_days(10).isoformat(), field(stays): ""}
    answer = client.post(address(scene, slot), sent, follow=True).content.decode()
    assert "Wie het aangaat, krijgt bericht." in answer
    assert now(leaves) == (PlacementState.ENDING, in_days(10))
    assert now(stays) == (PlacementState.RUNNING, in_days(90))


@pytest.mark.parametrize("text", ["morgen", "32-13-2026", "0026-01-01", "9" * 900, in_days(90).isoformat()])
def test_nonsense_for_a_day_is_said_at_the_field_and_nothing_happens(client, scene, slot, text):
    leaves = placed(scene, slot)
    login(client, scene.contact)
    sent = {"read": read(slot), "reason": REASON, field(leaves): text}
    answer = client.post(address(scene, slot), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="#id_{field(leaves)}"' in page
    assert REASON in page
    slot.refresh_from_db()
    assert (slot.state, now(leaves)[0]) == (SlotState.ONLINE, PlacementState.RUNNING)


def test_day_for_a_student_who_is_not_on_the_page_is_nothing(client, scene, slot):
    elsewhere = placed(scene, scene.slot())
    login(client, scene.contact)
    sent = {"read": read(slot), "reason": REASON, field(elsewhere): in_days(10).isoformat()}
    client.post(address(scene, slot), sent)
    slot.refresh_from_db()
    assert (slot.state, now(elsewhere)[0]) == (SlotState.CLOSED, PlacementState.RUNNING)


def test_who_leaves_already_is_named_and_not_asked_again(client, scene, slot):
    leaving = placed(scene, slot)
    break_offs.break_off(
        placement_id=leaving.pk, reason="Verhuisd", by=actor(scene.contact), last_day=in_days(7), read=None
    )
    login(client, scene.contact)
    page = client.get(address(scene, slot)).content.decode()
    assert leaving.student.full_name in page
    assert field(leaving) not in page


@pytest.mark.parametrize("which", ["slot", "placement"])
def test_nothing_closes_on_a_page_that_is_old(client, scene, slot, which):
    leaves = placed(scene, slot)
    login(client, scene.contact)
    shown = {"slot": slot, "placement": leaves}[which]
    data = {"reason": REASON, field(leaves): in_days(10).isoformat()}
    press_late(client, address(scene, slot), shown, data, read=read(slot))


def test_nothing_closes_when_someone_came_meanwhile(client, scene, slot):
    login(client, scene.contact)
    before = read(slot)
    placed(scene, slot)
    client.post(address(scene, slot), {"read": before, "reason": REASON})
    slot.refresh_from_db()
    assert slot.state == SlotState.ONLINE
    assert not StateChange.objects.filter(model="placements.slot").exists()


@pytest.mark.parametrize("knows", [True, False])
def test_proposal_that_stays_ended_is_named_to_who_may_know_the_student(scene, slot, knows):
    match = scene.match(slot)
    name = match.enrolment.student.first_name
    close(scene, slot)
    placed(scene, scene.slot(), enrolment=match.enrolment)
    by = scene.contact if knows else member(scene.employer, Role.MANAGER)
    (lost,) = slots.reopen(slot_id=slot.pk, by=actor(by), read=None)
    assert (name in str(lost)) == knows
    assert "kwam niet terug" in str(lost)
