"""What a membership of a partnership means for who looks at it."""

from __future__ import annotations

from accounts.enums import Role
from partnerships.actors import Actor
from partnerships.enums import COORDINATING
from partnerships.models import Member


def rests_on(actor: Actor, member: Member) -> bool:
    """Whether the actor coordinates the partnership through this member: without it, the own access goes."""
    return member.role in COORDINATING and actor.has_role(member.organisation_id, Role.COORDINATOR)
