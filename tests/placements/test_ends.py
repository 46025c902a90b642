"""Whoever is concerned hears of an end: a place that closes, an employer or an organisation that leaves, a seat."""

from functools import partial

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.models import OutgoingMail
from partnerships.enums import SignUpState
from partnerships.models import Member
from partnerships.services import groups, members, returns, sign_ups
from placements.enums import Cause, MatchState, PlacementState, SlotState
from placements.models import Match, Placement, Slot
from placements.services import slots
from tests.factories.partnerships import GroupSeatFactory, SignUpFactory
from tests.helpers import login, member
from tests.placements.scene import actor, in_days


def mail(kind):
    return OutgoingMail.objects.get(kind=kind)


# A place closes


@pytest.fixture
def placed(scene) -> Placement:
    return scene.placement(state=PlacementState.RUNNING)


def close(scene, slot):
    slots.close(slot_id=slot.pk, reason="Verbouwing", by=actor(scene.contact), read=None)


def test_who_stays_on_a_place_that_closes_hears_it_and_so_does_the_school(scene, placed, outbox):
    """By parties_slot_closed: student_slot_closed.txt, teacher_slot_closed.txt; who left before hears nothing."""
    scene.placement(placed.slot, seat_no=2, state=PlacementState.BROKEN_OFF)
    close(scene, placed.slot)
    assert outbox() == [
        ("student_slot_closed", placed.student.address),
        ("teacher_slot_closed", scene.teacher.email),
    ]
    assert "Verbouwing" in mail("student_slot_closed").body
    assert placed.student.full_name in mail("teacher_slot_closed").body
    placed.refresh_from_db()
    assert placed.state == PlacementState.RUNNING


def test_page_names_what_follows_before_a_place_closes(client, scene, placed):
    scene.match(placed.slot)
    login(client, scene.contact)
    page = client.get(reverse("placements:slot-close", args=[scene.employer.slug, placed.slot.public_id]))
    text = page.content.decode()
    assert placed.student.full_name in text
    assert f"Laatste dag van {placed.student.full_name}" in text
    assert "Er is 1 open voorstel" in text


def test_manager_reads_how_many_stay_and_no_names(client, scene, placed):
    login(client, member(scene.employer, Role.MANAGER))
    page = client.get(reverse("placements:slot-close", args=[scene.employer.slug, placed.slot.public_id]))
    text = page.content.decode()
    assert placed.student.full_name not in text
    assert "1 student" in text


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_and_three(client, scene, django_assert_num_queries, count):
    slot = scene.slot(seats=3)
    for seat in range(count):
        scene.placement(slot, seat_no=seat + 1)
    login(client, scene.contact)
    address = reverse("placements:slot-close", args=[scene.employer.slug, slot.public_id])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


# An organisation leaves the partnership


def leave(scene):
    row = Member.objects.get(partnership=scene.partnership, organisation=scene.employer)
    members.end(member_id=row.pk, by=actor(scene.coordinator), read=None)
    row.refresh_from_db()
    return row


def test_places_of_an_organisation_that_leaves_close_and_all_concerned_hear(scene, placed, outbox):
    """party_member_left.txt to its managers and the other coordinators."""
    manager, colleague = member(scene.employer, Role.MANAGER), member(scene.body, Role.COORDINATOR)
    draft = scene.slot(draft=True)
    match = scene.match(placed.slot)
    leave(scene)
    match.refresh_from_db()
    placed.slot.refresh_from_db()
    draft.refresh_from_db()
    assert (placed.slot.state, draft.state) == (SlotState.CLOSED, SlotState.DRAFT)
    assert (match.state, match.close_cause) == (MatchState.EXPIRED, Cause.SLOT_CLOSED)
    assert sorted(outbox()) == sorted(
        [
            ("party_member_left", manager.email),
            ("party_member_left", colleague.email),
            ("employer_match_withdrawn", scene.contact.email),
            ("student_slot_closed", placed.student.address),
            ("parties_slots_closed", scene.teacher.email),  # of the proposal and of the student who stays
        ]
    )


