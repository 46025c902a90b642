"""Handing in: who may read each piece of evidence; and what the school decides on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.limits import REASON
from students.enums import GoalResult
from students.forms.readers import ReadersField, readers_of
from students.models import Assessment, Evidence
from students.models.hand_ins import SAY_WHAT_IS_NEEDED
from ui.form_errors import row_name
from ui.forms import PortalForm


class PieceForm(PortalForm):
    """Who may read one piece of evidence."""

    readers = ReadersField(help_text="")


class OpinionForm(PortalForm):
    """What someone at work saw of a goal."""

    text = forms.CharField(
        label=_("What did you see at work?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write what the student did, and how it went. Write no names or details of clients."),
    )


class HandInForms:
    """A `PieceForm` for each piece of evidence of a goal; `data` is what was sent."""

    def __init__(self, data: QueryDict | None, pieces: Sequence[Evidence]) -> None:
        self.data = data
        self.rows = [
            (
                piece,
                PieceForm(
                    data,
                    prefix=f"bewijs-{piece.pk}",
                    initial={"readers": readers_of(piece)},
                    row=row_name(_("evidence"), number, piece),
                ),
            )
            for number, piece in enumerate(pieces, 1)
        ]

    def is_valid(self) -> bool:
        return self.data is not None and all(form.is_valid() for _piece, form in self.rows)

    @property
    def forms(self) -> list[PieceForm]:
        """Those on the page."""
        return [form for _piece, form in self.rows]

    @property
    def readers(self) -> dict[int, list[str]]:
        """The readers chosen, by piece; of a piece that was not on the page nothing is known, so it stays as it is."""
        if self.data is None:
            return {}
        shown = self.data.getlist("shown")
        return {piece.pk: form.cleaned_data["readers"] for piece, form in self.rows if str(piece.pk) in shown}


class AssessForm(PortalForm):
    """The school's decision on a goal that was handed in."""

    result = forms.ChoiceField(
        label=_("Result"),
        choices=[
            (GoalResult.PASSED, pgettext_lazy("goal", "Achieved")),
            (GoalResult.NOT_YET, pgettext_lazy("goal", "Not achieved yet")),
        ],
        widget=forms.RadioSelect,
    )
    sometimes = ("feedback",)

    feedback = forms.CharField(
        label=_("Feedback"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("When it is not achieved yet: say what is still needed."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_silent = not data.get("feedback") and "feedback" not in self.errors
        if data.get("result") == GoalResult.NOT_YET and is_silent:
            self.add_error("feedback", SAY_WHAT_IS_NEEDED)
        return data


class CorrectForm(AssessForm):
    """Another decision than the one that was read, with the reason."""

    assessment_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason for the correction"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The student and the employer can read this. The first result stays to be read too."),
    )

    def __init__(self, *args: Any, newest: Assessment | None, **kwargs: Any) -> None:
        initial = (
            {"assessment_id": newest.pk, "result": newest.result, "feedback": newest.feedback}
            if newest
            else {}
        )
        super().__init__(*args, initial=initial, **kwargs)
