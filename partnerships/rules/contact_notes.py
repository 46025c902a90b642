"""Who writes down contact with an employer that signed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, not_now
from partnerships.models import SignUp
from partnerships.rules.partnerships import can_coordinate

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_note_contact(actor: Actor, sign_up: SignUp) -> Verdict:
    """For the coordinators, also of an employer that dropped out: once it is known whose mailbox it is."""
    confirmed = (
        ALLOW if sign_up.confirmed_at else not_now(_("This sign-up has not been confirmed by email yet."))
    )
    return can_coordinate(actor, sign_up.call.partnership) and confirmed
