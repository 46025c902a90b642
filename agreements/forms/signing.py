"""Signing in the portal, recording what was signed on paper, declining, and objecting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from agreements.enums import Signer
from core import attachments
from core.emails import EmailFormField
from core.limits import REASON
from ui.fields import WholeNameField
from ui.forms import PortalForm, choose_from

SCANS = {"application/pdf", "image/png", "image/jpeg"}


class SignForm(PortalForm):
    """A signature in the portal: the version that was read, the party, and the words one agrees to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signer = forms.ChoiceField(label=_("For whom do you sign?"), widget=forms.RadioSelect)
    is_same_person = forms.BooleanField(required=False)
    agreed = forms.BooleanField(label=_("I have read this agreement and I agree to it."))

    def __init__(
        self, *args: Any, parties: Iterable[Signer], version: int, other_name: str = "", **kwargs: Any
    ) -> None:
        choices = [(party.value, party.label) for party in parties]
        super().__init__(*args, initial={"version": version}, **kwargs)
        choose_from(self, "signer", choices)
        if len(choices) == 1:
            self.initial["signer"] = choices[0][0]
            self.fields["signer"].widget = forms.HiddenInput()
        if other_name:
            self.fields["is_same_person"].label = _(
                "The agreement calls me %(name)s. That is me, under the name I had then."
            ) % {"name": other_name}
        else:
            del self.fields["is_same_person"]

    def signature(self) -> dict[str, Any]:
        """What `services.signatures.sign` takes."""
        data = self.cleaned_data
        same = data.get("is_same_person", False)
        return {"version_id": data["version"], "signer": data["signer"], "is_same_person": same}


class DeclineForm(PortalForm):
    """Not signing, with the reason that the others read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why do you not sign?"),
        help_text=_("The others read this. No medical details."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": version}, **kwargs)


class WithdrawForm(DeclineForm):
    """Withdrawing a change that was on the page, with a word to who was asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why?")
        self.fields["reason"].required = False


class PaperForm(PortalForm):
    """A signature on paper with its scan, as whoever records it has it in front of them."""

    sometimes = ("name",)

    version = forms.IntegerField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label=_("Who signed?"), widget=forms.RadioSelect)
    name = WholeNameField(
        label=_("Name of the legal representative"),
        help_text=_("Only for a legal representative: the name under the signature."),
        required=False,
    )
    email = EmailFormField(
        label=_("Email address of the legal representative"),
        help_text=_("The representative gets an email, and can say that the signature is not right."),
        required=False,
    )
    signed_on = forms.DateField(label=_("Signed on"), help_text=_("The date next to the signature."))
    scan = forms.FileField(
        label=_("Scan or photo of the signed page"),
        help_text=_("A PDF or a photo (JPG or PNG) of at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(
        self,
        *args: Any,
        parties: Iterable[Signer],
        people: Mapping[Signer, list[Person]],
        student: str,
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"version": version}, **kwargs)
        choices: list[tuple[str, str | Promise]] = []
        for party in parties:
            if party == Signer.STUDENT:
                choices.append((party.value, f"{student}, {party.label}"))
            elif party == Signer.REPRESENTATIVE:
                choices.append((party.value, party.label))
            else:
                choices += [
                    (f"{party.value}:{person.pk}", f"{person.full_name}, {party.label}")
                    for person in people[party]
                ]
        choose_from(self, "who", choices)
        if Signer.REPRESENTATIVE not in parties:
            del self.fields["name"], self.fields["email"]

    def clean_scan(self) -> attachments.Accepted:
        """Only what shows a page: the same look inside as at evidence."""
        not_a_page = ValidationError(_("Choose a PDF or a photo (JPG or PNG)."), code="kind")
        try:
            accepted = attachments.check(self.cleaned_data["scan"])
        except ValidationError as error:
            raise (not_a_page if error.code == "kind" else error) from error
        if accepted.content_type not in SCANS:
            raise not_a_page
        return accepted

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("who") == Signer.REPRESENTATIVE and not data.get("name"):
            self.add_error("name", _("Fill in the name under the signature."))
        return data

    def signature(self) -> dict[str, Any]:
        """What `services.signatures.record_on_paper` takes."""
        data = self.cleaned_data
        signer, _colon, person = data["who"].partition(":")
        return {
            "version_id": data["version"],
            "signer": signer,
            "person_id": int(person) if person else None,
            "name": data.get("name", ""),
            "email": data.get("email", ""),
            "signed_on": data["signed_on"],
            "scan": data["scan"],
        }


class ObjectionForm(PortalForm):
    """What is wrong with a signature in one's name."""

    reason = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("For instance: I signed nothing, or I signed another text. The parties read this."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
