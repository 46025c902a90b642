"""When a row with days runs, is over, and how it ends today: one table for everyone who asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import periods
from core.dates import today
from partnerships.models import Group, GroupSeat, Member, Membership
from tests.factories.partnerships import GroupFactory, GroupSeatFactory, MemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db

# first day, last day (counted from today; None is unknown), whether it runs, whether it is over
PERIODS = [
    (-10, None, True, False),
    (-10, 10, True, False),
    (-10, 0, True, False),  # the last day counts whole
    (0, None, True, False),  # and so does the first
    (-10, -1, False, True),
    (1, None, False, False),
    (1, 10, False, False),
]


def day(offset):
    return None if offset is None else today() + timedelta(days=offset)


@pytest.mark.parametrize(("first", "last", "runs", "over"), PERIODS)
@pytest.mark.parametrize("factory", [MemberFactory, MembershipFactory, GroupSeatFactory])
def test_who_runs_and_who_is_over(factory, first, last, runs, over):
    row = factory(starts_on=day(first), ends_on=day(last))
    assert type(row).objects.running().filter(pk=row.pk).exists() is runs
    assert type(row).objects.filter(periods.not_over(), pk=row.pk).exists() is not over
    assert periods.is_over(row) is over


def test_unknown_first_day_counts_as_begun():
    row = MemberFactory(starts_on=None, ends_on=None)
    assert Member.objects.running().get() == row


@pytest.mark.parametrize("days", [1, 5])
def test_ending_keeps_the_period_that_was(days):
    row = MembershipFactory(starts_on=day(-days), ends_on=None)
    periods.end(row)
    assert Membership.objects.get(pk=row.pk).ends_on == day(-1)


@pytest.mark.parametrize("first", [0, 3])
def test_what_began_today_or_later_leaves_no_row(first):
    row = GroupSeatFactory(starts_on=day(first), ends_on=None)
    periods.end(row)
    assert not GroupSeat.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    ("factory", "last", "fits"),
    [
        (MembershipFactory, 0, True),  # may be one day
        (MembershipFactory, -1, False),
        (MemberFactory, 0, False),
        (MemberFactory, 1, True),
    ],
)
def test_period_ends_after_it_began(factory, last, fits):
    def make():
        with transaction.atomic():
            factory(starts_on=day(0), ends_on=day(last))

    if fits:
        make()
    else:
        with pytest.raises(IntegrityError, match="ends_after_start"):
            make()


def test_form_hears_it_in_words_and_an_unknown_day_passes():
    group = GroupFactory(starts_on=None, ends_on=day(5))
    group.validate_constraints()
    group.starts_on = day(6)
    with pytest.raises(ValidationError, match="einddatum"):
        group.validate_constraints()
    assert Group.objects.get(pk=group.pk).starts_on is None
