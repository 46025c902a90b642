"""Proposing a student for a place, and answering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from placements.models import Slot
from students.models import Enrolment
from ui.forms import PortalForm, PublicChoice, narrow


class ProposeForm(PortalForm):
    """The pair chosen on the page, and why; both are narrowed to what the proposer may see."""

    slot = PublicChoice(Slot.objects.none(), widget=forms.HiddenInput, label=_("Training place"))
    enrolment = PublicChoice(Enrolment.objects.none(), widget=forms.HiddenInput, label=_("Student"))
    reason = forms.CharField(
        max_length=REASON,
        label=_("Why this match"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The employer and the student read this. Write nothing personal about the student."),
    )

    def __init__(
        self, *args: Any, slots: QuerySet[Slot], enrolments: QuerySet[Enrolment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "slot", slots)
        narrow(self, "enrolment", enrolments)


class AnswerForm(PortalForm):
    """Yes, or no with a reason."""

    sometimes = ("reason",)

    answer = forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], label=_("Your answer"))
    reason = forms.CharField(
        max_length=REASON,
        required=False,
        label=_("Reason"),
        help_text=_("Needed with a no. The school reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Give the reason of your no. The school reads it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data.get("answer") if self.is_bound else self.initial.get("answer")
        self.fields["reason"].required = said == "no"
