"""Why an improvement is one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import PortalForm


class OfferForm(PortalForm):
    """With a piece that is offered."""

    why = forms.CharField(
        label=_("Why is this better?"),
        max_length=500,
        help_text=_("The coordinators of the playbook read this. Name nobody."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
