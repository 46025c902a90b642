"""Tasks by kind: how many of each, which first, and where a line leads."""

from datetime import timedelta

from core.dates import today
from tests.ui.test_ui import render
from ui.next_steps import NextStep, groups_of


def step(title, days=None, **fields):
    due = None if days is None else today() + timedelta(days=days)
    return NextStep(title, f"over {title}", f"/{title}/", "Openen", due=due, **fields)


def test_one_task_leads_to_itself_and_several_to_where_they_stand():
    alone, *two = step("alleen", 1), step("a", 3, many="Samen"), step("b", 2, many="Samen")
    done = step("c", 5, many="In één keer", many_url="/alles/"), step("d", 6, many="In één keer")
    groups = groups_of([*two, alone, *done], "/taken/")
    assert [(group.title, group.count, group.url) for group in groups] == [
        ("alleen", 1, "/alleen/"),
        ("Samen", 2, "/taken/#soort-2"),
        ("In één keer", 2, "/alles/"),
    ]
    assert groups[1].first is two[1]


def test_what_the_law_asks_soon_comes_first_and_what_it_asks_later_waits():
    steps = [
        step("proef", -3),
        step("contract", 10, kind="agreement"),
        step("later", 90, kind="agreement"),
    ]
    assert [group.title for group in groups_of(steps)] == ["contract", "proef", "later"]


def test_step_that_stands_for_more_counts_as_many():
    (group,) = groups_of([step("11 zonder leerplan", many="Leerplannen maken", count=11)])
    assert (group.count, group.title, group.others) == (11, "Leerplannen maken", 0)
    assert group.url == "/11 zonder leerplan/"


def test_line_says_number_act_day_and_how_many_more():
    groups = groups_of([step("a", -1, many="Beantwoorden"), step("b", 4, many="Beantwoorden")], "/taken/")
    html = " ".join(
        render("{% load lists %}{% task_groups groups url %}", groups=groups, url="/taken/").split()
    )
    assert "2 keer: </span> Beantwoorden</a>" in html
    assert "<strong>Te laat:" in html
    assert "over a" in html
    assert "(en nog 1)" in html
    assert 'href="/taken/#soort-1"' in html


def test_title_that_asks_gets_no_second_mark():
    steps = [step("Klopt de plek nog?", 3, many="Bevestigen"), step("b", 4, many="Bevestigen")]
    asking = groups_of(steps, "/taken/")
    html = render("{% load lists %}{% task_groups groups %}", groups=asking)
    assert "Klopt de plek nog?" in html
    assert "?." not in html


def test_nothing_to_do_is_a_quiet_sentence():
    assert "Je hoeft nu niets te doen." in render("{% load lists %}{% task_groups groups %}", groups=[])
