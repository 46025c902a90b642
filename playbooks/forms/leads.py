"""We want this too, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import emails
from playbooks.models import PlaybookLead
from ui.fields import WholeNameField
from ui.forms import PortalForm, PortalModelForm


class LeadForm(PortalModelForm):
    """The short form without an account (story B-13)."""

    contact_name = WholeNameField(
        label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = emails.EmailFormField(
        label=_("Your email address"),
        help_text=_("We send a receipt to this address, and the answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_("The coordinators of this partnership may use these details to answer me."),
        help_text=_(
            "We delete your name, email address and question 12 months after you sent them, or earlier when you ask."
        ),
    )

    field_order = ("organisation_name", "town", "contact_name", "email", "question", "consent")

    class Meta:
        model = PlaybookLead
        fields = ("organisation_name", "town", "question")
        labels = {
            "organisation_name": _("Name of your organisation"),
            "town": _("Town or region"),
            "question": _("What do you want to know?"),
        }
        help_texts = {"question": _("Leave out names and details of clients and students.")}
        widgets = {
            "organisation_name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "question": forms.Textarea(attrs={"rows": 4}),
        }

    def answers(self) -> dict[str, Any]:
        """What the service wants to know."""
        return {name: self.cleaned_data[name] for name in self.field_order if name != "consent"}


class AnswerLeadForm(PortalForm):
    """The answer to who asked."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=2000,
        help_text=_("It is sent by email. Your name stands below it."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
