"""What happened around an account is noted, without addresses or tokens, and shown to its owner."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import SecurityEvent
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import memberships
from tests.accounts.test_signing_in import sign_in
from tests.factories.accounts import PersonFactory, SecurityEventFactory, UserFactory
from tests.factories.partnerships import OrganisationFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def noted():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", "person", "what", "network"))


def test_signing_in_is_noted_with_the_first_part_of_the_network(client):
    user = UserFactory()
    sign_in(client, user.email, "fout-fout-fout", REMOTE_ADDR="192.0.2.77")
    sign_in(client, user.email, REMOTE_ADDR="2001:db8:1:2:3::4")
    assert noted() == [
        ("wrong_password", user.person.pk, "", "192.0.2.0/24"),
        ("signed_in", user.person.pk, "", "2001:db8:1::/48"),
    ]


def test_throttle_is_noted_once_however_often_it_refuses(client):
    user = UserFactory()
    for _turn in range(9):
        sign_in(client, user.email, "fout-fout-fout")
    kinds = [kind for kind, *_rest in noted()]
    assert kinds == [*["wrong_password"] * 5, "throttled"]
    assert SecurityEvent.objects.get(kind="throttled").what == "wrong_password"


def test_unknown_address_leaves_no_name_behind(client):
    sign_in(client, "niemand@voorbeeld.test", "fout-fout-fout")
    assert noted() == [("wrong_password", None, "", "127.0.0.0/24")]
    assert "niemand" not in str(SecurityEvent.objects.values().get())


def test_refused_page_is_noted_by_its_name_once_an_hour(client):
    user = UserFactory()
    login(client, user)
    for _turn in range(2):
        assert client.get(reverse("administration")).status_code == 403
    assert noted() == [("denied", user.person.pk, "administration", "127.0.0.0/24")]


def test_role_that_begins_and_ends_is_noted():
    organisation = OrganisationFactory(slug="de-linde")
    manager = member(organisation, Role.MANAGER)
    person = PersonFactory()
    memberships.give(organisation=organisation, person=person, role=Role.CONTACT)
    membership = Membership.objects.get(person=person)
    memberships.end(membership_id=membership.pk, by=actor_of(manager))
    assert noted() == [("rights", person.pk, "contact de-linde", "")] * 2


def test_owner_sees_own_events_alone(client):
    user = UserFactory()
    SecurityEventFactory(person=user.person, network="192.0.2.0/24")
    SecurityEventFactory(network="203.0.113.0/24")
    login(client, user)
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "ingelogd (192.0.2.0/24)" in page
    assert "203.0.113" not in page
