"""What a membership of a partnership means for who looks at it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, not_now
from partnerships.actors import Actor
from partnerships.enums import COORDINATING, JoinRequestState
from partnerships.models import Member


def rests_on(actor: Actor, member: Member) -> bool:
    """Whether the actor coordinates the partnership through this member: without it, the own access goes."""
    return member.role in COORDINATING and actor.has_role(member.organisation_id, Role.COORDINATOR)


def rests_on_two_yeses(member: Member) -> Verdict:
    """Whether both sides still say that the organisation takes part, as when it began; asks nothing about people."""
    if member.join_request.state == JoinRequestState.ACCEPTED:
        return ALLOW
    return not_now(_("The organisation does not say yes any more. Ask it to join again."))
