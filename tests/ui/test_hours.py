"""A week as people fill it in, and as the pages say it."""

import pytest
from django.http import QueryDict
from django.utils import translation

from core import weeks
from ui import formats
from ui.forms import EditForm
from ui.hours import WeekField

ONE = [480, 0, 450, 0, 480, 0, 0]
OTHER = [0, 0, 0, 480, 0, 0, 0]


class WeekForm(EditForm):
    week = WeekField()


def sent(*boxes, **more):
    data = QueryDict(mutable=True)
    data.setlist("week", list(boxes))
    data.update(more)
    return data


@pytest.mark.parametrize(
    ("boxes", "minutes"),
    [
        ([], []),
        ([""] * 14, []),
        (["8", "", "7,5", "", "8"], ONE),
        (["8", "", "7.5", "", "8", "", ""], ONE),
        (["8", "", "7,5", "", "8", "", "", "", "", "", "8"], ONE + OTHER),
        ([""] * 10 + ["8"], [0] * 7 + OTHER),
        (["1"] * 20, [60] * 14),  # more than there are boxes
    ],
)
def test_typed_hours_become_the_minutes_of_one_week_or_two(boxes, minutes):
    form = WeekForm(sent(*boxes))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["week"] == minutes


@pytest.mark.parametrize("typed", ["acht", "25", "-1", "7,505"])
def test_what_is_no_hours_says_on_which_day_and_stays_as_it_was_typed(typed):
    form = WeekForm(sent("", typed))
    with translation.override("nl"):
        assert not form.is_valid()
        assert str(form.errors["week"][0]).startswith("dinsdag: ")
    assert f'value="{typed}"' in str(form["week"])


def test_a_second_week_is_open_where_there_is_one():
    closed = str(WeekForm(initial={"week": ONE})["week"])
    assert closed.count('name="week"') == 14
    assert 'value="7,5"' in closed
    assert "<details" in closed
    assert not _is_open(closed)
    assert _is_open(str(WeekForm(initial={"week": ONE + OTHER})["week"]))


def _is_open(html):
    return " open>" in html


def test_the_same_hours_on_another_day_are_another_text():
    read = WeekForm(initial={"week": ONE}, over="1")
    moved = [0, 0, 450, 480, 480, 0, 0]
    form = WeekForm(sent("8", "8", "7,5", made_from=read.made_from), initial={"week": moved}, over="2")
    with translation.override("nl"):
        assert not form.is_valid()
        shown = str(form.fields["week"].difference.theirs)
    assert shown == "woensdag 7,5 uur, donderdag en vrijdag elk 8 uur"
    untouched = WeekForm(
        sent("8", "", "7,5", "", "8", made_from=read.made_from), initial={"week": moved}, over="2"
    )
    assert untouched.is_valid()
    assert untouched.cleaned_data["week"] == moved


@pytest.mark.parametrize(
    ("week", "a_week", "words"),
    [
        ([450, 0, 450, 0, 0, 0, 0], None, "ma en wo elk 7,5 uur"),
        (ONE, None, "ma en vr elk 8 uur, wo 7,5 uur"),
        (ONE + OTHER, None, "oneven weken: ma en vr elk 8 uur, wo 7,5 uur; even weken: do 8 uur"),
        (ONE + [0] * 7, None, "oneven weken: ma en vr elk 8 uur, wo 7,5 uur; even weken: vrij"),
        ([], 24 * 60, "24 uur per week, op wisselende dagen"),
        ([], None, ""),
    ],
)
def test_pattern_reads_as_people_say_it(week, a_week, words):
    with translation.override("nl"):
        assert formats.pattern(week, a_week) == words


def test_minutes_a_week_are_the_mean_of_two():
    assert weeks.minutes_a_week([]) == 0
    assert weeks.minutes_a_week(ONE) == 1410
    assert weeks.minutes_a_week(ONE + OTHER) == (1410 + 480) // 2
    assert weeks.worked(ONE + OTHER) == [0, 2, 3, 4]
