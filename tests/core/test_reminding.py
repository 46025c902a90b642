"""When reminders go out: local days, clock changes, year ends, and never twice."""

import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Person
from agreements.reminders import LADDER as SIGNATURE_LADDER
from core import mail
from core.dates import AMSTERDAM
from core.models import Holiday, OutgoingMail, SentReminder
from core.reminding import engine
from core.reminding.ladders import Calendar, DueRung, Rung, due_rungs, in_days, on_days, stretches
from core.reminding.waiting import Item, Waiting
from placements.reminders import SLOT_LADDER
from students.reminders import GOAL_LADDER
from tests.factories.accounts import PersonFactory
from tests.factories.core import HolidayFactory
from tests.factories.students import GoalFactory
from tests.helpers import side_by_side

DAY = dt.timedelta(days=1)
QUARTER = dt.timedelta(minutes=15)


def fired(steps, anchor, first, days, holidays=()):
    """What a daily run sends for one thing: (step, day it went out), a step once."""
    seen, out = set(), []
    for offset in range(days):
        day = first + offset * DAY
        step = due_rungs(steps, Calendar(day, holidays)).get(anchor)
        if step and step not in seen:
            seen.add(step)
            out.append((step.name, day))
    return out


# Ladders


def test_working_day_ladder_skips_the_weekend_and_stops():
    asked = dt.date(2026, 11, 26)  # a Thursday
    assert fired(SIGNATURE_LADDER, asked, asked, 90) == [
        ("working-day-3", dt.date(2026, 12, 1)),
        ("working-day-7", dt.date(2026, 12, 7)),
        ("working-day-14", dt.date(2026, 12, 16)),
    ]


def test_working_day_ladder_skips_holidays_and_goes_over_the_year_end():
    free = {dt.date(2026, 12, 25), dt.date(2027, 1, 1)}
    asked = dt.date(2026, 12, 23)
    assert fired(SIGNATURE_LADDER, asked, asked, 60, free) == [
        ("working-day-3", dt.date(2026, 12, 29)),
        ("working-day-7", dt.date(2027, 1, 5)),
        ("working-day-14", dt.date(2027, 1, 14)),
    ]


def test_place_ladder_moves_to_a_working_day():
    confirmed = dt.date(2026, 9, 4)  # 30 days later is a Sunday
    assert fired(SLOT_LADDER, confirmed, confirmed, 80) == [
        ("day-30", dt.date(2026, 10, 5)),
        ("day-37", dt.date(2026, 10, 12)),
        ("day-44", dt.date(2026, 10, 19)),
    ]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (
            dt.date(2026, 11, 26),
            [("week-before", dt.date(2026, 11, 19)), ("on-the-day", dt.date(2026, 11, 26))],
        ),
        # a week before is a Sunday: the Monday after; on the day itself, a Sunday, it is urgent
        (
            dt.date(2026, 11, 29),
            [("week-before", dt.date(2026, 11, 23)), ("on-the-day", dt.date(2026, 11, 29))],
        ),
        (dt.date(2028, 3, 7), [("week-before", dt.date(2028, 2, 29)), ("on-the-day", dt.date(2028, 3, 7))]),
        (dt.date(2027, 1, 4), [("week-before", dt.date(2026, 12, 28)), ("on-the-day", dt.date(2027, 1, 4))]),
    ],
)
def test_goal_ladder(due, expected):
    assert fired(GOAL_LADDER, due, due - 30 * DAY, 90) == expected


def test_missed_step_is_caught_up_for_a_week_and_only_the_last_one():
    asked = dt.date(2026, 11, 2)  # steps on 5, 11 and 20 November
    assert fired(SIGNATURE_LADDER, asked, dt.date(2026, 11, 6), 3) == [
        ("working-day-3", dt.date(2026, 11, 6))
    ]
    assert fired(SIGNATURE_LADDER, asked, dt.date(2026, 11, 11), 3) == [
        ("working-day-7", dt.date(2026, 11, 11))
    ]
    assert fired(SIGNATURE_LADDER, asked, dt.date(2026, 11, 27), 30) == []


def test_date_bound_step_of_a_day_on_which_nothing_ran_comes_on_the_next_and_week_before_not_on_the_day():
    due = dt.date(2026, 11, 27)  # a Friday
    assert fired(GOAL_LADDER, due, due + DAY, 10) == [("on-the-day", due + DAY)]
    assert fired(GOAL_LADDER, due, due + 7 * DAY, 10) == []
    assert [name for name, _day in fired(GOAL_LADDER, due, due, 5)] == ["on-the-day"]


def test_patient_steps_wait_for_a_working_day():
    saturday = dt.date(2026, 11, 28)
    calendar = Calendar(saturday, ())
    assert due_rungs(SIGNATURE_LADDER, calendar) == {}
    assert due_rungs(GOAL_LADDER, calendar)[saturday] == DueRung("on-the-day", saturday)
    assert {step.name for step in due_rungs(GOAL_LADDER, calendar).values()} == {"on-the-day"}


