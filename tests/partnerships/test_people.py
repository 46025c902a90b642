"""What managers do: invite people, end roles, keep locations in order."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import locations
from tests.factories.partnerships import (
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.helpers import login, member, press

pytestmark = pytest.mark.django_db


# People


def test_manager_invites_by_the_form_and_takes_it_back(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    url = reverse("partnerships:people-invite", args=[organisation.slug])
    data = {"email": "joke@zorg.example", "first_name": "Joke", "role": Role.SUPERVISOR, "may_sign": "on"}
    assert "may_sign" in client.post(url, data).context["form"].errors
    assert client.post(url, {**data, "may_sign": ""}).status_code == 302
    invited = organisation.invitations.get()
    again = client.post(url, {**data, "may_sign": ""})
    assert again.status_code == 200
    assert again.context["form"]["email"].value() == "joke@zorg.example"
    withdraw = reverse("partnerships:people-invite-withdraw", args=[organisation.slug, invited.public_id])
    for _ in range(2):
        page = press(client, withdraw, invited.invitation, follow=True)
        assert page.status_code == 200
    assert "Deze uitnodiging is al gebruikt of ingetrokken." in page.content.decode()
    invited.invitation.refresh_from_db()
    assert invited.invitation.revoked_at is not None


@pytest.mark.parametrize("act", ["beeindigen", "wijzigen"])
def test_role_that_ended_meanwhile_is_said_kindly(client, act):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    left = MembershipFactory(organisation=organisation, role=Role.CONTACT, starts_on=today() - timedelta(9))
    end = reverse("partnerships:people-end", args=[organisation.slug, left.public_id])
    assert press(client, end, left).status_code == 302
    for method in (client.get, client.post):
        response = method(end.replace("beeindigen", act), follow=True)
        assert response.redirect_chain[-1][0] == reverse("partnerships:people-list", args=[organisation.slug])
        assert "Deze rol was al beëindigd." in response.content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_people_list_queries(client, fetched_in, item_count):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    MembershipFactory.create_batch(item_count - 1, organisation=organisation)
    MembershipFactory()  # another organisation's: must not show
    url = reverse("partnerships:people-list", args=[organisation.slug])
    response = fetched_in(8, url)
    assert len(response.context["rows"]) == item_count


# Locations


def test_location_with_a_taken_name_or_bad_postcode_is_explained(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    LocationFactory(organisation=organisation, name="Molenhof")
    url = reverse("partnerships:location-create", args=[organisation.slug])
    assert client.get(url).context["form"]["municipality"].label == "Plaats"  # nobody lives there
    response = client.post(url, {"name": "Molenhof", "municipality": "Lelystad", "pc4": "82"})
    assert "pc4" in response.context["form"].errors
    response = client.post(url, {"name": "Molenhof", "municipality": "Lelystad", "pc4": "8224"})
    assert response.context["form"].errors
    assert organisation.locations.count() == 1
    assert Membership.objects.filter(organisation=organisation).count() == 1


def test_name_of_a_closed_location_is_free_again(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    LocationFactory(organisation=organisation, name="Molenhof", ends_on=today(), ended_at=timezone.now())
    url = reverse("partnerships:location-create", args=[organisation.slug])
    data = {"name": "Molenhof", "municipality": "Lelystad", "pc4": "8232"}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert "Er is al een locatie met deze naam." in again.content.decode()
    assert organisation.locations.filter(name="Molenhof", ends_on=None).count() == 1


@pytest.mark.parametrize("act", ["sluiten", "wijzigen"])
def test_location_that_was_closed_meanwhile_is_said_kindly(client, act):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    location = LocationFactory(organisation=organisation)
    close = reverse("partnerships:location-close", args=[organisation.slug, location.public_id])
    assert press(client, close, location).status_code == 302
    for method in (client.get, client.post):
        response = method(close.replace("sluiten", act), follow=True)
        assert response.redirect_chain[-1][0] == reverse(
            "partnerships:location-list", args=[organisation.slug]
        )
        assert "Deze locatie is gesloten." in response.content.decode()


@pytest.mark.parametrize("item_count", [1, 3])
def test_location_list_queries(client, fetched_in, item_count):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.CONTACT))
    LocationFactory.create_batch(item_count, organisation=organisation)
    LocationFactory()
    LocationFactory(organisation=organisation, ends_on=today(), ended_at=timezone.now())
    url = reverse("partnerships:location-list", args=[organisation.slug])
    response = fetched_in(4, url)
    assert len(list(response.context["page"])) == item_count


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_of_locations_that_can_be_opened_again_costs_the_same(client, fetched_in, item_count):
    organisation = OrganisationFactory()
    manager = member(organisation, Role.MANAGER)
    login(client, manager)
    for row in LocationFactory.create_batch(item_count, organisation=organisation):
        locations.close(location_id=row.pk, by=actor_of(manager), read=None)
    response = fetched_in(7, reverse("partnerships:location-list", args=[organisation.slug]))
    assert len(response.context["closed"]) == item_count
