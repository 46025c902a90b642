"""Who answers and who takes back a request for a role (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import Verdict, deny
from partnerships.models import RoleRequest
from partnerships.rules.memberships import NOT_A_MANAGER

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_answer(actor: Actor, request: RoleRequest) -> Verdict:
    """Give a role or decline: for managers of the organisation, as long as it waits."""
    if not actor.has_role(request.organisation_id, Role.MANAGER):
        return deny(NOT_A_MANAGER)
    return states.permits(request, "give")


def can_withdraw(actor: Actor, request: RoleRequest) -> Verdict:
    """Take the question back: for whoever asked, as long as it waits."""
    if request.person_id != actor.person_id:
        return deny(_("Only whoever asked can do this."))
    return states.permits(request, "withdraw")
