"""Placements: who ends them and who names the supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import Verdict, deny
from core.states import permits
from placements.rules.matches import is_school_side

if TYPE_CHECKING:
    from partnerships.actors import Actor
    from placements.models import Placement


def can_break_off(actor: Actor, placement: Placement) -> Verdict:
    """End a placement early: the school's side and the employer; a student talks to one of them first."""
    employer = placement.slot.organisation_id in actor.employer_organisations
    if not employer and not is_school_side(actor, placement):
        return deny(_("Only the school, the coordinator and the employer end a placement."))
    return permits(placement, "break_off")


def can_change_supervisor(actor: Actor, placement: Placement) -> Verdict:
    """Name who guides the student, as long as the placement could still be ended."""
    if placement.slot.organisation_id not in actor.employer_organisations:
        return deny(_("Only contact persons and practice trainers of the employer name the supervisor."))
    return permits(placement, "break_off")
