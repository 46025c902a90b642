"""The pages on which an organisation and a partnership ask each other, and answer."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.models import JoinRequest, Member
from partnerships.presenters.next_steps import for_coordinator, for_manager
from partnerships.services import join_requests as service
from partnerships.services import members
from tests.factories.partnerships import (
    JoinRequestFactory,
    MemberFactory,
    PartnershipFactory,
)
from tests.helpers import login, member, press
from tests.partnerships.joining.acts import accept, invited

pytestmark = pytest.mark.django_db


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
    with django_assert_num_queries(4):
        client.get(own)
    login(client, leader)
    inside = reverse("partnerships:coordination-members", args=[partnership.slug])
    client.get(inside)
    with django_assert_num_queries(7):
        client.get(inside)
