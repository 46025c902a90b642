"""The right to a group's papers: it rests on the seat, and on all that the seat rests on."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from core import periods
from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Group
from students.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import AffiliationFactory, GroupFactory, GroupSeatFactory, MemberFactory
from tests.helpers import member

pytestmark = pytest.mark.django_db
YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def seat():
    """A colleague of a member organisation, in a group of the partnership."""
    joined = MemberFactory()
    person = member(joined.organisation, Role.CONTACT).person
    group = GroupFactory(partnership=joined.partnership)
    return GroupSeatFactory(group=group, person=person, organisation=joined.organisation)


def reads(seat) -> bool:
    actor = actor_of(seat.person.user)
    return seat.group_id in actor.groups and Group.objects.visible_to(actor).exists()


def over(row) -> None:
    row.starts_on, row.ends_on = YESTERDAY - timedelta(days=9), YESTERDAY
    row.save()


def test_whoever_sits_for_a_member_reads(seat):
    assert reads(seat)


ENDS = {
    "the seat ended": lambda seat: periods.end(seat),
    "the group is over": lambda seat: over(seat.group),
    "the partnership is over": lambda seat: over(seat.group.partnership),
    "the organisation left": lambda seat: periods.end(seat.organisation.members.get()),
    "the person left the organisation": lambda seat: periods.end(seat.person.memberships.get()),
}


@pytest.mark.parametrize("what", ENDS)
def test_papers_close_when_what_the_seat_rests_on_ends(seat, what):
    ENDS[what](seat)
    assert not reads(seat)


def takes_part_no_more(seat) -> None:
    """By hand, or a student by the enrolment."""
    if seat.affiliation.kind != "student":
        periods.end(seat.affiliation)
    Enrolment.objects.filter(pk=seat.affiliation.source_id).update(state="completed", ended_on=today())


VOICE_ENDS = {
    "the seat ended": lambda seat: periods.end(seat),
    "the group is over": lambda seat: over(seat.group),
    "the partnership is over": lambda seat: over(seat.group.partnership),
    "the person takes part no more": takes_part_no_more,
}


@pytest.mark.parametrize("kind", ["student", "client", "carer", "expert"])
@pytest.mark.parametrize("what", VOICE_ENDS)
def test_voice_without_an_organisation_reads_while_all_it_rests_on_runs(what, kind):
    seat = GroupSeatFactory(person=UserFactory().person, of=kind)
    assert reads(seat)
    VOICE_ENDS[what](seat)
    assert not reads(seat)


def test_voice_of_another_partnership_reads_nothing():
    elsewhere = AffiliationFactory()
    seat = GroupSeatFactory(person=elsewhere.person, affiliation=elsewhere)
    assert not reads(seat)
