"""An employer signs up for a call, and a coordinator answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.enums import EMPLOYER_KINDS, OrganisationKind
from partnerships.forms.steps import StepForm
from partnerships.models import Organisation, SignUp
from partnerships.queries.likeness import organisations_like
from partnerships.queries.organisations import employers
from ui.fields import PhoneField, WholeNameField
from ui.forms import PortalForm, PortalModelForm
from ui.likeness import LikenessMixin

ABOUT_THE_EMPLOYER = (
    "organisation_name",
    "phone",
    "places",
    "neighbourhood",
    "setting",
    "condition",
    "remark",
)


class SignUpFieldsForm(PortalModelForm):
    """What an employer tells of itself."""

    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("The coordinators of this partnership call you on it about this call."),
        required=False,
        widget=forms.TelInput({"autocomplete": "tel"}),
    )

    class Meta:
        model = SignUp
        fields = list(ABOUT_THE_EMPLOYER)
        labels = {
            "organisation_name": _("Name of your organisation"),
            "places": _("Number of training places"),
            "neighbourhood": _("Neighbourhood or town"),
            "setting": _("Kind of workplace"),
            "condition": _("Do you have a condition?"),
            "remark": _("Do you want to tell us something else?"),
        }
        help_texts = {
            "places": _("How many students can learn with you at the same time? An estimate is fine."),
            "setting": _("For example a nursing home, district care or a community centre."),
            "condition": _("For example: two colleagues have to be trained first."),
            "remark": _("Leave out names and details of clients and students."),
        }
        widgets = {
            "remark": forms.Textarea(attrs={"rows": 4}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "places": forms.NumberInput(attrs={"class": "input--num", "min": 1, "max": 500}),
        }

    def answers(self) -> dict[str, Any]:
        """What the employer tells."""
        return {name: self.cleaned_data[name] for name in ABOUT_THE_EMPLOYER}


class SignUpCorrectionForm(SignUpFieldsForm):
    """The same, for a coordinator to whom an employer told something else since."""

    phone = PhoneField(required=False)

    class Meta(SignUpFieldsForm.Meta):
        labels = {}
        help_texts = {}


class SignUpForm(SignUpFieldsForm):
    """The short form without an account (story C-01)."""

    contact_name = WholeNameField(
        label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = emails.EmailFormField(
        label=_("Your email address"),
        help_text=_("We send a link to this address. Your sign-up counts once you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("The coordinators of this partnership may use these details to contact me about this call."),
        help_text=_(
            "We delete your name, email address, phone number and remark 12 months after the call has closed, or"
            " earlier when you ask."
        ),
    )

    parts = {
        "organisation_name": _("Who you are"),
        "places": _("Your training places"),
        "remark": _("The rest"),
    }
    field_order = ["organisation_name", "contact_name", "email", *ABOUT_THE_EMPLOYER[1:], "consent"]

    def answers(self) -> dict[str, Any]:
        """The same with who tells it, without the consent that the form asks for."""
        who = {name: self.cleaned_data[name] for name in ("contact_name", "email")}
        return super().answers() | who


class AcceptForm(LikenessMixin, PortalForm):
    """Which organisation a sign-up becomes: one that is known, or a new one; likely ones are asked about first."""

    organisation = forms.ModelChoiceField(
        label=_("Known organisation"),
        queryset=employers(),
        required=False,
        empty_label=_("New organisation"),
    )
    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=[(kind.value, kind.label) for kind in OrganisationKind if kind in EMPLOYER_KINDS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, sign_up: SignUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = organisations_like(among=employers(), name=sign_up.organisation_name, email=sign_up.email)
        self.ask_which(found, _described, _("No, it is another organisation"))
        if "likely" in self.fields:
            self.order_fields(["likely"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("organisation") is None:
            self.hear()
        return data

    def answers(self) -> dict[str, Any]:
        """What the service wants to know."""
        data = self.cleaned_data
        return {
            "organisation": data["organisation"] or self.same,
            "kind": data["kind"],
            "seen": self.seen,
        }


def _described(organisation: Organisation) -> str:
    where = [organisation.town, organisation.get_kind_display()]
    return ", ".join([organisation.name, *filter(None, where)])


class SignUpStepForm(StepForm):
    """The next step of an employer in a call."""

    STEPS = {
        "talk": _("In talks"),
        "pledge": _("Training places are pledged"),
        "sign": _("The agreement is signed"),
        "start": _("The first students started"),
        "drop_out": _("Not taking part"),
        "reopen": _("In talks again"),
    }
    REASON_HELP = _("Needed when an employer drops out, and when talks begin again.")
    REASON_MISSING = {
        "drop_out": _("Say why this employer drops out."),
        "reopen": _("Say why talks with this employer begin again."),
    }
