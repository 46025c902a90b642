"""Who works for an organisation in which capacity: the table behind who is told and who is reminded."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from core import periods
from core.dates import today
from partnerships.actors import actor_of
from partnerships.enums import MemberRole
from partnerships.models import Membership
from partnerships.queries.people import by_organisation, coordinators_of, held, people, people_of
from partnerships.roles import EMPLOYER_PARTY, KEEPS_SLOTS, SIGNS_FOR_EMPLOYER
from partnerships.rules import memberships
from tests.factories.partnerships import (
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import closed, member

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = today() - timedelta(days=1), today() + timedelta(days=1)


@pytest.mark.parametrize(
    ("role", "keeps_slots", "is_party", "signs"),
    [
        (Role.MANAGER, True, False, True),
        (Role.CONTACT, True, True, True),
        (Role.PRACTICE_TRAINER, True, True, True),
        (Role.SUPERVISOR, False, False, False),
        (Role.TEACHER, False, False, False),
        (Role.COORDINATOR, False, False, False),
    ],
)
def test_people_by_role(role, keeps_slots, is_party, signs):
    employer = OrganisationFactory()
    user = member(employer, role)
    found = [people_of(employer.pk, roles) == [user.person] for roles in (KEEPS_SLOTS, EMPLOYER_PARTY)]
    assert [*found, role in SIGNS_FOR_EMPLOYER] == [keeps_slots, is_party, signs]


@pytest.mark.parametrize(
    ("flags", "is_active", "may_sign", "is_found"),
    [
        ({}, True, False, True),
        ({}, True, True, False),
        ({"may_sign": True}, True, True, True),
        ({"may_sign": True}, False, True, False),
        ({}, False, False, False),
        ({"ends_on": YESTERDAY}, True, False, False),
        ({"ends_on": today()}, True, False, True),
        ({"starts_on": TOMORROW}, True, False, False),
    ],
)
def test_people_of_today_with_a_working_account(flags, is_active, may_sign, is_found):
    employer = OrganisationFactory()
    user = member(employer, Role.CONTACT, **{"starts_on": today() - timedelta(days=9), **flags})
    if not is_active:
        closed(user)
    found = by_organisation(held([employer.pk], EMPLOYER_PARTY, may_sign=may_sign))
    assert found == ({employer.pk: [user.person]} if is_found else {})


def test_each_person_once_and_organisations_apart():
    one, other = OrganisationFactory.create_batch(2)
    both, second = member(one, Role.CONTACT), member(other, Role.PRACTICE_TRAINER)
    for organisation, role in ((one, Role.PRACTICE_TRAINER), (other, Role.CONTACT)):
        MembershipFactory(person=both.person, organisation=organisation, role=role)
    assert people([one.pk, other.pk], EMPLOYER_PARTY) == {
        one.pk: [both.person],
        other.pk: [both.person, second.person],
    }


@pytest.mark.parametrize(
    ("member_role", "role", "left", "is_found"),
    [
        (MemberRole.LEAD, Role.COORDINATOR, None, True),
        (MemberRole.COORDINATING_BODY, Role.COORDINATOR, None, True),
        (MemberRole.MEMBER, Role.COORDINATOR, None, False),
        (MemberRole.OBSERVER, Role.COORDINATOR, None, False),
        (MemberRole.LEAD, Role.MANAGER, None, False),
        (MemberRole.LEAD, Role.COORDINATOR, YESTERDAY, False),
    ],
)
def test_coordinators_work_where_a_partnership_is_led(member_role, role, left, is_found):
    partnership = PartnershipFactory()
    joined = MemberFactory(
        partnership=partnership, role=member_role, starts_on=today() - timedelta(days=9), ends_on=left
    )
    user = member(joined.organisation, role)
    assert coordinators_of(partnership.pk) == ([user.person] if is_found else [])


def test_role_ended_today_is_over_at_once_for_everyone_who_asks():
    employer = OrganisationFactory()
    MemberFactory(organisation=employer)
    role = MembershipFactory(organisation=employer, role=Role.CONTACT)
    colleague = MembershipFactory(organisation=employer, role=Role.CONTACT)
    assert Membership.objects.visible_to(actor_of(role.person.user)).count() == 2
    periods.end(role)
    left = actor_of(role.person.user)
    assert (left.organisations(), left.takes_part) == (frozenset(), frozenset())
    assert not Membership.objects.visible_to(left).exists()
    verdict = memberships.can_end(left, role)
    assert (bool(verdict), verdict.is_final) == (False, False)
    assert people_of(employer.pk, EMPLOYER_PARTY) == [colleague.person]


def test_member_that_left_today_coordinates_no_more():
    partnership = PartnershipFactory()
    row = MemberFactory(partnership=partnership, role=MemberRole.LEAD)
    user = member(row.organisation, Role.COORDINATOR)
    assert coordinators_of(partnership.pk) == [user.person]
    periods.end(row)
    assert coordinators_of(partnership.pk) == []
    assert actor_of(user).coordinates == frozenset()
    assert actor_of(user).takes_part == frozenset()