def test_page_names_what_closes_before_an_organisation_leaves(client, scene, placed):
    scene.match(placed.slot)
    login(client, scene.coordinator)
    page = client.get(
        reverse("partnerships:coordination-member-end", args=[scene.partnership.slug, scene.employer.slug])
    ).content.decode()
    for sentence in ("Er sluit 1 plek.", "Er eindigt 1 voorstel", "1 student blijft"):
        assert sentence in page


def test_organisation_that_comes_back_has_its_places_and_proposals_back(scene, placed):
    match = scene.match(placed.slot)
    row = leave(scene)
    back = partial(returns.member, member_id=row.pk, by=actor(scene.coordinator), read=None)
    back()
    back()
    match.refresh_from_db()
    placed.slot.refresh_from_db()
    assert (placed.slot.state, match.state, match.close_cause) == (SlotState.ONLINE, MatchState.PROPOSED, "")
    assert OutgoingMail.objects.filter(state="cancelled").count() == OutgoingMail.objects.count()


def test_a_proposal_that_cannot_be_answered_any_more_stays_ended(scene):
    slot = scene.slot()
    match = scene.match(slot)
    row = leave(scene)
    scene.placement(enrolment=match.enrolment)
    (lost,) = returns.member(member_id=row.pk, by=actor(scene.coordinator), read=None)
    assert match.enrolment.student.first_name in str(lost)
    assert Match.objects.get(pk=match.pk).state == MatchState.EXPIRED


def test_page_says_which_place_did_not_come_back_with_the_organisation(client, scene):
    slot = scene.slot()
    row = leave(scene)
    Slot.objects.filter(pk=slot.pk).update(starts_on=in_days(-60), ends_on=in_days(-1))
    login(client, scene.coordinator)
    place = [scene.partnership.slug, scene.employer.slug]
    page = client.post(
        reverse("partnerships:coordination-member-take-back", args=place),
        {"read": versions.of(row)},
        follow=True,
    ).content.decode()
    assert "doet weer mee" in page
    assert slot.title in page
    assert "kwam niet terug" in page


# A sign-up and a seat


def test_employer_and_coordinators_hear_that_a_sign_up_drops_out(scene, outbox):
    """By parties_sign_up_dropped: employer_sign_up_dropped.txt has no reason, coordinator_sign_up_dropped.txt does."""
    colleague = member(scene.body, Role.COORDINATOR)
    sign_up = SignUpFactory(call__partnership=scene.partnership, state=SignUpState.TALKING)
    sign_ups.move(
        sign_up_id=sign_up.pk,
        action="drop_out",
        reason="Geen begeleider",
        by=actor(scene.coordinator),
        read=None,
    )
    assert outbox() == [
        ("coordinator_sign_up_dropped", colleague.email),
        ("employer_sign_up_dropped", sign_up.email),
    ]
    assert "Geen begeleider" in mail("coordinator_sign_up_dropped").body
    to_employer = mail("employer_sign_up_dropped").body
    assert "Geen begeleider" not in to_employer
    assert scene.partnership.name in to_employer


def test_whose_seat_someone_else_ends_hears_it(scene, outbox):
    """person_seat_ended.txt"""
    seat = GroupSeatFactory(group__partnership=scene.partnership)
    own = GroupSeatFactory(group__partnership=scene.partnership, person=scene.coordinator.person)
    groups.end_seat(group_id=seat.group_id, public_id=seat.public_id, by=actor(scene.coordinator), read=None)
    groups.end_seat(group_id=own.group_id, public_id=own.public_id, by=actor(scene.coordinator), read=None)
    assert outbox() == [("person_seat_ended", seat.person.address)]
    assert seat.group.name in mail("person_seat_ended").body
