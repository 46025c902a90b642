"""Forms about people: their own entry, a new account, and who someone is."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Invitation, Person, User
from accounts.models.people import PersonQuerySet
from accounts.queries.likeness import people_like
from accounts.services.people import Name
from core import emails
from core.attachments import MOST_BYTES
from ui.fields import NAME_FIELDS, NameMixin, PhoneField, first_name_field, last_name_field, name_prefix_field
from ui.forms import PortalForm, PortalModelForm
from ui.likeness import LikenessMixin

HAS_THE_ADDRESS = _("This is the address of %(name)s. Give the own address of this person.")
DIGEST = re.compile(r"[0-9a-f]{64}")
ONE_NAME = _("Leave this empty if you have one name.")


class ProfileForm(NameMixin, PortalModelForm):
    """Name, phone number and language."""

    first_name = first_name_field(autocomplete="given-name")
    name_prefix = name_prefix_field()
    last_name = last_name_field(autocomplete="family-name", help_text=ONE_NAME)
    phone = PhoneField(
        label=_("Phone"),
        help_text=_("Who sees it, you choose under What others see of me."),
        required=False,
        widget=forms.TelInput({"autocomplete": "tel"}),
    )

    class Meta:
        model = Person
        fields = ("first_name", "name_prefix", "last_name", "phone", "language")


class VerifyForm(PortalForm):
    """A file that someone was given, or the checksum on it; `digest` is what to look for."""

    sometimes = ("file", "checksum")
    elfproef_exempt = ("checksum",)  # one in ninety has nine figures in a row that pass
    digest = ""

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        help_text=_(
            "Needed without a checksum: the PDF or JSON as you got it, of at most 10 MB; not printed or saved again."
        ),
        required=False,
        max_length=200,
        allow_empty_file=True,
    )
    checksum = forms.CharField(
        label=_("Checksum"),
        help_text=_("Needed without a file: the 64 letters and figures on it."),
        required=False,
        max_length=200,
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse what is larger than anything the portal makes."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than 10 MB."), code="too_large")
        return file

    def clean_checksum(self) -> str:
        """Without the spaces and line ends that come along when it is copied."""
        digest = "".join(self.cleaned_data["checksum"].split()).lower()
        if digest and not DIGEST.fullmatch(digest):
            raise ValidationError(_("A checksum has 64 letters (a to f) and figures. Copy it as a whole."))
        return digest

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        file, checksum = data.get("file"), data.get("checksum")
        if file is not None and checksum:
            self.add_error("checksum", _("Give one of both: the file or the checksum."))
        elif file is not None:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            self.digest = digest.hexdigest()
        elif checksum:
            self.digest = checksum
        elif not self.errors:
            self.add_error("file", _("Choose the file, or fill in the checksum."))
        return data


class AddressForm(PortalForm):
    """The address of someone who wants an account."""

    email = emails.EmailFormField(
        label=_("Email address"), widget=forms.EmailInput({"autocomplete": "email"})
    )


class NewAccountForm(NameMixin, PortalForm):
    """Name and password of someone new; the address was shown to be theirs."""

    first_name = first_name_field(autocomplete="given-name")
    name_prefix = name_prefix_field()
    last_name = last_name_field(autocomplete="family-name", help_text=ONE_NAME)
    password = forms.CharField(
        label=_("Choose a password"),
        max_length=200,
        strip=False,
        help_text=_("At least 12 characters. Three or four words after each other work well."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        self.address = self.username = address
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is common or looks like the person's own name or address."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            user = User(email=self.address)
            user.person = Person(**{name: cleaned.get(name, "") for name in NAME_FIELDS})
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class InvitationForm(NewAccountForm):
    """The same for someone who was invited: by the name that the inviter gave, to be corrected."""

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(invitation.person, name) for name in NAME_FIELDS}
        super().__init__(*args, address=invitation.email, **kwargs)


class MailedCodeForm(PortalForm):
    """The code from a mail."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Eight digits, from the newest mail."),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def name_in(data: dict[str, Any]) -> Name:
    """The name in what a form about someone was filled in with."""
    return Name(**{part: data.get(part, "") for part in NAME_FIELDS})


def with_name(data: dict[str, Any]) -> dict[str, Any]:
    """What was filled in about someone, with the name in one piece as services take it."""
    return {key: value for key, value in data.items() if key not in NAME_FIELDS} | {"name": name_in(data)}


class SamePersonMixin(LikenessMixin):
    """Before someone new is written down, asks whether it is one of the asker's own people: `ask_who`, from `clean`."""

    question = _("Is this the same person?")
    hint = _("You know someone with nearly this name, or with this address, already.")
    address_field = "email"

    def ask_who(
        self, *, among: PersonQuerySet, name: Name, email: str, words: Callable[[Any], str | Promise]
    ) -> None:
        """`among` are the people whom the asker may be shown, `words` says of each what is to be seen of them already."""
        found = people_like(among=among, name=name.whole, email=email)
        self.ask_which(found, words, _("No, someone else"))
        self.hear()
        owner = next((person for person in found if person.address == email), None)
        if owner is not None and self.seen:
            params = {"name": owner.full_name}
            self.add_error(self.address_field, ValidationError(HAS_THE_ADDRESS, params=params))

    def meant(self) -> dict[str, Any]:
        """The answer, for the service: who it is, or who it is not."""
        return {"known": self.same, "seen": self.seen}
