"""What an organisation says about its free days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Holiday
from partnerships.models import Organisation
from ui.forms import PortalModelForm


class FreeDaysForm(PortalModelForm):
    """The days of choice that it keeps, and the region whose school holidays it follows."""

    free_days = forms.MultipleChoiceField(
        label=_("We are free on"), choices=Holiday.Choice, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Organisation
        fields = ("free_days", "holiday_region")
        labels = {"holiday_region": _("Region of the school holidays")}
        help_texts = {
            "holiday_region": _(
                "North, middle or south. A school can deviate: lessons in a holiday are marked, not refused."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["free_days"].help_text = _("On these days your people get no reminders.")
