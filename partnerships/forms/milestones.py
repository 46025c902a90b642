"""What an initiative wants to have reached by a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Milestone
from partnerships.queries.initiative_partners import who_can_carry
from partnerships.rules.days import is_near
from ui.forms import PortalModelForm, narrow


class MilestoneForm(PortalModelForm):
    """What is there then, by when, and who answers for it."""

    class Meta:
        model = Milestone
        fields = ("title", "due_on", "owner")
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "title": _("Something that is there or is not. For example: twenty mentors are trained.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "owner", who_can_carry(self.instance.initiative, self.instance.owner_id))

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        verdict = is_near(day)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day
