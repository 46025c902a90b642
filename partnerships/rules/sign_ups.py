"""What can be done with a sign-up; who may do it is in `partnerships.can_coordinate`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from partnerships.models import SignUp


def can_accept(sign_up: SignUp) -> Verdict:
    """Take an employer in: once, and after it has confirmed its address."""
    if sign_up.confirmed_at is None:
        return not_now(_("This sign-up has not been confirmed by mail yet."))
    if sign_up.organisation_id:
        return not_now(_("This sign-up was accepted before."))
    return ALLOW
