"""Forms of what runs from a day to a day."""

from typing import Any

from django import forms

from partnerships.rules.days import can_be_last_day, is_near
from ui.forms import PortalModelForm

DAYS = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("starts_on", "ends_on")}


class DatedForm(PortalModelForm):
    """A first and a last day that make sense; a last day that stood there already may have passed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ended_on = self.instance.ends_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, verdict in (
            ("starts_on", is_near(data.get("starts_on"))),
            ("ends_on", can_be_last_day(data.get("ends_on"), self.ended_on)),
        ):
            if not verdict:
                self.add_error(name, str(verdict.reason))
        return data
