"""Who an actor is: roles count in their own organisation, and only while they run."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import acting, member

pytestmark = pytest.mark.django_db


def test_actor_of_anonymous_is_refused():
    with pytest.raises(ValueError, match="signed-in"):
        actor_of(AnonymousUser())


def test_actor_takes_one_query_however_many_roles(django_assert_num_queries):
    user = UserFactory()
    for _ in range(3):
        organisation = MembershipFactory(person=user.person, role=Role.COORDINATOR).organisation
        MemberFactory(organisation=organisation, role=MemberRole.LEAD)
    GroupSeatFactory(person=user.person, of="student")
    with django_assert_num_queries(1):
        actor = actor_of(user)
    assert len(actor.coordinates) == 3
    assert len(actor.groups) == 1


@pytest.mark.parametrize(
    ("member_role", "role", "coordinates"),
    [
        (MemberRole.LEAD, Role.COORDINATOR, True),
        (MemberRole.COORDINATING_BODY, Role.COORDINATOR, True),
        (MemberRole.MEMBER, Role.COORDINATOR, False),
        (MemberRole.OBSERVER, Role.COORDINATOR, False),
        (MemberRole.LEAD, Role.MANAGER, False),
        (MemberRole.LEAD, Role.CONTACT, False),
    ],
)
def test_only_coordinators_of_lead_or_coordinating_body_coordinate(member_role, role, coordinates):
    row = MemberFactory(role=member_role)
    actor = acting(row.organisation, role)
    assert (row.partnership_id in actor.coordinates) == coordinates
    assert actor.takes_part == {row.partnership_id}


def test_ended_and_coming_memberships_give_nothing():
    organisation = OrganisationFactory()
    ended = member(organisation, Role.CONTACT, ends_on=today() - timedelta(days=1))
    coming = member(organisation, Role.CONTACT, starts_on=today() + timedelta(days=1))
    assert actor_of(ended).organisations() == frozenset()
    assert actor_of(coming).organisations() == frozenset()


def test_ended_membership_of_a_partnership_gives_nothing():
    row = MemberFactory(role=MemberRole.LEAD, ends_on=today() - timedelta(days=1))
    actor = acting(row.organisation, Role.COORDINATOR)
    assert actor.coordinates == frozenset()
    assert actor.takes_part == frozenset()


def test_a_role_in_one_organisation_gives_nothing_in_another():
    actor = acting(OrganisationFactory(), Role.CONTACT, may_sign=True)
    other = OrganisationFactory()
    assert not actor.has_role(other.pk, Role.CONTACT)
    assert not any(held.may_sign for held in actor.held if held.organisation_id == other.pk)


def test_provinces_come_from_the_partnerships_taken_part_in():
    row = MemberFactory(partnership=PartnershipFactory(provinces=["fl", "ov"]))
    assert acting(row.organisation, Role.TEACHER).provinces == {"fl", "ov"}