def test_stretches_join_neighbouring_days():
    days = [dt.date(2026, 1, 1), dt.date(2026, 1, 2), dt.date(2026, 1, 5)]
    due = dict.fromkeys(days, DueRung("x", days[0]))
    assert stretches(due) == [(days[0], days[1]), (days[2], days[2])]
    assert stretches({}) == []


@pytest.mark.django_db
def test_moments_are_looked_up_by_local_day():
    """23:30 UTC is the next day in the Netherlands, in winter and in summer."""
    for moment, day in (
        ("2026-12-31T23:30:00+00:00", dt.date(2027, 1, 1)),
        ("2026-06-30T22:30:00+00:00", dt.date(2026, 7, 1)),
        ("2026-03-29T00:59:59+00:00", dt.date(2026, 3, 29)),
    ):
        goal = GoalFactory()
        model = type(goal)
        model.objects.filter(pk=goal.pk).update(assessed_at=dt.datetime.fromisoformat(moment))
        one = {day: DueRung("x", day)}
        other = {day - DAY: DueRung("x", day)}
        assert model.objects.filter(in_days("assessed_at", one), pk=goal.pk).exists()
        assert not model.objects.filter(in_days("assessed_at", other), pk=goal.pk).exists()
        assert not model.objects.filter(on_days("latest__due_on", {}), pk=goal.pk).exists()


# Ticks


class OneADay:
    """A rule that has one thing for one person every day: shows when ticks send."""

    kind = "test"

    def __init__(self, *people, fail=False):
        self.people, self.fail, self.days = people, fail, []

    def waiting(self, calendar):
        self.days.append(calendar.day)
        keys = Person.objects.filter(pk__in=[person.pk for person in self.people]).order_by("pk")
        return Waiting(
            keys.values_list("pk", flat=True),
            Person.objects.select_related("user"),
            lambda rows: self.tell(rows, DueRung("daily", calendar.day)),
        )

    def tell(self, rows, step):
        for person in rows:
            yield person, f"{person.pk}", Item(f"thing:{person.pk}", step, {"n": 1})

    def send(self, person, items):
        if self.fail:
            raise ValueError("no template")
        mail.send(
            kind=self.kind,
            to_email=person.address,
            person=person,
            language="nl",
            subject="Onderwerp",
            template="students/mail/student_goal_due.txt",
            why="Omdat.",
            context={
                "name": person.first_name,
                "items": [],
                "number": 2,
                "first": {"due_on": dt.date(2026, 1, 1)},
            },
        )


def clock_changes():
    """All 26 changes of the Dutch clock from 2025 up to and including 2037."""
    zone = ZoneInfo("Europe/Amsterdam")
    day, found = dt.date(2025, 1, 1), []
    while day < dt.date(2038, 1, 1):
        noon = [
            dt.datetime.combine(day + offset, dt.time(12), tzinfo=zone).utcoffset()
            for offset in (-DAY, 0 * DAY)
        ]
        if noon[0] != noon[1]:
            found.append(day)
        day += DAY
    return found


def test_there_are_26_clock_changes():
    assert len(clock_changes()) == 26


EDGES = [
    *clock_changes(),
    dt.date(2028, 2, 29),
    *(dt.date(year, 12, 31) for year in (2025, 2027, 2031)),
    dt.date(2029, 1, 1),
]


@pytest.mark.django_db
@pytest.mark.parametrize("day", EDGES)
def test_one_mail_per_local_day_at_seven_around_clock_changes_and_year_ends(day):
    """A tick every quarter of an hour, in UTC, over three local days; holidays have tests of their own."""
    Holiday.objects.all().delete()
    rule = OneADay(PersonFactory())
    now = dt.datetime.combine(day - DAY, dt.time(0), tzinfo=AMSTERDAM).astimezone(dt.UTC)
    end = dt.datetime.combine(day + 2 * DAY, dt.time(0), tzinfo=AMSTERDAM).astimezone(dt.UTC)
    sent = []
    while now < end:
        if engine.tick([rule], now):
            sent.append(now.astimezone(AMSTERDAM))
        now += QUARTER if now.astimezone(AMSTERDAM).hour < 8 else 16 * QUARTER
    assert [moment.date() for moment in sent] == [day - DAY, day, day + DAY]
    assert {moment.time() for moment in sent} == {dt.time(7, 0)}
    assert OutgoingMail.objects.count() == SentReminder.objects.count() == 3


@pytest.mark.django_db
def test_thirty_days_of_too_many_schedulers_send_one_mail_a_day():
    """Each tick three times over, one after the other; side by side is `test_concurrent_runs_send_once_each`."""
    rule = OneADay(PersonFactory(), PersonFactory())
    with time_machine.travel("2026-10-12 00:00+02:00", tick=False) as clock:
        for _tick in range(30 * 4):
            for _worker in range(3):
                engine.tick([rule])
            clock.shift(dt.timedelta(hours=6))
    per_day = SentReminder.objects.values_list("person", "day")
    assert len(per_day) == len(set(per_day)) == 60
    assert OutgoingMail.objects.count() == 60


