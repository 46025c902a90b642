"""Guards count people who are able to act: the table of what may end, and two who end each other at once."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from core.dates import today
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.models import Membership
from partnerships.queries.able import Gone, left_without
from partnerships.services import members, memberships
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import (
    JoinRequestFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import closed, member, side_by_side

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


def colleague(organisation, role, kind):
    """Someone else with the role, able to act or not in one way."""
    if kind == "without account":
        return MembershipFactory(organisation=organisation, role=role, person=PersonFactory())
    flags = {
        "ended": {"ends_on": YESTERDAY},
        "begins tomorrow": {"starts_on": TOMORROW},
    }.get(kind, {})
    user = member(organisation, role, **flags)
    if kind == "closed account":
        closed(user)
    return user


COLLEAGUES = [
    ("able", True),
    ("without account", False),
    ("closed account", False),
    ("ended", False),
    ("begins tomorrow", False),
]


@pytest.mark.parametrize(("kind", "may"), [*COLLEAGUES, (None, False)])
def test_manager_leaves_when_another_can_act(kind, may):
    organisation = OrganisationFactory()
    manager = member(organisation, Role.MANAGER)
    if kind:
        colleague(organisation, Role.MANAGER, kind)
    act = partial(
        memberships.end, membership_id=manager.person.memberships.get().pk, by=actor_of(manager), read=None
    )
    if may:
        act()
    else:
        with pytest.raises(ValidationError, match=f"Niemand kan {organisation.name} dan nog beheren"):
            act()
    assert Membership.objects.able().filter(organisation=organisation, role=Role.MANAGER).exists()


def test_manager_who_cannot_act_is_no_loss():
    organisation = OrganisationFactory()
    gone = colleague(organisation, Role.MANAGER, "closed account").person.memberships.get()
    other = colleague(organisation, Role.MANAGER, "closed account")
    assert left_without(Gone(roles=frozenset([gone.pk]))) == []
    memberships.end(membership_id=gone.pk, by=actor_of(other), read=None)


def coordinated(role=MemberRole.LEAD):
    """A partnership, and the organisation that coordinates it with one coordinator."""
    joined = MemberFactory(role=role)
    return joined, member(joined.organisation, Role.COORDINATOR)


@pytest.mark.parametrize(("kind", "may"), [*COLLEAGUES, (None, False)])
def test_coordinator_leaves_when_another_can_act_wherever_that_is(kind, may):
    joined, coordinator = coordinated()
    elsewhere = MemberFactory(partnership=joined.partnership, role=MemberRole.COORDINATING_BODY)
    if kind:
        colleague(elsewhere.organisation, Role.COORDINATOR, kind)
    MemberFactory(partnership=joined.partnership, organisation=OrganisationFactory())
    act = partial(
        memberships.end,
        membership_id=coordinator.person.memberships.get().pk,
        by=actor_of(coordinator),
        read=None,
    )
    if may:
        act()
    else:
        with pytest.raises(ValidationError, match=f"Niemand kan {joined.partnership.name} dan nog coördin"):
            act()


def test_coordinator_at_a_mere_member_leaves_freely():
    joined, _ = coordinated()
    user = member(
        MemberFactory(partnership=joined.partnership, role=MemberRole.MEMBER).organisation, Role.COORDINATOR
    )
    memberships.end(membership_id=user.person.memberships.get().pk, by=actor_of(user), read=None)


@pytest.mark.parametrize("act", ["leaves", "takes another role"])
@pytest.mark.parametrize(("kind", "may"), [*COLLEAGUES, (None, False)])
def test_organisation_that_coordinates_leaves_when_another_has_someone(act, kind, may):
    joined, coordinator = coordinated()
    other = MemberFactory(partnership=joined.partnership, role=MemberRole.COORDINATING_BODY)
    if kind:
        colleague(other.organisation, Role.COORDINATOR, kind)
    request = JoinRequestFactory(
        partnership=joined.partnership,
        organisation=joined.organisation,
        role=MemberRole.OBSERVER,
        accepted=True,
    )
    act = {
        "leaves": partial(members.end, member_id=joined.pk, by=actor_of(coordinator), read=None),
        "takes another role": partial(members.begin, request=request),
    }[act]
    if may:
        act()
    else:
        with pytest.raises(ValidationError, match="dan nog coördineren"):
            act()


def test_partnership_that_is_over_needs_nobody():
    over = PartnershipFactory(starts_on=today() - timedelta(days=90), ends_on=YESTERDAY)
    joined = MemberFactory(partnership=over, role=MemberRole.LEAD)
    user = member(joined.organisation, Role.COORDINATOR)
    memberships.end(membership_id=user.person.memberships.get().pk, by=actor_of(user), read=None)


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_end_each_other_leave_one():
    organisation = OrganisationFactory()
    one, other = (member(organisation, Role.MANAGER) for _ in range(2))
    acts = [
        partial(memberships.end, membership_id=whom.person.memberships.get().pk, by=actor_of(who), read=None)
        for who, whom in ((one, other), (other, one))
    ]
    results = side_by_side(*acts, refusal=ValidationError)
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert Membership.objects.able().filter(organisation=organisation).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_coordinators_of_two_organisations_leave_one():
    joined, one = coordinated()
    second = MemberFactory(partnership=joined.partnership, role=MemberRole.COORDINATING_BODY)
    other = member(second.organisation, Role.COORDINATOR)
    leave = partial(
        memberships.end, membership_id=one.person.memberships.get().pk, by=actor_of(one), read=None
    )
    withdraw = partial(members.end, member_id=second.pk, by=actor_of(other), read=None)
    results = side_by_side(leave, withdraw, refusal=ValidationError)
    assert sum(isinstance(result, ValidationError) for result in results) == 1
