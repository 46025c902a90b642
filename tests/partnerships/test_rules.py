"""Verdicts about people, locations, seats and sign-ups, each in its grade: never yours, not now, or allowed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.access import Verdict
from core.dates import today
from partnerships.actors import actor_of
from partnerships.rules import calls, groups, memberships, sign_ups
from tests.factories.partnerships import (
    CallFactory,
    GroupSeatFactory,
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
    SignUpFactory,
)
from tests.helpers import acting

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)
NEVER, NOT_NOW, ALLOWED = "never", "not now", "allowed"


def grade(verdict: Verdict) -> str:
    return ALLOWED if verdict else NEVER if verdict.is_final else NOT_NOW


@pytest.mark.parametrize(
    ("who", "ends_on", "change", "end"),
    [
        ("manager", None, ALLOWED, ALLOWED),
        ("manager", today(), ALLOWED, ALLOWED),
        ("manager", YESTERDAY, NOT_NOW, NOT_NOW),
        ("self", None, NEVER, ALLOWED),
        ("self", YESTERDAY, NEVER, NOT_NOW),
        ("colleague", None, NEVER, NEVER),
        ("colleague", YESTERDAY, NEVER, NEVER),
        ("manager elsewhere", None, NEVER, NEVER),
        ("manager elsewhere", YESTERDAY, NEVER, NEVER),
    ],
)
def test_who_changes_and_ends_a_role(who, ends_on, change, end):
    row = MembershipFactory(role=Role.TEACHER, ends_on=ends_on)
    actor = {
        "manager": lambda: acting(row.organisation, Role.MANAGER),
        "self": lambda: actor_of(row.person.user),
        "colleague": lambda: acting(row.organisation, Role.CONTACT),
        "manager elsewhere": lambda: acting(OrganisationFactory(), Role.MANAGER),
    }[who]()
    found = (grade(memberships.can_change(actor, row)), grade(memberships.can_end(actor, row)))
    assert found == (change, end)


@pytest.mark.parametrize(
    ("role", "ends_on", "expected"),
    [
        (Role.MANAGER, None, ALLOWED),
        (Role.MANAGER, today(), ALLOWED),
        (Role.MANAGER, YESTERDAY, NOT_NOW),
        (Role.CONTACT, None, NEVER),
        (Role.CONTACT, YESTERDAY, NEVER),
    ],
)
def test_who_works_on_a_location(role, ends_on, expected):
    location = LocationFactory(ends_on=ends_on)
    verdict = memberships.can_work_on_location(acting(location.organisation, role), location)
    assert grade(verdict) == expected


@pytest.mark.parametrize(("ends_on", "expected"), [(None, ALLOWED), (today(), ALLOWED), (YESTERDAY, NOT_NOW)])
def test_seat_is_ended_once(ends_on, expected):
    assert grade(groups.can_end_seat(GroupSeatFactory(ends_on=ends_on))) == expected
    assert grade(groups.can_end_seat(None)) == NOT_NOW


@pytest.mark.parametrize(
    ("is_confirmed", "is_accepted", "expected"),
    [(False, False, NOT_NOW), (True, False, ALLOWED), (True, True, NOT_NOW)],
)
def test_sign_up_is_accepted_once_and_after_it_was_confirmed(is_confirmed, is_accepted, expected):
    sign_up = SignUpFactory(
        confirmed_at=timezone.now() if is_confirmed else None,
        organisation=OrganisationFactory() if is_accepted else None,
    )
    assert grade(sign_ups.can_accept(sign_up)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ALLOWED),
        ({"deadline": today()}, ALLOWED),
        ({"deadline": YESTERDAY}, NOT_NOW),
        ({"is_published": False}, NOT_NOW),
    ],
)
def test_call_takes_sign_ups_until_its_deadline(fields, expected):
    assert grade(calls.can_sign_up(CallFactory(**fields))) == expected
