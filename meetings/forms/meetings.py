"""A meeting: when, where, and who is told what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.dates import AMSTERDAM, today
from meetings.enums import Answer, MeetingKind
from meetings.models import Meeting
from meetings.models.meetings import ENDS_AFTER_START
from ui.forms import PortalForm, PortalModelForm

FURTHEST = dt.timedelta(days=3 * 366)


class MeetingForm(PortalModelForm):
    """A day with two times; a meeting begins and ends on the same day."""

    parts = {"title": _("What it is"), "day": _("When and where")}

    day = forms.DateField(label=_("Day"))
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
        model = Meeting
        fields = ("title", "kind", "place", "link", "remark")
        labels = {
            "title": _("Name"),
            "kind": _("Kind"),
            "place": _("Where"),
            "remark": _("What people should know beforehand"),
        }
        help_texts = {
            "place": _("An address or a room. Leave blank for an online meeting."),
        }
        widgets = {"kind": forms.RadioSelect}

    field_order = ["title", "kind", "day", "starts", "ends", "place", "link", "remark"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        meeting = kwargs.get("instance")
        if meeting is not None and meeting.starts_at is not None:
            starts_at = timezone.localtime(meeting.starts_at, AMSTERDAM)
            ends_at = timezone.localtime(meeting.ends_at, AMSTERDAM)
            known = {"day": starts_at.date(), "starts": starts_at.time(), "ends": ends_at.time()}
            kwargs["initial"] = {**known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101
        if self.instance.call_id is not None:
            del self.fields["kind"]
        if self.instance.group_id is not None:
            kind.choices = [choice for choice in MeetingKind.choices if choice[0] != MeetingKind.KICK_OFF]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        stands = self.instance.pk is not None and "day" not in self.changed_data
        if not stands and not today() - dt.timedelta(days=366) <= day <= today() + FURTHEST:
            raise ValidationError(_("Choose a day from a year ago until three years from now."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day, starts, ends = data.get("day"), data.get("starts"), data.get("ends")
        if day and starts and ends:
            if ends <= starts:
                self.add_error("ends", ENDS_AFTER_START)
            else:
                self.instance.starts_at = dt.datetime.combine(day, starts, AMSTERDAM)
                self.instance.ends_at = dt.datetime.combine(day, ends, AMSTERDAM)
        return data


# As one says it oneself; who writes it down for someone else reads the words of the enum.
OWN_ANSWERS = [
    (Answer.YES, _("Yes, I am coming")),
    (Answer.NO, _("No, I am not coming")),
    (Answer.SUBSTITUTE, _("Someone else is coming instead of me")),
]


class AnswerForm(PortalForm):
    """Whether one comes, or who comes instead."""

    answer = forms.ChoiceField(label=_("Are you coming?"), choices=Answer.choices, widget=forms.RadioSelect)
    substitute = forms.CharField(
        label=_("Who is coming instead?"),
        max_length=120,
        required=False,
        help_text=_("Name and role. Only needed if someone else is coming."),
    )
    sometimes = ("substitute",)

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            field = self.fields["answer"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = OWN_ANSWERS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == Answer.SUBSTITUTE and not data.get("substitute"):
            self.add_error("substitute", _("Say who is coming instead."))
        return data
