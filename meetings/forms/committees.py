"""A committee that a meeting sets up by a decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.models import Group
from ui.forms import PortalModelForm


class CommitteeForm(PortalModelForm):
    """What is decided, and the committee that comes of it: its name, what it is for, and until when."""

    text = forms.CharField(label=_("Decision"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label=_("Why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = Group
        fields = ("name", "mandate", "ends_on")
        labels = {
            "name": _("Name of the committee"),
            "mandate": _("What is it for?"),
            "ends_on": _("Last day"),
        }
        help_texts = {"mandate": _("All members of the partnership read this.")}

    field_order = ("name", "mandate", "ends_on", "text", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("mandate", "ends_on"):
            self.fields[name].required = True

    def clean_ends_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["ends_on"]
        if day <= today():
            raise ValidationError(_("Choose a day that is still to come."))
        return day
