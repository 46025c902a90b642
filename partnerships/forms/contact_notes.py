"""A coordinator writes down contact with an employer, and what comes next."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.dates import today
from partnerships.enums import ContactKind
from partnerships.models import ContactNote, SignUp
from partnerships.rules.days import can_be_last_day
from ui.forms import PortalModelForm


class ContactNoteForm(PortalModelForm):
    """How and when there was contact; the next step stands there as it is now, to be replaced or emptied."""

    sometimes = ("next_step_on",)

    next_step = forms.CharField(
        label=_("Next step"),
        help_text=_("Leave this empty if nothing has to be done."),
        max_length=200,
        required=False,
    )
    next_step_on = forms.DateField(
        label=_("Day of the next step"),
        help_text=_("Needed with a next step. On that day it is among your tasks."),
        required=False,
    )

    class Meta:
        model = ContactNote
        fields = ("day", "kind", "text")
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("Leave out names and details of clients and students.")}

    def __init__(self, *args: Any, sign_up: SignUp, **kwargs: Any) -> None:
        now = {"day": today(), "next_step": sign_up.next_step, "next_step_on": sign_up.next_step_on}
        super().__init__(*args, initial=now, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = ContactKind.choices  # without one that says nothing, which would stand chosen
        self.was_on = sign_up.next_step_on

    def clean_day(self) -> Any:
        """One writes down what was."""
        day = self.cleaned_data["day"]
        if day > today():
            raise ValidationError(_("This day is still to come. Give the day on which there was contact."))
        return day

    def clean(self) -> dict[str, Any]:
        """A next step has a day, which is to come unless it stood there; a day without a step says nothing."""
        data = super().clean() or self.cleaned_data
        step, day = data.get("next_step"), data.get("next_step_on")
        if step and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", _("Say on which day you do this."))
        elif day and not step and "next_step" not in self.errors:
            self.add_error("next_step", _("Say what you do on that day, or take the day away."))
        elif day:
            verdict = can_be_last_day(day, self.was_on)
            if not verdict:
                self.add_error("next_step_on", str(verdict.reason))
        return data

    def answers(self) -> dict[str, Any]:
        """What the service wants to know."""
        return {
            name: self.cleaned_data[name] for name in ("day", "kind", "text", "next_step", "next_step_on")
        }