@pytest.mark.django_db
def test_nothing_before_seven_local_time():
    rule = OneADay(PersonFactory())
    for early in ("2026-07-01T04:59:00+00:00", "2026-12-01T05:59:00+00:00"):
        assert engine.tick([rule], dt.datetime.fromisoformat(early)) == 0
    for seven in ("2026-07-01T05:00:00+00:00", "2026-12-01T06:00:00+00:00"):
        assert engine.tick([rule], dt.datetime.fromisoformat(seven)) == 1


@pytest.mark.django_db
def test_mail_that_cannot_be_made_is_tried_again_and_holds_up_nobody():
    first, second = PersonFactory(), PersonFactory()
    broken = OneADay(first, second)
    original, calls = broken.send, []

    def send(person, items):
        calls.append(person)
        if person == first and len(calls) == 1:
            raise ValueError("broken")
        original(person, items)

    broken.send = send
    assert engine.run([broken], dt.date(2026, 11, 26)) == 1
    assert SentReminder.objects.filter(person=first).count() == 0
    assert engine.run([broken], dt.date(2026, 11, 26)) == 1
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db
def test_rule_that_breaks_does_not_stop_the_others():
    class Broken:
        kind = "broken"

        def waiting(self, calendar):
            raise ValueError("broken")

    assert engine.run([Broken(), OneADay(PersonFactory())], dt.date(2026, 11, 26)) == 1


@pytest.mark.django_db
def test_row_that_breaks_is_the_only_one_left_out():
    """Also of a person with more: who has one that breaks and one that does not hears of the one."""
    people = [PersonFactory() for _turn in range(5)]
    rule = OneADay(*people)
    tell = rule.tell

    def break_at_one(rows, step):
        for person in rows:
            if person == people[2]:
                raise ValueError("broken")
            yield from tell([person], step)
            yield people[0], f"{people[0].pk}", Item(f"other:{person.pk}", step, {"n": 1})

    rule.tell = break_at_one
    assert engine.run([rule], dt.date(2026, 11, 26)) == 4
    assert SentReminder.objects.filter(subject_key__startswith="thing").count() == 4
    assert SentReminder.objects.filter(person=people[0]).count() == 5
    assert OutgoingMail.objects.filter(person=people[0]).count() == 1


@pytest.mark.django_db
def test_what_the_database_refuses_of_one_is_the_only_one_left_out():
    people = [PersonFactory() for _turn in range(3)]
    rule = OneADay(*people)
    send = rule.send

    def refuse_one(person, items):
        if person == people[1]:
            OutgoingMail.objects.filter(pk=0).extra(where=["1 / 0 = 1"]).exists()
        send(person, items)

    rule.send = refuse_one
    assert engine.run([rule], dt.date(2026, 11, 26)) == 2
    assert set(OutgoingMail.objects.values_list("person", flat=True)) == {people[0].pk, people[2].pk}


@pytest.mark.django_db
def test_nothing_after_nine_at_night_and_the_rest_of_the_day_comes_in_the_morning():
    rule = OneADay(PersonFactory())
    assert engine.tick([rule], dt.datetime.fromisoformat("2026-12-01T20:00:00+00:00")) == 0
    assert engine.tick([rule], dt.datetime.fromisoformat("2026-12-01T19:59:00+00:00")) == 1


@pytest.mark.django_db
def test_ledger_and_mail_stand_or_fall_together():
    rule = OneADay(PersonFactory(), fail=True)
    assert engine.run([rule], dt.date(2026, 11, 26)) == 0
    assert (SentReminder.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_known_reminders_cost_no_writes(django_assert_num_queries):
    rule = OneADay(*(PersonFactory() for _turn in range(5)))
    engine.run([rule], dt.date(2026, 11, 26))
    with django_assert_num_queries(6):  # holidays, keys, rows, savepoint, ledger, release
        engine.run([rule], dt.date(2026, 11, 26))


@pytest.mark.django_db(transaction=True)
def test_concurrent_runs_send_once_each():
    rule = OneADay(*(PersonFactory() for _turn in range(20)))
    totals = side_by_side(*[partial(engine.run, [rule], dt.date(2026, 11, 26))] * 4)
    assert sum(totals) == 20
    assert OutgoingMail.objects.count() == SentReminder.objects.count() == 20


@pytest.mark.django_db
def test_calendar_reads_the_holidays_around_the_day():
    HolidayFactory(day=dt.date(2026, 4, 27))
    calendar = Calendar.of(dt.date(2026, 4, 20))
    assert Rung("x", 5, working=True).due(dt.date(2026, 4, 20), calendar) == dt.date(2026, 4, 28)
