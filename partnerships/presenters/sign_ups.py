"""What comes of an employer's sign-up, before a coordinator says yes to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from partnerships.actors import Actor
from partnerships.models import Organisation, Partnership, SignUp
from partnerships.queries.join_requests import has_asked
from partnerships.queries.organisations import is_member
from partnerships.queries.people import invited_manager, standing
from partnerships.rules.memberships import can_invite_first_manager


def accept_context(
    actor: Actor, partnership: Partnership, sign_up: SignUp, organisation: Organisation | None
) -> dict[str, Any]:
    """Which organisation it becomes, whether that is asked to join, and who is invited; as the service will do it."""
    takes_part = organisation is not None and is_member(organisation, partnership)
    may_invite = organisation is None or bool(
        can_invite_first_manager(actor, **standing(organisation.pk, actor))
    )
    return {
        "space": "coordinator",
        "belongs_under": reverse("partnerships:coordination-calls", args=[partnership.slug]),
        "partnership": partnership,
        "sign_up": sign_up,
        "organisation": organisation,
        "takes_part": takes_part,
        "is_asked": not takes_part and (organisation is None or not has_asked(organisation, partnership)),
        "is_invited": may_invite and (organisation is None or invited_manager(organisation.pk) is None),
    }
