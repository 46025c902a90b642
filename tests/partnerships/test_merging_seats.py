"""Two entries of one human who both sit in a group: one seat goes on, with all that either had to say."""

import pytest

from accounts.services import people
from partnerships.models import Affiliation, GroupSeat
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
)
from tests.portal.test_merging_links import at_commit

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return UserFactory().person, PersonFactory()


def merged(pair):
    kept, dropped = pair
    people.merge(kept=kept, dropped=dropped, by=kept.pk)
    at_commit()
    return kept


@pytest.mark.parametrize(
    ("kinds", "go_on"), [(("client", "client"), {"client"}), (("client", "carer"), {"client", "carer"})]
)
def test_who_takes_part_twice_and_sits_twice_sits_once(pair, kinds, go_on):
    group = GroupFactory()
    for person, kind in zip(pair, kinds, strict=True):
        takes_part = AffiliationFactory(person=person, partnership=group.partnership, kind=kind)
        values = {"organisation": None, "affiliation": takes_part, "perspective": "carer_or_client"}
        GroupSeatFactory(person=person, group=group, **values)
    kept = merged(pair)
    assert GroupSeat.objects.held().get(group=group).person == kept
    running = Affiliation.objects.running().filter(partnership=group.partnership)
    assert {(row.person, row.kind) for row in running} == {(kept, kind) for kind in go_on}


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize(
    ("more", "less"),
    [
        ({"is_chair": True}, {}),
        ({"is_secretary": True}, {"is_observer": True}),
        ({}, {"is_observer": True}),
    ],
)
def test_seat_with_more_to_say_goes_on_whoever_had_it(pair, which, more, less):
    member = MemberFactory()
    group = GroupFactory(partnership=member.partnership)
    for at, person in enumerate(pair):
        MembershipFactory(person=person, organisation=member.organisation)
        given = more if at == which else less
        GroupSeatFactory(person=person, group=group, organisation=member.organisation, **given)
    kept = merged(pair)
    seat = GroupSeat.objects.held().get(group=group)
    assert seat.person == kept
    assert {name: getattr(seat, name) for name in (*more, *less)} == {**dict.fromkeys(less, False), **more}
