"""An organisation takes part by its own yes and that of the partnership, and not before both."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.models import StateChange
from partnerships.actors import actor_of
from partnerships.enums import JoinRequestState, MemberRole
from partnerships.models import JoinRequest, Location, Member, Membership, Organisation
from partnerships.presenters.next_steps import for_coordinator, for_manager
from partnerships.services import join_requests as service
from partnerships.services import members
from partnerships.tasks import expire_join_requests
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    JoinRequestFactory,
    LocationFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import login, member, press
from tests.reminding import days_with_mail, reminded
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Flevoland")


@pytest.fixture
def leader(partnership):
    """A coordinator of the partnership."""
    return coordinator(Around(partnership=partnership))


@pytest.fixture
def employer():
    return OrganisationFactory(name="De Linde", slug="de-linde")


@pytest.fixture
def manager(employer):
    return member(employer, Role.MANAGER)


def invited(partnership, employer, leader, role=MemberRole.MEMBER):
    return service.invite(
        partnership_id=partnership.pk, organisation=employer, role=role, by=actor_of(leader)
    )


def asked(partnership, employer, manager):
    return service.ask(partnership_id=partnership.pk, organisation_id=employer.pk, by=actor_of(manager))


def accept(request, user):
    return service.accept(request_id=request.pk, by=actor_of(user), read=None)


def take_back(request, user):
    act = StateChange.objects.filter(model="partnerships.joinrequest", object_id=str(request.pk)).last()
    return service.take_back(request_id=request.pk, by=actor_of(user), act_id=act.pk)


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


# Pages


def test_invitation_stands_on_the_first_page_of_the_manager(client, partnership, employer, leader, manager):
    login(client, leader)
    form = reverse("partnerships:coordination-member-invite", args=[partnership.slug])
    assert client.get(form).status_code == 200
    data = {"organisation": employer.pk, "role": "member"}
    members_page = reverse("partnerships:coordination-members", args=[partnership.slug])
    assert client.post(form, data).url == members_page
    request = JoinRequest.objects.get(organisation=employer)
    assert request.get_absolute_url() in client.get(members_page).content.decode()
    login(client, manager)
    for page in ("/werkgever/de-linde/", "/organisatie/de-linde/mensen/"):
        assert request.get_absolute_url() in client.get(page).content.decode()
    page = client.get(request.get_absolute_url()).content.decode()
    assert "Ja, we doen mee" in page
    accept_url = reverse("partnerships:join-request-accept", args=[request.public_id])
    for _press in range(2):
        page = press(client, accept_url, request, follow=True).content.decode()
        assert "doet vanaf vandaag mee" in page
    assert "Terugdraaien" in page
    assert partnership.name in client.get("/organisatie/de-linde/samenwerkingen/").content.decode()


@pytest.mark.parametrize("ends", [False, True])
def test_page_of_an_accepted_request_says_so_and_asks_no_more(
    client, partnership, employer, leader, manager, ends
):
    request = service.ask(partnership_id=partnership.pk, organisation_id=employer.pk, by=actor_of(manager))
    login(client, manager)
    assert "wil meedoen in" in client.get(request.get_absolute_url()).content.decode()
    accept(request, leader)
    if ends:
        members.end(member_id=Member.objects.get(organisation=employer).pk, by=actor_of(leader), read=None)
    page = client.get(request.get_absolute_url()).content.decode()
    assert "wil meedoen in" not in page
    assert "vroeg om mee te doen in" in page
    assert ("doet niet meer mee" if ends else "Aangenomen: de organisatie doet mee.") in page


def test_partnership_is_found_by_name_and_asked(client, partnership, employer, leader, manager):
    hidden = PartnershipFactory(name="Zorgpact besloten", is_published=False)
    login(client, manager)
    page = client.get("/organisatie/de-linde/samenwerkingen/", {"naam": "zorgpact"}).content.decode()
    assert partnership.name in page
    assert hidden.name not in page
    assert (
        "Zorgpact" not in client.get("/organisatie/de-linde/samenwerkingen/", {"naam": "zo"}).content.decode()
    )
    ask_url = reverse("partnerships:join-request-ask", args=["de-linde", partnership.slug])
    for _press in range(2):
        assert "ligt bij de coördinatoren" in client.post(ask_url, follow=True).content.decode()
    assert (
        client.post(reverse("partnerships:join-request-ask", args=["de-linde", hidden.slug])).status_code
        == 404
    )
    login(client, leader)
    request = JoinRequest.objects.get(organisation=employer)
    steps = for_coordinator(actor_of(leader), partnership.pk)
    assert [step.url for step in steps] == [request.get_absolute_url()]
    decline_url = reverse("partnerships:join-request-decline", args=[request.public_id])
    assert press(client, decline_url, request, {"reason": ""}).status_code == 200
    page = press(client, decline_url, request, {"reason": "We zitten vol."}, follow=True).content.decode()
    assert "We zitten vol." in page


def test_old_page_takes_back_nothing_else(client, partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    accept(request, manager)
    login(client, manager)
    undo = reverse("partnerships:join-request-take-back", args=[request.public_id])
    page = client.post(undo, {"act": "0"}, follow=True).content.decode()
    assert "iets anders gebeurd" in page
    assert Member.objects.running().filter(organisation=employer).exists()


def test_steps_of_a_manager_hold_what_waits(partnership, employer, leader, manager):
    request = invited(partnership, employer, leader)
    assert [step.url for step in for_manager(actor_of(manager), employer.pk)] == [request.get_absolute_url()]
    contact = member(employer, Role.CONTACT)
    assert for_manager(actor_of(contact), employer.pk) == []


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(
    client, partnership, employer, leader, manager, number, django_assert_num_queries
):
    for _each in range(number):
        JoinRequestFactory(organisation=employer)
        JoinRequestFactory(partnership=partnership)
        JoinRequestFactory(partnership=partnership, state="withdrawn")
        MemberFactory(organisation=employer)
    login(client, manager)
    own = "/organisatie/de-linde/samenwerkingen/"
    client.get(own)
    with django_assert_num_queries(7):
        client.get(own)
    login(client, leader)
    inside = reverse("partnerships:coordination-members", args=[partnership.slug])
    client.get(inside)
    with django_assert_num_queries(10):
        client.get(inside)
