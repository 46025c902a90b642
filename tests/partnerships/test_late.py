"""Acts on people and members on a page that is old by now: nothing happens, and it is said."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.models import MembershipInvitation
from partnerships.services import locations, members, memberships, sign_ups
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
    RoleRequestFactory,
    SignUpFactory,
)
from tests.helpers import login, member, press
from tests.late import press_late

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def manager(client, organisation):
    user = member(organisation, Role.MANAGER)
    login(client, user)
    return user


def invited(organisation) -> MembershipInvitation:
    return MembershipInvitationFactory(organisation=organisation, role=Role.CONTACT)


@pytest.mark.parametrize("name", ["people-invite-again", "people-invite-withdraw"])
def test_invitation_is_sent_again_and_withdrawn_as_it_was_read(client, organisation, manager, name):
    row = invited(organisation)
    url = reverse(f"partnerships:{name}", args=[organisation.slug, row.public_id])
    press_late(client, url, row.invitation)


def test_address_is_corrected_as_it_was_read_and_what_was_typed_stays(client, organisation, manager):
    person = invited(organisation).invitation.person
    url = reverse("partnerships:person-address", args=[organisation.slug, person.public_id])
    press_late(client, url, person, {"email": "anders@zorg.example"})


def test_own_role_goes_on_as_it_was_read(client, organisation, manager):
    own = MembershipFactory(person=manager.person, organisation=organisation, role=Role.CONTACT)
    memberships.end(membership_id=own.pk, by=actor_of(manager), read=None)
    press_late(client, reverse("partnerships:own-role-take-back", args=[own.public_id]), own)


def test_organisation_takes_part_again_as_it_was_read(client, partnership, coordinator):
    row = MemberFactory(partnership=partnership)
    members.end(member_id=row.pk, by=actor_of(coordinator), read=None)
    here = [partnership.slug, row.organisation.slug]
    press_late(client, reverse("partnerships:coordination-member-take-back", args=here), row)


def test_location_goes_on_as_it_was_read(client, organisation, manager):
    row = LocationFactory(organisation=organisation)
    locations.close(location_id=row.pk, by=actor_of(manager), read=None)
    press_late(client, reverse("partnerships:location-reopen", args=[organisation.slug, row.public_id]), row)


def test_request_for_a_role_is_taken_back_as_it_was_read(client, organisation):
    row = RoleRequestFactory(organisation=organisation)
    login(client, row.person.user)
    press_late(client, reverse("partnerships:role-request-withdraw", args=[row.public_id]), row)


def test_affiliation_ends_as_it_was_read(client, partnership, coordinator):
    row = AffiliationFactory(kind="client", partnership=partnership)
    seat = GroupSeatFactory(
        group=GroupFactory(partnership=partnership),
        person=row.person,
        affiliation=row,
        organisation=None,
        perspective=row.voice,
    )
    here = [partnership.slug, seat.group.public_id, seat.public_id]
    press_late(client, reverse("partnerships:coordination-affiliation-end", args=here), row)


def test_seat_is_invited_again_as_it_was_read(client, partnership, coordinator):
    group = GroupFactory(partnership=partnership)
    names = [partnership.slug, group.public_id]
    newcomer = {"first_name": "Cor", "email": "cor@buurt.example", "kind": "client"}
    client.post(reverse("partnerships:coordination-seat-newcomer", args=names), newcomer)
    seat = group.seats.get()
    url = reverse("partnerships:coordination-seat-invite-again", args=[*names, seat.public_id])
    press_late(client, url, seat.invitation)


@pytest.mark.parametrize("act", ["", "0"])
def test_step_of_an_employer_that_was_not_on_the_page_stands(client, partnership, coordinator, act):
    row = SignUpFactory(call__partnership=partnership, confirmed_at=timezone.now())
    sign_ups.move(sign_up_id=row.pk, action="talk", by=actor_of(coordinator), read=None)
    url = reverse("partnerships:coordination-sign-up-take-back", args=[partnership.slug, row.public_id])
    assert "iets anders gebeurd" in client.post(url, {"act": act}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "talking"


def test_sign_up_is_taken_in_after_the_page_that_says_what_comes_of_it(client, partnership, coordinator):
    row = SignUpFactory(call__partnership=partnership, confirmed_at=timezone.now())
    url = reverse("partnerships:coordination-sign-up-accept", args=[partnership.slug, row.public_id])
    data = {"kind": "welfare"}
    page = press(client, url, row, data).content.decode()
    assert f"{row.organisation_name} wordt een eigen organisatie" in page
    assert "gevraagd om mee te doen" in page
    assert f"{row.contact_name} ({row.email}) krijgt een uitnodiging" in page
    row.refresh_from_db()
    assert row.organisation is None
    press_late(client, url, row, data | {"sure": "1"})
    assert press(client, url, row, data | {"sure": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.organisation.members.count() == 0
    assert row.organisation.join_requests.count() == 1


def test_known_member_is_neither_asked_nor_invited(client, partnership, coordinator):
    known = MemberFactory(partnership=partnership).organisation
    member(known, Role.MANAGER)
    row = SignUpFactory(call__partnership=partnership, confirmed_at=timezone.now())
    url = reverse("partnerships:coordination-sign-up-accept", args=[partnership.slug, row.public_id])
    page = press(client, url, row, {"kind": "welfare", "organisation": known.pk}).content.decode()
    assert "doet al mee" in page
    assert "krijgt een uitnodiging" not in page
