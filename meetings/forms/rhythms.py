"""How often a table meets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Rhythm
from meetings.models.rhythms import MOST_APART
from ui.forms import PortalModelForm, limit


class RhythmForm(PortalModelForm):
    """Every so many weeks or months, from a first day on, with the usual time and place."""

    parts = {"title": _("What it is"), "every": _("How often"), "starts": _("When and where")}

    starts = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput)
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput)
    link = forms.URLField(
        label=_("Link to an online meeting"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https://. Whoever is invited reads it."),
    )

    class Meta:
        model = Rhythm
        fields = ("title", "every", "unit", "starts_on", "until", "starts", "ends", "place", "link")
        labels = {
            "title": _("Title of each meeting"),
            "every": _("Every how many weeks or months?"),
            "unit": _("Weeks or months?"),
            "starts_on": _("First day"),
            "until": _("Last day"),
        }
        help_texts = {
            "starts_on": _("Each next meeting is on the same day of the week."),
            "until": _("Leave blank if there is none. Past this day no meeting is offered any more."),
        }
        widgets = {"unit": forms.RadioSelect}

    field_order = ["title", "every", "unit", "starts_on", "until", "starts", "ends", "place", "link"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit(self, "every", least=1, most=MOST_APART)
