"""What one may fill in about a cohort."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.dates import today
from partnerships.models import Membership
from programmes.models import Cohort, Programme
from ui.forms import PortalModelForm

MOST_STUDENTS = 200
LONGEST_YEARS = 6
EARLIEST = dt.date(2000, 1, 1)


class TeacherField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.person.full_name


class LeadField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.person.full_name


class CohortForm(PortalModelForm):
    """A cohort and its teachers. `own` are the roles as a teacher of whoever fills it in, `teaching` those of today.

    Whoever leaves oneself out is asked to say that it is meant.
    """

    teachers = TeacherField(
        label=_("Teachers"),
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see the students of this cohort and their plans."),
    )
    lead = LeadField(
        label=_("Whom to ask first"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
        help_text=_(
            "Students see this teacher's name, and a new agreement names the teacher as the contact."
        ),
    )
    without_me = forms.BooleanField(
        label=_("I know that I will not see the students of this cohort any more."),
        error_messages={
            "required": _(
                "You take yourself off this cohort. Tick this, or choose yourself again at Teachers."
            )
        },
    )

    class Meta:
        model = Cohort
        fields = ["name", "starts_on", "ends_on", "capacity", "school_weekday"]
        labels = {
            "name": _("Name of the cohort"),
            "starts_on": _("First day"),
            "ends_on": _("Planned last day"),
            "capacity": _("Number of students at most"),
            "school_weekday": _("School day"),
        }
        help_texts = {"capacity": _("Who comes after that goes to the waiting list.")}

    def __init__(
        self, *args: Any, programme: Programme, own: Collection[int], teaching: Collection[int], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"teachers": list(teaching)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        chosen = {str(pk) for pk in self["teachers"].value() or ()}
        mine = {str(pk) for pk in own if pk in teaching}
        if not mine or mine & chosen:
            del self.fields["without_me"]
        offered = (
            Membership.objects.running()
            .filter(organisation=programme.school_id, role=Role.TEACHER)
            .select_related("person__user")
            .order_by("person__sort_name", "pk")
        )
        rows = list(offered)  # once, for the choices of both
        self.offers_teachers = bool(rows)
        for name, first in (("teachers", []), ("lead", [("", _("Nobody in particular"))])):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = offered
            field.choices = [*first, *((row.pk, field.label_from_instance(row)) for row in rows)]

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraint on the name too, though it needs the programme, which is no field of the form."""
        return super()._get_validation_exclusions() - {"programme"}  # type: ignore[misc]  # not in the stubs

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity > MOST_STUDENTS:
            raise forms.ValidationError(
                _("A cohort has at most %(count)d students."), params={"count": MOST_STUDENTS}
            )
        return capacity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("lead") and data["lead"] not in data.get("teachers", ()):
            self.add_error("lead", _("Choose one of the teachers of this cohort."))
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and not EARLIEST <= starts_on <= today() + dt.timedelta(days=5 * 366):
            self.add_error("starts_on", _("This date is too far away."))
        elif starts_on and ends_on:
            if ends_on <= starts_on:
                self.add_error("ends_on", _("The end date must be after the start date."))
            elif (ends_on - starts_on).days > LONGEST_YEARS * 366:
                self.add_error("ends_on", _("A cohort lasts 6 years at most."))
        return data
