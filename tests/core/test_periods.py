"""When a row with days runs, is over, and how it ends today: one table for everyone who asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import periods
from core.dates import today
from partnerships.models import Group, Member
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


# first day, last day, what the last day is once someone ends the row today
ENDINGS = [
    (-5, None, 0),
    (-5, 20, 0),
    (0, None, 0),  # begun today: the row stays
    (3, None, 3),  # still to begin: its first day is its last, and it never runs
    (-5, -2, -2),  # over already: what was, stays
]


@pytest.mark.parametrize(("first", "last", "ended"), ENDINGS)
@pytest.mark.parametrize("factory", [MemberFactory, MembershipFactory, GroupSeatFactory])
def test_what_is_ended_is_over_at_once_and_stays(factory, first, last, ended):
    row = factory(starts_on=day(first), ends_on=day(last))
    periods.end(row)
    kept = type(row).objects.get(pk=row.pk)
    assert (kept.starts_on, kept.ends_on) == (day(first), day(ended))
    assert kept.ended_at is not None
    assert periods.is_over(kept)
    assert not type(row).objects.running().filter(pk=row.pk).exists()


KEYS = [
    (MemberFactory, ("partnership", "organisation")),
    (MembershipFactory, ("person", "organisation", "role")),
    (GroupSeatFactory, ("group", "person")),
]


@pytest.mark.parametrize(("factory", "key"), KEYS)
@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [(-20, -11, True), (-20, -10, False), (0, 2, False), (5, None, False), (6, None, True)],
)
def test_no_two_of_one_key_share_a_day(factory, key, first, last, fits):
    row = factory(starts_on=day(-10), ends_on=day(5))
    same = {name: getattr(row, name) for name in key}
    if fits:
        factory(**same, starts_on=day(first), ends_on=day(last))
        return
    with pytest.raises(IntegrityError, match="runs_once"), transaction.atomic():
        factory(**same, starts_on=day(first), ends_on=day(last))


@pytest.mark.parametrize(("factory", "key"), KEYS)
def test_next_one_may_begin_on_the_day_on_which_the_last_was_ended(factory, key):
    row = factory(starts_on=day(0), ends_on=None)
    periods.end(row)
    again = factory(**{name: getattr(row, name) for name in key}, starts_on=day(0), ends_on=None)
    assert type(row).objects.running().filter(pk__in=[row.pk, again.pk]).get() == again


@pytest.mark.parametrize("factory", [MemberFactory, MembershipFactory, GroupSeatFactory])
def test_what_was_ended_has_a_last_day(factory):
    with pytest.raises(IntegrityError, match="ended_has_last_day"), transaction.atomic():
        factory(ended_at=timezone.now(), ends_on=None)


@pytest.mark.parametrize(
    ("factory", "last", "fits"),
    [
        (MembershipFactory, 0, True),  # may be one day
        (MembershipFactory, -1, False),
        (MemberFactory, 0, True),
        (MemberFactory, -1, False),
        (GroupFactory, 0, True),
        (GroupFactory, -1, False),
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
