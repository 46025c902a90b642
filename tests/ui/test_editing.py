"""Two people at one form: what one of them changed is taken, of what both changed both texts are shown."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template

from ui.forms import EditForm

NOW = {
    "title": "Samen leren",
    "text": "Eerste regel\r\nTweede regel",
    "starts_on": dt.date(2026, 12, 1),
    "route": "bbl",
    "themes": ["a", "b"],
    "is_open": False,
}
# As a browser sends back what the page printed.
UNTOUCHED = {
    "title": ["Samen leren"],
    "text": ["Eerste regel\r\nTweede regel"],
    "starts_on": ["2026-12-01"],
    "route": ["bbl"],
    "themes": ["b", "a"],
}


class ThingForm(EditForm):
    title = forms.CharField(label="Titel")
    text = forms.CharField(label="Tekst", widget=forms.Textarea, required=False)
    starts_on = forms.DateField(label="Begin", required=False)
    route = forms.ChoiceField(
        label="Leerweg", choices=[("bbl", "BBL"), ("bol", "BOL"), ("derde", "derde weg")]
    )
    themes = forms.MultipleChoiceField(
        label="Thema's", choices=[("a", "Aaa"), ("b", "Bbb"), ("c", "Ccc")], required=False
    )
    is_open = forms.BooleanField(label="Open", required=False)


def page(over="1", **now):
    """The form as it is printed."""
    return ThingForm(initial=NOW | now, over=over)


def sent(read, over="2", *, theirs=None, **mine):
    """The form that comes back from a page, `read`, with the thing as it is now."""
    data = QueryDict(mutable=True)
    for name, values in (UNTOUCHED | mine).items():
        data.setlist(name, values)
    data["made_from"] = read.made_from
    return ThingForm(data, initial=NOW | (theirs or {}), over=over)


def html(form):
    return Template("{% load ui %}{% portal_form form %}").render(Context({"form": form}))


def test_page_says_what_it_was_made_from():
    assert 'type="hidden" name="made_from" value="1 ' in html(page())
    assert "made_from" not in html(ThingForm(initial=NOW, over=""))


def test_untouched_form_of_an_unchanged_thing_is_as_it_was():
    form = sent(page(), over="1")
    assert form.is_valid(), form.errors
    assert (form.taken, form.cleaned_data["themes"]) == ([], ["b", "a"])


@pytest.mark.parametrize(
    ("name", "value", "cleaned"),
    [
        ("title", "Anders", "Anders"),
        ("text", "Geheel\nanders", "Geheel\nanders"),
        ("starts_on", dt.date(2027, 1, 1), dt.date(2027, 1, 1)),
        ("starts_on", None, None),
        ("route", "bol", "bol"),
        ("themes", ["c"], ["c"]),
        ("themes", [], []),
        ("is_open", True, True),
    ],
)
def test_what_only_the_other_changed_is_taken(name, value, cleaned):
    form = sent(page(), theirs={name: value})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[name] == cleaned
    assert form.taken == [form[name].label]
    assert f"dat is opgeslagen: {form[name].label}." in html(form).replace("&#x27;", "'")


def test_what_only_the_second_changed_is_taken_too():
    form = sent(page(), theirs={"route": "bol"}, title=["Van mij"], is_open=["on"])
    assert form.is_valid()
    assert (form.cleaned_data["title"], form.cleaned_data["is_open"]) == ("Van mij", True)
    assert (form.cleaned_data["route"], form.taken) == ("bol", ["Leerweg"])


def test_a_tick_that_was_taken_away_stays_away():
    form = sent(page(is_open=True), theirs={"is_open": True, "title": "Van hen"}, is_open=[])
    assert form.is_valid()
    assert form.cleaned_data["is_open"] is False


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "words"),
    [
        ("title", "Van mij", "Van hen", ("Van <del>hen</del>", "Van <ins>mij</ins>")),
        ("route", "bol", "derde", ("<del>derde weg</del>", "<ins>BOL</ins>")),
        ("starts_on", "2027-01-01", dt.date(2027, 2, 1), ("<del>februari</del>", "<ins>januari</ins>")),
        ("themes", "c", ["a"], ("<del>Aaa</del>", "<ins>Ccc</ins>")),
    ],
)
def test_what_both_changed_shows_both_and_refuses(name, mine, theirs, words):
    form = sent(page(), theirs={name: theirs}, **{name: [mine]})
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()[name]][-1] == "both_changed"
    shown = html(form)
    assert all(word in shown for word in words)
    assert f'name="{name}-keep" value="mine"' in shown
    assert "Dit is intussen ook gewijzigd" in shown
    assert mine in shown  # the field keeps what was typed


def test_both_changed_to_the_same_is_no_difference():
    form = sent(page(), theirs={"title": "Hetzelfde"}, title=["Hetzelfde"])
    assert form.is_valid()
    assert form.taken == []


@pytest.mark.parametrize(("keep", "kept"), [("mine", "Van mij, toch"), ("theirs", "Van hen")])
def test_second_press_saves_what_was_chosen(keep, kept):
    first = sent(page(), theirs={"title": "Van hen"}, title=["Van mij"])
    assert not first.is_valid()
    choice = {"title": ["Van mij, toch"], "title-keep": [keep]}
    second = sent(first, theirs={"title": "Van hen"}, **choice)
    assert second.is_valid(), second.errors
    assert second.cleaned_data["title"] == kept


def test_a_third_who_comes_in_between_is_shown_too():
    first = sent(page(), theirs={"title": "Van hen"}, title=["Van mij"])
    choice = {"title": ["Van mij"], "title-keep": ["theirs"]}
    second = sent(first, over="3", theirs={"title": "Van een derde"}, **choice)
    assert not second.is_valid()
    assert "Van <del>een derde</del>" in html(second)


@pytest.mark.parametrize(
    "made_from", ["", "1", "1 {", "1 []", '1 {"title": 3}', "x" * 9999, '1 {"title": null}']
)
def test_page_that_does_not_say_what_it_was_made_from_overwrites_nothing(made_from):
    form = sent(page(), title=["Van mij"])
    form.data["made_from"] = made_from
    assert not form.is_valid()
    assert list(form.errors) == ["title"]


def test_form_sent_again_adds_nothing_and_says_what_it_was_made_from():
    form = sent(page(), theirs={"title": "Van mij"}, title=["Van mij"], themes=["a", "b"])
    assert form.is_valid()
    assert (form.over, form.based_on) == ("2", "1")
    other = sent(page(), title=["Nieuw"])
    assert other.based_on == "2"
