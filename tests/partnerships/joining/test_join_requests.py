"""An organisation takes part by its own yes and that of the partnership, and not before both."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.enums import JoinRequestState, MemberRole
from partnerships.models import JoinRequest, Location, Member, Membership, Organisation
from partnerships.services import join_requests as service
from partnerships.services import members
from partnerships.tasks import expire_join_requests
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    LocationFactory,
    MemberFactory,
    OrganisationFactory,
)
from tests.helpers import member
from tests.partnerships.joining.acts import accept, asked, invited, take_back
from tests.reminding import days_with_mail, reminded

pytestmark = pytest.mark.django_db


def sees(user, employer) -> bool:
    """Whether anything of an organisation is to be seen: itself, its people, its places."""
    actor = actor_of(user)
    return any(
        rows.exists()
        for rows in (
            Organisation.objects.visible_to(actor).filter(pk=employer.pk),
            Membership.objects.visible_to(actor).filter(organisation=employer),
            Location.objects.visible_to(actor).filter(organisation=employer),
        )
    )


def test_nothing_of_an_organisation_is_seen_before_its_own_yes(
    partnership, employer, leader, manager, outbox
):
    LocationFactory(organisation=employer)
    request = invited(partnership, employer, leader)
    assert outbox() == [("manager_join_request_made", manager.email)]
    assert not sees(leader, employer)
    assert actor_of(manager).takes_part == frozenset()
    accept(request, manager)
    assert sees(leader, employer)
    assert actor_of(manager).takes_part == {partnership.pk}
    assert outbox() == [
        ("manager_join_request_made", manager.email),
        ("party_join_request_accepted", leader.email),
    ]
    request.refresh_from_db()
    assert (request.partnership_yes_by, request.organisation_yes_by) == (leader.person, manager.person)


def test_organisation_that_asks_waits_for_the_partnership(partnership, employer, leader, manager, outbox):
    request = asked(partnership, employer, manager)
    assert outbox() == [("coordinator_join_request_made", leader.email)]
    assert not sees(leader, employer)
    for wrong in (manager, member(employer, Role.CONTACT), UserFactory()):
        with pytest.raises(ValidationError):
            accept(request, wrong)
    accept(request, leader)
    assert sees(leader, employer)


@pytest.mark.parametrize("role", [Role.CONTACT, Role.PRACTICE_TRAINER, Role.SUPERVISOR])
def test_only_a_manager_says_yes_for_the_organisation(partnership, employer, leader, role):
    request = invited(partnership, employer, leader)
    with pytest.raises(ValidationError, match="beheerder"):
        accept(request, member(employer, role))
    with pytest.raises(ValidationError):
        accept(request, leader)
    assert not Member.objects.filter(organisation=employer).exists()


def test_each_act_twice_does_it_once(partnership, employer, leader, manager, outbox):
    assert invited(partnership, employer, leader) == invited(partnership, employer, leader)
    request = JoinRequest.objects.get(state=JoinRequestState.OPEN)
    accept(request, manager)
    accept(request, manager)
    assert Member.objects.running().filter(organisation=employer).count() == 1
    assert len(outbox()) == 2


def test_no_is_told_with_its_reason_and_can_be_taken_back(partnership, employer, leader, manager, outbox):
    request = invited(partnership, employer, leader)
    with pytest.raises(ValidationError, match="reden"):
        service.decline(request_id=request.pk, reason=" ", by=actor_of(manager), read=None)
    for _press in range(2):
        service.decline(request_id=request.pk, reason="Nu even niet.", by=actor_of(manager), read=None)
    assert ("party_join_request_declined", leader.email) in outbox()
    with pytest.raises(ValidationError):
        take_back(request, leader)
    take_back(request, manager)
    request.refresh_from_db()
    assert request.state == JoinRequestState.OPEN
    accept(request, manager)


def test_withdrawn_by_whoever_asked_and_only_before_the_answer(
    partnership, employer, leader, manager, outbox
):
    request = invited(partnership, employer, leader)
    with pytest.raises(ValidationError):
        service.withdraw(request_id=request.pk, by=actor_of(manager), read=None)
    service.withdraw(request_id=request.pk, by=actor_of(leader), read=None)
    assert ("party_join_request_withdrawn", manager.email) in outbox()
    with pytest.raises(ValidationError, match="al beantwoord"):
        accept(request, manager)
    take_back(request, leader)
    accept(request, manager)
    with pytest.raises(ValidationError, match="beantwoord"):
        service.withdraw(request_id=request.pk, by=actor_of(leader), read=None)


def test_yes_is_taken_back_within_two_weeks_and_can_be_said_again(partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    accept(request, manager)
    with pytest.raises(ValidationError):
        take_back(request, leader)
    take_back(request, manager)
    assert not sees(leader, employer)
    request.refresh_from_db()
    assert (request.state, request.organisation_yes_by) == (JoinRequestState.OPEN, None)
    accept(request, manager)
    assert sees(leader, employer)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=15), tick=True),
        pytest.raises(ValidationError),
    ):
        take_back(request, manager)


def test_what_a_newer_request_replaced_is_not_taken_back(partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    service.decline(request_id=request.pk, reason="Nu even niet.", by=actor_of(manager), read=None)
    asked(partnership, employer, manager)
    with pytest.raises(ValidationError, match="nieuwere"):
        take_back(request, manager)


def test_two_who_ask_each_other_answer_what_is_there(partnership, employer, leader, manager):
    invited(partnership, employer, leader)
    with pytest.raises(ValidationError, match="al uitgenodigd"):
        asked(partnership, employer, manager)
    other = OrganisationFactory()
    other_manager = member(other, Role.MANAGER)
    assert asked(partnership, other, other_manager) == asked(partnership, other, other_manager)
    with pytest.raises(ValidationError, match="al gevraagd"):
        invited(partnership, other, leader)


def test_who_takes_part_is_not_asked_again(partnership, employer, leader, manager):
    MemberFactory(partnership=partnership, organisation=employer)
    with pytest.raises(ValidationError, match="al lid"):
        invited(partnership, employer, leader)
    with pytest.raises(ValidationError, match="doet al mee"):
        asked(partnership, employer, manager)


def test_partnership_that_is_over_is_joined_by_nobody(partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    partnership.starts_on, partnership.ends_on = dt.date(2020, 1, 1), dt.date(2021, 1, 1)
    partnership.save()
    for act in (
        lambda: accept(request, manager),
        lambda: asked(partnership, OrganisationFactory(), manager),
        lambda: invited(partnership, OrganisationFactory(), leader),
    ):
        with pytest.raises(ValidationError):
            act()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (MemberRole.MEMBER, MemberRole.LEAD),
        (MemberRole.MEMBER, MemberRole.COORDINATING_BODY),
        (MemberRole.LEAD, MemberRole.MEMBER),
    ],
)
def test_who_coordinates_is_changed_by_a_new_yes(partnership, employer, leader, manager, before, after):
    row = MemberFactory(partnership=partnership, organisation=employer, role=before)
    with pytest.raises(ValidationError, match="Vraag het eerst"):
        members.change_role(member_id=row.pk, role=after, by=actor_of(leader), version=None)
    request = service.offer_role(member_id=row.pk, role=after, by=actor_of(leader), version=None)
    assert Member.objects.running().get(organisation=employer).role == before
    accept(request, manager)
    assert Member.objects.running().get(organisation=employer).role == after
    take_back(request, manager)
    assert Member.objects.running().get(organisation=employer).role == before


def test_other_roles_change_at_once(partnership, employer, leader):
    row = MemberFactory(partnership=partnership, organisation=employer)
    members.change_role(member_id=row.pk, role=MemberRole.OBSERVER, by=actor_of(leader), version=None)
    row.refresh_from_db()
    assert row.role == MemberRole.OBSERVER


def test_last_that_coordinates_does_not_step_down(partnership, employer, manager):
    row = MemberFactory(partnership=partnership, organisation=employer, role=MemberRole.LEAD)
    by = actor_of(member(employer, Role.COORDINATOR))
    request = service.offer_role(member_id=row.pk, role=MemberRole.MEMBER, by=by, version=None)
    with pytest.raises(ValidationError, match="dan nog coördineren"):
        accept(request, manager)
    assert Member.objects.running().get(organisation=employer).role == MemberRole.LEAD


def test_leaving_takes_back_what_was_offered(partnership, employer, leader, manager, outbox):
    row = MemberFactory(partnership=partnership, organisation=employer)
    request = service.offer_role(member_id=row.pk, role=MemberRole.LEAD, by=actor_of(leader), version=None)
    members.end(member_id=row.pk, by=actor_of(leader), read=None)
    request.refresh_from_db()
    assert request.state == JoinRequestState.WITHDRAWN
    assert ("party_join_request_withdrawn", manager.email) in outbox()


def test_silence_ends_a_request_and_both_sides_hear(partnership, employer, leader, manager, outbox):
    request = invited(partnership, employer, leader)
    assert expire_join_requests() == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=29), tick=True):
        assert expire_join_requests() == 1
        assert expire_join_requests() == 0
    request.refresh_from_db()
    assert request.state == JoinRequestState.EXPIRED
    assert outbox() == sorted(
        [
            ("manager_join_request_made", manager.email),
            ("party_join_request_expired", leader.email),
            ("party_join_request_expired", manager.email),
        ]
    )


def test_whose_turn_it_is_is_reminded_three_times(clock, partnership, employer, leader, manager):
    contact = member(employer, Role.CONTACT)
    invited(partnership, employer, leader)
    assert days_with_mail(clock, "reminder_join_request", 35) == [7, 14, 21]
    assert reminded("reminder_join_request") == {manager.pk} - {contact.pk}


def test_coordinators_are_reminded_of_who_asks(clock, partnership, employer, leader, manager):
    asked(partnership, employer, manager)
    days_with_mail(clock, "reminder_join_request", 8)
    assert reminded("reminder_join_request") == {leader.pk}


def test_answer_ends_the_reminders(clock, partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    clock.shift(dt.timedelta(days=8))
    accept(request, manager)
    assert days_with_mail(clock, "reminder_join_request", 30) == []
