"""What is written at the moment at which two rows become one: it goes along, or comes too late and is not lost unseen."""

import threading
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from accounts.enums import Role
from accounts.services import invitations
from accounts.services import people as accounts_people
from core import mail
from core.tokens import digest_of
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import locations, memberships, organisations, people
from placements.models import Slot
from tests.factories.accounts import InvitationFactory, PersonFactory, UserFactory
from tests.factories.partnerships import (
    LocationFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.placements import SlotFactory
from tests.helpers import A_MOMENT, acting, meanwhile, side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_broker(monkeypatch):
    monkeypatch.setattr(mail, "_wake", lambda: None)


def of_organisations():
    kept, dropped = OrganisationFactory(), OrganisationFactory()
    person = PersonFactory()
    values = {"kept_id": kept.pk, "dropped_id": dropped.pk, "read": None}
    merge = partial(organisations.merge, by=actor_of(UserFactory(admin=True)), **values, digest=None)
    write = partial(memberships.give, organisation=dropped, person=person, role=Role.COLLEAGUE)
    return kept, merge, write, lambda: {row.organisation for row in Membership.objects.all()}


def of_locations():
    kept = LocationFactory()
    dropped = LocationFactory(organisation=kept.organisation)
    by = acting(kept.organisation, Role.MANAGER)
    values = {"kept_id": kept.pk, "dropped_id": dropped.pk, "read": None}
    merge = partial(locations.merge, by=by, **values, digest=None)
    write = partial(SlotFactory, organisation=kept.organisation, location=dropped)
    return kept, merge, write, lambda: {row.location for row in Slot.objects.all()}


def of_people():
    kept, dropped, organisation = UserFactory().person, PersonFactory(), OrganisationFactory()
    merge = partial(accounts_people.merge, kept=kept, dropped=dropped, by=kept.pk)
    write = partial(memberships.give, organisation=organisation, person=dropped, role=Role.COLLEAGUE)
    return kept, merge, write, lambda: {row.person for row in Membership.objects.all()}


@pytest.mark.parametrize("of", [of_organisations, of_locations, of_people])
def test_what_was_begun_before_a_merge_goes_along(of):
    kept, merge, write, found = of()
    meanwhile(write, merge)
    assert found() == {kept}


@pytest.mark.parametrize("of", [of_organisations, of_locations, of_people])
def test_who_writes_after_a_merge_is_sent_away_and_may_come_again(of):
    kept, merge, write, found = of()
    _merged, refused = meanwhile(merge, write, refusal=OperationalError)
    assert isinstance(refused, OperationalError)  # the page that says: try again
    assert found() <= {kept}


def test_two_entries_merged_both_ways_at_once_are_one():
    organisation = OrganisationFactory()
    pair = [
        MembershipFactory(person=PersonFactory(), organisation=organisation, role=Role.SUPERVISOR).person
        for _turn in range(2)
    ]
    acts = [
        partial(
            people.merge_by_hand,
            organisation_id=organisation.pk,
            kept_id=kept.pk,
            dropped_id=dropped.pk,
            by=acting(organisation, Role.MANAGER),
            read=None,
            digest=None,
        )
        for kept, dropped in (pair, pair[::-1])
    ]
    results = side_by_side(*acts, refusal=ValidationError)
    assert [isinstance(result, ValidationError) for result in results].count(True) == 1
    for person in pair:
        person.refresh_from_db()
    assert [person.merged_into for person in pair].count(None) == 1


def test_nobody_waits_for_who_waits_when_an_invitation_is_accepted_meanwhile(monkeypatch):
    """Accepting locks what was mailed, then the people; so does who makes them one by hand."""
    organisation = OrganisationFactory()
    manager = acting(organisation, Role.MANAGER)
    kept = PersonFactory(email="joke@linde.example")
    dropped = PersonFactory(email="jokke@linde.example")
    for person in (kept, dropped):
        MembershipFactory(person=person, organisation=organisation, role=Role.SUPERVISOR)
    InvitationFactory(person=dropped, email=dropped.email, token_digest=digest_of("woord"))
    owner = UserFactory(email=dropped.email)
    monkeypatch.setattr(people, "is_known_elsewhere", lambda *_who: False)
    took, finish, begun = invitations._take, threading.Event(), threading.Event()

    def take_and_wait(token: str) -> Any:
        taken = took(token)
        begun.set()
        finish.wait(A_MOMENT)
        return taken

    monkeypatch.setattr(invitations, "_take", take_and_wait)

    def merge() -> Any:
        begun.wait(30)
        return people.merge_by_hand(
            organisation_id=organisation.pk,
            kept_id=kept.pk,
            dropped_id=dropped.pk,
            by=manager,
            read=None,
            digest=None,
        )

    accept = partial(invitations.accept, token="woord", user=owner, digest=None)
    accepted, merged = side_by_side(accept, merge, refusal=ValidationError)
    assert accepted.accepted_by == owner.person
    assert isinstance(merged, ValidationError)  # by then the entry is that of the owner
