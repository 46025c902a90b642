"""Accreditations: checked by teachers and coordinators, read by the employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_check_accreditations(actor: Actor) -> Verdict:
    """Record a check; of which organisations is decided by the partnerships the actor works in."""
    if actor.coordinates or actor.takes_part_as(Role.TEACHER):
        return ALLOW
    return deny(_("Only teachers and coordinators record an accreditation check."))
