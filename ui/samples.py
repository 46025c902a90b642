"""What the styleguide shows: invented people and figures, one sample a state."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ui.charts import Gauge
from ui.components import (
    AgendaItem,
    Figure,
    LineBlock,
    LineGroup,
    Location,
    PersonCard,
    Seat,
    SignParty,
    SummaryRow,
)
from ui.forms import PortalForm
from ui.languages import Stored
from ui.maps import map_cells
from ui.next_steps import FirstStep, NextStep, groups_of
from ui.pages import Page, PageLink

COUNTS = {"gr": 3, "fr": 2, "dr": 2, "ov": 6, "fl": 1, "ge": 5, "ut": 4, "nh": 4, "zh": 3, "nb": 7}
A_DAY = dt.date(2026, 11, 26)


class SampleForm(PortalForm):
    """One field of each kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            "name": (_("Name of the training place"), _("As students see it, for example: BBL Molenhof.")),
            "seats": (_("Number of training places"), ""),
            "starts_on": (_("Start date"), ""),
            "programme": (_("Programme"), ""),
            "route": (_("Route"), ""),
            "themes": (_("Themes"), _("Tick what fits.")),
            "text": (_("What does a student learn here?"), ""),
            "file": (_("Attachment"), _("PDF or image, 5 MB at most.")),
            "fixed": (_("Organisation"), ""),
            "agreed": (_("I have read this with the student"), ""),
        }
        for name, (label, hint) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, hint

    name = forms.CharField()
    seats = forms.IntegerField(min_value=1, widget=forms.NumberInput(attrs={"class": "input--num"}))
    starts_on = forms.DateField(required=False)
    programme = forms.ChoiceField(
        choices=[("25491", Stored("Verzorgende IG")), ("25475", Stored("Verpleegkundige"))]
    )
    route = forms.ChoiceField(choices=[("bbl", "BBL"), ("bol", "BOL")], widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        choices=[("a", "Begeleiding"), ("b", "Taal")], widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(widget=forms.Textarea, required=False)
    file = forms.FileField(required=False)
    fixed = forms.CharField(disabled=True, initial="Zorggroep De Linde")
    agreed = forms.BooleanField()


def samples() -> dict[str, Any]:
    """Everything the page's template names."""
    wrong = SampleForm({"name": "Molenhof", "seats": "0", "starts_on": "32-13-2027", "themes": ["a"]})
    return {
        "people": [
            PersonCard(
                "Ans Terpstra",
                "AT",
                _("practice trainer at De Linde"),
                "a.terpstra@linde.example",
                "0320 00 00 00",
                party="employer",
            ),
            PersonCard("Jeroen Vinkestein", "JV", _("teacher"), "j.vinkestein@delta.example", party="school"),
            PersonCard("Mila Oosterhof", "MO", _("coordinator")),
        ],
        "statuses": [
            ("done", _("Achieved")),
            ("busy", _("Busy")),
            ("wait", _("Asked")),
            ("back", _("Change requested")),
            ("todo", _("Not started yet")),
        ],
        "strips": _strips(),
        "groups": _groups(),
        "first_step": FirstStep(
            NextStep(
                _("Complete your reflection"),
                _("Your teacher asks for a change."),
                "#next-step-title",
                _("Complete reflection"),
            ),
            more=4,
            more_url="#next-step-title",
        ),
        "tasks": groups_of(_tasks(), "#acts"),
        "locations": _locations(),
        "dates": [
            AgendaItem(
                A_DAY,
                _("Progress meeting"),
                [_("2 pm, Molenhof, room 2.14"), _("With your teacher")],
                "#dates",
            ),
            AgendaItem(A_DAY + dt.timedelta(days=14), _("Lesson day"), [_("Bring your work shoes")]),
        ],
        "fresh_form": SampleForm(auto_id="fresh_%s"),
        "wrong_form": wrong,
        "rows": [
            SummaryRow(_("Name"), "BBL Molenhof", "#form"),
            SummaryRow(_("Training places"), 4, "#form"),
            SummaryRow(_("Hint"), "", "#form"),
        ],
        "page": Page(
            (),
            4,
            1000,
            True,
            [
                PageLink(1, "?page=1"),
                PageLink(0),
                PageLink(3, "?page=3"),
                PageLink(4),
                PageLink(5, "?page=5"),
            ],
            "?page=3",
            "?page=5",
        ),
        "steps": [_("Training place"), _("Guidance"), _("Check")],
        "figures": [
            Figure(_("Open training places"), 1112, _("24 more than last quarter")),
            Figure(_("Students placed"), 486),
            Figure(_("Dropped out"), _("fewer than 5"), few=True),
        ],
        "gauge": Gauge(target=100, firm=48, conditional=12),
        "cells": map_cells(COUNTS, "?provincie={code}"),
        "old": "Ik meet de bloedsuiker onder toezicht.",
        "new": "Ik meet en beoordeel de bloedsuiker zelf.",
    }


def _strips() -> list[list[SignParty]]:
    day = dt.date(2026, 11, 2)
    return [
        [
            SignParty("student", "ok", "Samira Bouzid", day),
            SignParty("employer", "ok", "Ans Terpstra", day),
            SignParty("school", "ok", "Jeroen Vink", day),
        ],
        [SignParty("student", "ok"), SignParty("employer", "wait"), SignParty("school", "none")],
        [SignParty("student", "ok"), SignParty("employer", "ok"), SignParty("school", "back")],
        [SignParty("student", "none"), SignParty("employer", "none"), SignParty("school", "none")],
    ]


def _groups() -> list[LineGroup]:
    return [
        LineGroup(
            "B1-K1-W2",
            [
                LineBlock("done", "Ochtendzorg", "#plan-line"),
                LineBlock("busy", "SOEP", "#plan-line"),
                LineBlock("busy", "Tillift", "#plan-line"),
            ],
        ),
        LineGroup(
            "B1-K1-W3",
            [LineBlock("done", "Bloedsuiker", "#plan-line"), LineBlock("back", "Injecteren", "#plan-line")],
        ),
        LineGroup("B1-K2-W1", [LineBlock("todo", "Feedback", "#plan-line")]),
    ]


def _tasks() -> list[NextStep]:
    """Two of one kind, that the law asks, and one of another."""
    sign = [
        NextStep(
            _("Sign the practice agreement"), text, "#acts", _("Read and sign"), due=A_DAY, kind="agreement"
        )
        for text in ("Sanne Voorbeeld, De Linde.", "Tom Voorbeeld, De Linde.")
    ]
    return [*sign, NextStep(_("Assess what was handed in"), "Fien Voorbeeld.", "#acts", _("Assess the goal"))]


def _locations() -> list[Location]:
    """A location with a student, one who is still to come, and a free seat."""
    soon = A_DAY + dt.timedelta(days=90)
    return [
        Location(
            "Molenhof, Lelystad",
            2,
            3,
            [
                Seat("Sanne Voorbeeld", "#location-1", "Joke Veldstra", until=soon, width=25),
                Seat("Tom Voorbeeld", "#location-1", "Joke Veldstra", since=soon, left=25, width=75),
                Seat(_("Training place"), "#location-1", until=soon, is_free=True),
            ],
        )
    ]
