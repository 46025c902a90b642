"""A coordinator answers a sign-up, and edits the call it came from."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.forms.steps import StepForm
from partnerships.models import Call, Initiative, Organisation, Partnership
from ui.forms import PortalForm, PortalModelForm

FIRST_YEAR, LAST_YEAR = 2015, 2100  # of study; earlier calls were never kept


class AcceptForm(PortalForm):
    """Which organisation a sign-up becomes: one that is known, or a new one."""

    organisation = forms.ModelChoiceField(
        label=_("Known organisation"),
        queryset=Organisation.objects.employers().order_by("name", "pk"),
        required=False,
        empty_label=_("New organisation"),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in OrganisationKind if kind in EMPLOYER_KINDS],
        widget=forms.RadioSelect,
        initial=OrganisationKind.CARE_PROVIDER,
    )


class SignUpStepForm(StepForm):
    """The next step of an employer in a call."""

    STEPS = {
        "talk": _("We are in conversation"),
        "pledge": _("Places are pledged"),
        "sign": _("The agreement is signed"),
        "start": _("The first students started"),
        "drop_out": _("This employer drops out"),
    }
    REASON_HELP = _("Needed when an employer drops out.")
    REASON_MISSING = _("Say why this employer drops out.")


class CallForm(PortalModelForm):
    """A call with its targets and dates."""

    class Meta:
        model = Call
        fields = (
            "title",
            "summary",
            "text",
            "initiative",
            "study_year",
            "partners_target",
            "places_target",
            "kick_off_on",
            "deadline",
            "is_published",
        )
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("kick_off_on", "deadline")
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        initiative: Any = self.fields["initiative"]
        initiative.queryset = Initiative.objects.filter(partnership=partnership).order_by("title", "pk")
        year: Any = self.fields["study_year"]
        year.validators = [*year.validators, MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
        year.widget.attrs |= {"min": FIRST_YEAR, "max": LAST_YEAR}
