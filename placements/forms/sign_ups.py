"""Draft places of a sign-up: where each line of it is, and from when until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Location, SignUp
from placements.services.from_sign_ups import Line
from ui.fields import Pc4Field
from ui.forms import PortalForm

NEEDED = _("Fill this in for a new location.")
TAKEN = _("There is already a location with this name.")


class DraftPlacesForm(PortalForm):
    """For each line a location that there is or a new one, whose postcode the sign-up did not ask."""

    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, sign_up: SignUp, locations: Sequence[Location], **kwargs: Any) -> None:
        year = sign_up.call.study_year
        kwargs["initial"] = {"starts_on": dt.date(year, 9, 1), "ends_on": dt.date(year + 1, 7, 31)}
        super().__init__(*args, **kwargs)
        self.lines = list(sign_up.lines.all())
        self.locations = {str(row.pk): row for row in locations}
        parts: dict[str, Any] = {"starts_on": _("When")}
        for number, line in enumerate(self.lines):
            self._ask(number)
            parts[f"location_{number}" if locations else f"name_{number}"] = str(line)
            self.initial[f"name_{number}"] = line.setting or line.neighbourhood
            self.initial[f"town_{number}"] = line.neighbourhood
        self.parts = parts

    def _ask(self, number: int) -> None:
        if self.locations:
            known = [(key, str(row)) for key, row in self.locations.items()]
            self.fields[f"location_{number}"] = forms.ChoiceField(
                label=_("Location"), choices=[("", _("A new location")), *known], required=False
            )
        self.fields[f"name_{number}"] = forms.CharField(
            label=_("Name of the location"), max_length=120, required=False
        )
        self.fields[f"town_{number}"] = forms.CharField(label=_("Town"), max_length=80, required=False)
        self.fields[f"pc4_{number}"] = Pc4Field(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last <= first:
            self.add_error("ends_on", _("The end date must be after the start date."))
        names = {row.name.casefold() for row in self.locations.values()}
        for number, _line in enumerate(self.lines):
            if not data.get(f"location_{number}"):
                self._check_new(number, data, names)
        return data

    def _check_new(self, number: int, data: dict[str, Any], names: set[str]) -> None:
        for field in (f"name_{number}", f"town_{number}", f"pc4_{number}"):
            if not data.get(field) and field not in self.errors:
                self.add_error(field, NEEDED)
        name = str(data.get(f"name_{number}") or "").casefold()
        if name and name in names:
            self.add_error(f"name_{number}", TAKEN)
        names.add(name)

    def answers(self) -> dict[str, Any]:
        """What `services.from_sign_ups.draft` takes."""
        data = self.cleaned_data
        lines = [
            Line(
                line.pk,
                location=self.locations.get(data.get(f"location_{number}", "")),
                name=data[f"name_{number}"],
                town=data[f"town_{number}"],
                pc4=data[f"pc4_{number}"],
            )
            for number, line in enumerate(self.lines)
        ]
        return {"starts_on": data["starts_on"], "ends_on": data["ends_on"], "lines": lines}
