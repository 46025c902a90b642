"""Who wants a mail about what is new in a list, and how often."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.enums import SearchRhythm
from ui.forms import PortalForm


class SavedSearchForm(PortalForm):
    """The address and how often; that the address is theirs is shown by the link that it gets."""

    email = emails.EmailFormField(
        label=_("Email address"),
        help_text=_("We use it for these emails only, and forget it when you stop them."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(
        label=_("How often?"),
        help_text=_("You only get an email when there is something new."),
        choices=[
            (SearchRhythm.WEEKLY, _("At most once a week")),
            (SearchRhythm.DAILY, _("At most once a day")),
        ],
        widget=forms.RadioSelect,
    )
