"""A partnership as visitors see it."""

from __future__ import annotations

from typing import Any

from partnerships.actors import Actor
from partnerships.enums import COORDINATING, MemberRole
from partnerships.models import Call, Partnership
from partnerships.presenters import contacts
from partnerships.presenters.public import about_partnership
from partnerships.presenters.spots import ON_PARTNERSHIP
from partnerships.queries.known import ever_in


def detail_context(partnership: Partnership, actor: Actor | None) -> dict[str, Any]:
    """Who takes part, in which role, and who did; the action lines, themes and calls of a partnership."""
    members = ever_in(partnership.pk)
    running = [member for member in members if member.is_running]
    return {
        "partnership": partnership,
        "about": about_partnership(partnership),
        "contacts": contacts.of_partnership(partnership, actor),
        "leading": [member for member in running if member.role in COORDINATING],
        "members": [member for member in running if member.role == MemberRole.MEMBER],
        "observers": [member for member in running if member.role == MemberRole.OBSERVER],
        "former": [member for member in members if member.is_over],
        "action_lines": partnership.action_lines.running(),
        "sections": ON_PARTNERSHIP.of(partnership, actor),
        "calls": Call.objects.published().filter(partnership=partnership).for_list(),
    }
