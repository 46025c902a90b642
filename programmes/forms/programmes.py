"""What one may fill in about a programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation
from programmes.models import Programme, Qualification
from programmes.queries.partners import employers_near, partnerships_of
from ui.forms import PortalModelForm

MOST_CREBOS = 4  # two for a combined programme (VZMZ); more is a mistake


class QualificationField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Qualification) -> str:
        """Two versions of one crebo differ by their first day only."""
        return _("%(name)s, level %(level)d (crebo %(crebo)s, from %(year)d)") % {
            "name": obj.name,
            "level": obj.level,
            "crebo": obj.crebo,
            "year": obj.file.valid_from.year,
        }


class ProgrammeForm(PortalModelForm):
    """Once a cohort has started the qualifications stand: a cohort keeps its versions (WEB 7.2.4 lid 7)."""

    parts = {
        "name": _("What students learn"),
        "contract_hours": _("Work and school in a week"),
        "is_switcher": _("For whom, and with whom"),
    }

    qualifications = QualificationField(
        label=_("Qualifications"),
        queryset=Qualification.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One, or two for a combined programme."),
    )
    employers = forms.ModelMultipleChoiceField(
        label=_("Partner employers"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Programme
        fields = [
            "name",
            "route",
            "qualifications",
            "contract_hours",
            "school_days",
            "is_switcher",
            "partnership",
        ]
        labels = {
            "name": _("Name of the programme"),
            "route": _("Learning route"),
            "contract_hours": _("Least contract hours a week"),
            "school_days": _("School days a week"),
            "is_switcher": _("For career switchers"),
            "partnership": _("Partnership"),
        }
        help_texts = {
            "contract_hours": _("For BBL: how many hours a student must work at least."),
            "partnership": _("Its coordinators see the programme and match students to training places."),
        }

    def __init__(self, *args: Any, school: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.instance.school = school
        present: list[int] = []
        if self.instance.pk:
            running = self.instance.partner_employers.running()
            present = list(running.order_by("organisation").values_list("organisation", flat=True))
        self.initial["employers"] = present
        self._choices_of("partnership").queryset = partnerships_of(school).for_list()
        self._choices_of("partnership").empty_label = _("No partnership")
        self._choices_of("employers").queryset = (
            Organisation.objects.employers()
            .filter(Q(pk__in=employers_near(school)) | Q(pk__in=present))
            .for_list()
        )
        qualifications = self._choices_of("qualifications")
        qualifications.queryset = Qualification.objects.for_list()
        if self.instance.pk and self.instance.cohorts.exists():
            qualifications.disabled = True
            qualifications.queryset = self.instance.qualifications.for_list()
            qualifications.help_text = _(
                "Cohorts follow these. For other qualifications make a new programme."
            )

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraint on the name too, though it needs the school, which is no field of the form."""
        return super()._get_validation_exclusions() - {"school"}  # type: ignore[misc]  # not in the stubs

    def clean_qualifications(self) -> Any:
        chosen = self.cleaned_data["qualifications"]
        if len(chosen) > MOST_CREBOS:
            raise forms.ValidationError(_("Choose at most %(count)d."), params={"count": MOST_CREBOS})
        return chosen

    def _choices_of(self, name: str) -> forms.ModelChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        return field
