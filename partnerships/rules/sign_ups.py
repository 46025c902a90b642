"""What can be done with a sign-up: by whoever gave it, and by the coordinators of the partnership that calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from partnerships.enums import SignUpState
from partnerships.models import SignUp
from partnerships.rules.partnerships import can_coordinate, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_accept(sign_up: SignUp) -> Verdict:
    """Take an employer in: once, and after it has confirmed its address."""
    if sign_up.confirmed_at is None:
        return not_now(_("This sign-up has not been confirmed by email yet."))
    if sign_up.organisation_id:
        return not_now(_("This sign-up was accepted before."))
    return ALLOW


def can_see_own(actor: Actor, sign_up: SignUp) -> Verdict:
    """See and confirm what one signed up with: for who did, by the link in the mail."""
    if sign_up.contact_id is not None and sign_up.contact_id == actor.person_id:
        return ALLOW
    return deny(_("Only whoever signed up can do this."))


def can_change_own(actor: Actor, sign_up: SignUp) -> Verdict:
    """Change what one signed up with: once it was confirmed, and as long as the employer takes part."""
    return can_see_own(actor, sign_up) and stands(sign_up)


def can_change(actor: Actor, sign_up: SignUp) -> Verdict:
    """Change what an employer told, as it told since: for the coordinators of the partnership that calls."""
    return can_coordinate(actor, sign_up.call.partnership) and stands(sign_up)


def stands(sign_up: SignUp) -> Verdict:
    """Whether it counts: confirmed, and the employer takes part."""
    if sign_up.confirmed_at is None:
        return not_now(_("Confirm your sign-up first."))
    if sign_up.state == SignUpState.DROPPED_OUT:
        return not_now(_("This sign-up has been closed. Ask the coordinators if that is not right."))
    return ALLOW


def can_draft_places(actor: Actor, sign_up: SignUp, *, is_member: bool) -> Verdict:
    """Make draft places of what an employer that has started offers, for its own people to complete.

    `is_member`: whether the employer takes part in the partnership by now.
    """
    verdict = can_coordinate(actor, sign_up.call.partnership) and goes_on(sign_up.call.partnership)
    if verdict and sign_up.state != SignUpState.STARTED:
        return not_now(_("Wait until this employer has started."))
    if verdict and not is_member:
        return not_now(_("This employer does not take part in the partnership yet. It first has to say yes."))
    return verdict
