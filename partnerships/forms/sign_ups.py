"""An employer signs up for a call, and a coordinator answers."""

import copy
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.enums import EMPLOYER_KINDS, MboLevel, OrganisationKind
from partnerships.forms.steps import StepForm
from partnerships.models import Organisation, SignUp, SignUpLine
from partnerships.models.sign_ups import MOST_PLACES
from partnerships.queries.likeness import organisations_like
from partnerships.queries.organisations import employers
from ui.fields import CHOOSE, PhoneField, WholeNameField
from ui.forms import PortalForm, PortalModelForm
from ui.likeness import LikenessMixin

ABOUT_THE_EMPLOYER = ("organisation_name", "phone", "condition", "remark")
LINE = ("places", "neighbourhood", "setting", "level")
MOST_LINES = 5  # at first: what was signed up is changed with more
SPARE = 2  # lines beside those that are there, so that each time some can be added
NEEDED_IN_A_LINE = _("Needed as soon as you fill in something for this location.")


def _named(name: str, number: int) -> str:
    """What a field of one of the lines is called: the first has the plain names."""
    return name if number == 1 else f"{name}_{number}"


class SignUpFieldsForm(PortalModelForm):
    """What an employer tells of itself: a line for each location, of which the first is asked and others may be opened."""

    parts: Mapping[str, Any] = {
        "organisation_name": _("Who you are"),
        "places": _("Your training places"),
        "condition": _("The rest"),
    }
    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("The coordinators of this partnership call you on it about this call."),
        required=False,
        widget=forms.TelInput({"autocomplete": "tel"}),
    )
    places = forms.IntegerField(
        label=_("Number of training places"),
        help_text=_("How many students can learn with you at the same time? An estimate is fine."),
        min_value=1,
        max_value=MOST_PLACES,
        widget=forms.NumberInput(attrs={"class": "input--num"}),
    )
    neighbourhood = forms.CharField(label=_("Neighbourhood or town"), max_length=80)
    setting = forms.CharField(
        label=_("Kind of workplace"),
        help_text=_("For example a nursing home, district care or a community centre."),
        max_length=120,
        required=False,
    )
    level = forms.TypedChoiceField(
        label=_("Level"),
        help_text=_("For which mbo level? Leave this empty if that does not matter."),
        choices=[("", CHOOSE), *MboLevel.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = SignUp
        fields = list(ABOUT_THE_EMPLOYER)
        labels = {
            "organisation_name": _("Name of your organisation"),
            "condition": _("Do you have a condition?"),
            "remark": _("Do you want to tell us something else?"),
        }
        help_texts = {
            "condition": _("For example: two colleagues have to be trained first."),
            "remark": _("Leave out names and details of clients and students."),
        }
        widgets = {
            "remark": forms.Textarea(attrs={"rows": 4}),
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(self.instance.lines.all()) if self.instance.pk else []
        self.parts, self.folds = dict(self.parts), {}
        spare = SPARE if known else 0
        self.numbers = range(1, max(MOST_LINES, len(known) + spare) + 1)
        self.sometimes = tuple(_named(name, number) for number in self.numbers[1:] for name in LINE[:2])
        for number in self.numbers:
            self._ask_line(number, known[number - 1] if number <= len(known) else None)
        lines = [_named(name, number) for number in self.numbers for name in LINE]
        rest = [name for name in self.field_order or self.fields if name not in lines]
        at = rest.index("condition")
        self.order_fields([*rest[:at], *lines, *rest[at:]])

    def _ask_line(self, number: int, line: SignUpLine | None) -> None:
        """The fields of one line, with what it says; one more than there are opens when it is wanted."""
        for name in LINE:
            key = _named(name, number)
            if number > 1:
                field = self.fields[key] = copy.deepcopy(self.base_fields[name])
                field.label = format_lazy(_("{label} (location {number})"), label=field.label, number=number)
                field.help_text, field.required = NEEDED_IN_A_LINE if key in self.sometimes else "", False
            if line is not None:
                self.initial.setdefault(key, getattr(line, name))
        if number > 1:
            into: Any = self.folds if line is None else self.parts
            into[_named("places", number)] = format_lazy(_("Location {number}"), number=number)

    def clean(self) -> dict[str, Any]:
        """A line that says something says how many places there are, and where."""
        data = super().clean() or self.cleaned_data
        for number in self.numbers:
            keys = {name: _named(name, number) for name in LINE}
            if any(data.get(key) or key in self.errors for key in keys.values()):
                for name in ("places", "neighbourhood"):
                    if not data.get(keys[name]) and keys[name] not in self.errors:
                        self.add_error(keys[name], _MISSING[name])
        return data

    def lines(self) -> list[SignUpLine]:
        """What is offered where."""
        found = [{name: self.cleaned_data[_named(name, number)] for name in LINE} for number in self.numbers]
        return [SignUpLine(**says) for says in found if says["places"]]

    def answers(self) -> dict[str, Any]:
        """What the employer tells."""
        return {name: self.cleaned_data[name] for name in ABOUT_THE_EMPLOYER} | {"lines": self.lines()}


_MISSING = {
    "places": _("Say how many training places there are here."),
    "neighbourhood": _("Say in which neighbourhood or town this is."),
}


class SignUpCorrectionForm(SignUpFieldsForm):
    """The same, for a coordinator to whom an employer told something else since."""

    parts: Mapping[str, Any] = {
        "organisation_name": _("Who it is"),
        "places": _("Training places"),
        "condition": _("The rest"),
    }
    phone = PhoneField(required=False)

    class Meta(SignUpFieldsForm.Meta):
        labels = {}
        help_texts = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LINE:
            self.fields[name].help_text = ""


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

    field_order = [
        *("organisation_name", "contact_name", "email", "phone"),
        *LINE,
        *("condition", "remark", "consent"),
    ]

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
