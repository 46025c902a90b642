"""What the page of one's own account shows."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.queries.devices import devices_of
from core import emails
from ui.components import SummaryRow


def signing_in(user: User) -> list[SummaryRow]:
    """How this person signs in, each line with the way to change it."""
    step = _("Switched on") if is_mfa_enabled(user) else _("Switched off")
    return [
        SummaryRow(_("Email address"), emails.shown(user.email), reverse("account_email")),
        SummaryRow(_("Password"), "••••••••", reverse("account_change_password")),
        SummaryRow(_("Second step"), step, reverse("mfa_index")),
        SummaryRow(_("Signed in on"), _device_words(len(devices_of(user))), reverse("usersessions_list")),
    ]


def _device_words(number: int) -> str:
    return ngettext("%(number)d device", "%(number)d devices", number) % {"number": number}
