"""The name and address of a work supervisor."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.services.people import Name
from core import emails
from ui.forms import PortalForm


class SupervisorForm(PortalForm):
    """Name and address of a work supervisor."""

    first_name = forms.CharField(label=_("First name"), max_length=60)
    name_prefix = forms.CharField(label=_("Prefix of the last name"), max_length=20, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    email = emails.EmailFormField(label=_("Email address"))

    def named(self) -> Name:
        """The name as the service wants it."""
        parts = ("first_name", "name_prefix", "last_name")
        return Name(**{part: self.cleaned_data[part] for part in parts})
