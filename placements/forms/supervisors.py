"""The name and address of a work supervisor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.models import Organisation
from placements.models import Supervisor
from ui.forms import PortalForm


class SupervisorForm(PortalForm):
    """Name and address of a work supervisor."""

    name = forms.CharField(max_length=120, label=_("Name"))
    email = emails.EmailFormField(label=_("Email address"))

    def __init__(
        self, *args: Any, organisation: Organisation, supervisor: Supervisor | None = None, **kwargs: Any
    ) -> None:
        self.organisation, self.supervisor = organisation, supervisor
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        """Each address once at an employer."""
        email: str = self.cleaned_data["email"]
        others = Supervisor.objects.filter(organisation=self.organisation, email=email)
        if self.supervisor:
            others = others.exclude(pk=self.supervisor.pk)
        if others.exists():
            raise forms.ValidationError(_("There is already a supervisor with this email address."))
        return email
