"""Who may do what with a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from partnerships.models import Call


def can_sign_up(call: Call) -> Verdict:
    """Anyone, without an account, until the deadline."""
    return ALLOW if call.is_open else not_now(_("This call is closed. You cannot sign up any more."))
