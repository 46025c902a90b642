"""Editing an initiative."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.limits import REASON
from core.provinces import PROVINCE_CHOICES
from partnerships.enums import Branch
from partnerships.forms.steps import StepForm
from partnerships.models import (
    Initiative,
    InitiativeResult,
    Partnership,
    Theme,
)
from partnerships.queries.action_lines import lines_to_choose
from partnerships.queries.initiative_partners import owners_for
from partnerships.rules.days import can_be_measured_on, is_near
from ui.forms import PortalModelForm, narrow


class InitiativeForm(PortalModelForm):
    """The whole of an initiative but its partners, who join by their own yes; one of their people may own it."""

    parts = {
        "title": _("In short"),
        "question": _("Why and how"),
        "starts_on": _("Time"),
        "region": _("Where and about what"),
        "owner": _("Who leads it and who can read it"),
    }

    provinces = forms.MultipleChoiceField(
        label=_("Provinces"), choices=PROVINCE_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )
    branches = forms.MultipleChoiceField(
        label=_("Branches"), choices=Branch, widget=forms.CheckboxSelectMultiple, required=False
    )
    themes = forms.ModelMultipleChoiceField(
        label=_("Themes"), queryset=Theme.objects.all(), widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Initiative
        fields = (
            "title",
            "kind",
            "action_line",
            "summary",
            "question",
            "aim",
            "approach",
            "lessons",
            "partners_wanted",
            "success_measure",
            "starts_on",
            "ends_on",
            "successor",
            "region",
            "provinces",
            "branches",
            "themes",
            "owner",
            "is_published",
        )
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "ends_on")
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines: Any = self.fields["action_line"]
        lines.queryset = lines_to_choose(partnership, self.instance.action_line_id)
        if not lines.queryset.exists():
            del self.fields["action_line"]
        owners = owners_for(self.instance) if self.instance.pk else Person.objects.none()
        narrow(self, "owner", owners)
        if not owners.exists():
            del self.fields["owner"]
        others = partnership.initiatives.exclude(pk=self.instance.pk).by_title()
        narrow(self, "successor", others)
        if not others.exists():
            del self.fields["successor"]
        if not self.instance.pk and not self.is_bound:
            self.initial["provinces"] = partnership.provinces

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on"):
            verdict = is_near(data.get(name))
            if not verdict:
                self.add_error(name, str(verdict.reason))
        return data

    def values(self) -> dict[str, Any]:
        """What `services.initiatives.save` takes."""
        data = dict(self.cleaned_data)
        return {**data, "themes": list(data["themes"])}


class TextsForm(PortalModelForm):
    """What an initiative says of itself, for its owner."""

    class Meta:
        model = Initiative
        fields = ("summary", "question", "aim", "approach", "lessons", "partners_wanted", "success_measure")


class PhaseForm(StepForm):
    """A step of an initiative to another phase."""

    STEPS = {
        "prepare": _("Prepare it"),
        "start": _("It runs now"),
        "finish": _("It is finished"),
        "scale_up": _("It is scaled up"),
        "stop": _("Stop it"),
        "reopen": _("It runs again"),
    }
    REASON_HELP = _("Needed when it stops, which visitors see, and when it runs again.")
    REASON_MISSING = {
        "stop": _("Say why the initiative stopped."),
        "reopen": _("Say why the initiative runs again."),
    }


class ResultForm(PortalModelForm):
    """A figure with its date and source; only imported history may lack a date."""

    measured_on = forms.DateField(
        label=_("Measured on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    class Meta:
        model = InitiativeResult
        fields = ("label", "value", "measured_on", "source")

    def clean_measured_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["measured_on"]
        verdict = can_be_measured_on(day)
        if not verdict:
            raise forms.ValidationError(str(verdict.reason))
        return day


class CorrectionForm(ResultForm):
    """What a result should have been, filled in with what it says, and why it was wrong."""

    reason = forms.CharField(
        label=_("Why was it wrong?"), max_length=REASON, help_text=_("Visitors of the initiative read this.")
    )

    def __init__(self, *args: Any, result: InitiativeResult, **kwargs: Any) -> None:
        said = {name: getattr(result, name) for name in self._meta.fields or ()}
        super().__init__(*args, initial=said, **kwargs)
