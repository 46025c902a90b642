"""Forms of plans and goals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from core.dates import today
from programmes.models import WorkProcess
from students.enums import Answer
from students.models import Enrolment, Goal, GoalRemark, GoalVersion, LearningPlan
from students.models.consents import SAY_WHAT
from students.services.plans import TEXTS
from ui.form_errors import row_name
from ui.forms import PortalForm, PortalModelForm

LONGEST_NUMBER = 18  # of a row, in digits
GRACE = timedelta(days=366)  # a programme may run on; a typing error in the year may not


def sensible_due(day: date, latest: date) -> date:
    """A day that is still to come and within the programme."""
    if day < today():
        raise ValidationError(_("Choose a day that is still to come."))
    if day > latest + GRACE:
        raise ValidationError(_("Choose a day before the end of the programme."))
    return day


class GoalTextForm(PortalModelForm):
    """The text of a goal; `latest_day` is the end of the enrolment."""

    class Meta:
        model = GoalVersion
        fields = list(TEXTS)
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "criterion": forms.Textarea(attrs={"rows": 2}),
            "way_of_working": forms.Textarea(attrs={"rows": 2}),
            "evidence_asked": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {"text": _("Begin with “I”: what will the student be able to do?")}

    def __init__(self, *args: Any, latest_day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest_day = latest_day

    @property
    def texts(self) -> dict[str, Any]:
        """What was written, as the services take it."""
        return {name: self.cleaned_data[name] for name in TEXTS}

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day == self.get_initial_for_field(self.fields["due_on"], "due_on"):
            return day  # an old day may stay when something else is changed
        return sensible_due(day, self.latest_day)


class GoalForm(GoalTextForm):
    """A new goal: from the catalogue of work processes, or one's own question."""

    work_process = forms.ModelChoiceField(
        label=_("Work process"),
        queryset=WorkProcess.objects.none(),
        required=False,
        empty_label=_("No work process: an own question"),
    )
    field_order = ["work_process"]

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, latest_day=enrolment.ends_on, **kwargs)
        field = self.fields["work_process"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the type checker
        field.queryset = WorkProcess.objects.of_programme(enrolment.cohort.programme_id)


class PlanForm(PortalForm):
    """Which work processes the plan begins with, each with a suggested goal."""

    work_processes = forms.ModelMultipleChoiceField(
        label=_("Work processes"),
        queryset=WorkProcess.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each one you tick gets a suggested goal, for you to rewrite."),
    )
    due_on = forms.DateField(
        label=_("Due by"), help_text=_("For all suggested goals; change it later for each goal.")
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest_day = enrolment.ends_on
        field = self.fields["work_processes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101  for the type checker
        field.queryset = WorkProcess.objects.of_programme(enrolment.cohort.programme_id)

    def clean_due_on(self) -> date:
        return sensible_due(self.cleaned_data["due_on"], self.latest_day)


class AnswerForm(PortalForm):
    """A party's answer to one text; without an answer the goal is left for later."""

    sometimes = ("remark",)

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(Answer.YES, _("I agree")), (Answer.CHANGE, _("I ask for a change"))],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(
        label=_("What should change"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when you ask for a change."),
    )

    def __init__(self, *args: Any, may_skip: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = not may_skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("answer") == Answer.CHANGE and not data.get("remark") and "remark" not in self.errors:
            self.add_error("remark", SAY_WHAT)
        return data


class AnswerForms:
    """An `AnswerForm` for each goal that waits; a button says yes to all. `data` is what was sent.

    An answer is to the text that was on the page: the page sends the number of each text it showed.
    """

    def __init__(self, data: QueryDict | None, plan: LearningPlan, goals: Sequence[Goal]) -> None:
        self.data = data
        sent = [text for text in data.getlist("shown") if text.isascii() and text.isdigit()] if data else []
        self.numbers = {int(text) for text in sent if len(text) <= LONGEST_NUMBER}
        texts = GoalVersion.objects.filter(goal__plan=plan, pk__in=self.numbers) if self.numbers else []
        self.read = {version.pk: version.goal_id for version in texts}
        self.named = {goal.pk: row_name(_("goal"), at, goal.latest) for at, goal in enumerate(goals, 1)}
        self.sent = {pk: self._form(pk, data) for pk in self.read}
        self.rows = [(goal, *self._row(goal)) for goal in goals]

    def _form(self, version_id: int, data: QueryDict | None = None, **initial: Any) -> AnswerForm:
        row = self.named.get(self.read.get(version_id, 0), "")
        return AnswerForm(data, prefix=f"v{version_id}", may_skip=True, initial=initial, row=row)

    def _row(self, goal: Goal) -> tuple[AnswerForm, bool]:
        """The form of a goal that waits, and whether another text than its newest was read; what was said is kept."""
        newest = goal.latest_id or 0
        if newest in self.sent:
            return self.sent[newest], False
        earlier = [pk for pk, goal_id in self.read.items() if goal_id == goal.pk]
        said = self.data.get(f"v{earlier[-1]}-remark", "") if self.data and earlier else ""
        return self._form(newest, remark=said), bool(earlier)

    @property
    def is_known(self) -> bool:
        """Whether the page said which texts it showed, and they are texts of this plan."""
        return bool(self.numbers) and self.numbers == set(self.read)

    @property
    def shown(self) -> list[AnswerForm]:
        """The forms on the page."""
        return [form for _goal, form, _is_changed in self.rows]

    @property
    def failed(self) -> list[AnswerForm]:
        """The forms with something wrong in them."""
        return [form for form in self.sent.values() if not form.is_valid()]

    def is_valid(self) -> bool:
        """Whether answers were sent that can be kept: a yes to all, or nothing wrong in any form."""
        return self.data is not None and bool(self.data.get("all") or not self.failed)

    def answers(self) -> dict[int, tuple[str, str]]:
        """The answer and remark by text, without what is left for later."""
        if self.data is not None and self.data.get("all"):
            return dict.fromkeys(self.read, (Answer.YES.value, ""))
        said = {pk: form.cleaned_data for pk, form in self.sent.items()}
        return {pk: (data["answer"], data["remark"]) for pk, data in said.items() if data["answer"]}


class RemarkForm(PortalModelForm):
    """Short feedback."""

    class Meta:
        model = GoalRemark
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("Write no names or details of clients.")}
