"""Who begins with the playbook of another partnership, and works on what was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from core.endings import DAYS
from core.states import too_late
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_coordinate, goes_on
from playbooks.models import PartChoice, PlaybookVersion
from playbooks.models.adoptions import BEGUN_ALREADY

if TYPE_CHECKING:
    from partnerships.actors import Actor

OWN_PLAYBOOK = not_now(_("This is the playbook of this partnership itself. Choose another."))
CHANGED_SINCE = not_now(_("This part was changed since, so the choice stands."))


def can_start_any(actor: Actor) -> Verdict:
    """Begin with a playbook at all: for who coordinates a partnership."""
    return (
        ALLOW
        if actor.coordinates
        else deny(_("Only a coordinator of a partnership can begin with a playbook."))
    )


def can_start(
    actor: Actor, partnership: Partnership, version: PlaybookVersion, *, has_begun: bool
) -> Verdict:
    """Begin with a version: once, for coordinators, and not with one's own."""
    verdict = can_coordinate(actor, partnership) and goes_on(partnership)
    if verdict and version.playbook.partnership_id == partnership.pk:
        return OWN_PLAYBOOK
    return not_now(BEGUN_ALREADY) if verdict and has_begun else verdict


def can_work_on(actor: Actor, partnership: Partnership) -> Verdict:
    """Change what was taken, take over and keep: for coordinators, as long as the partnership goes on."""
    return can_coordinate(actor, partnership) and goes_on(partnership)


def can_undo(actor: Actor, choice: PartChoice, *, is_over: bool) -> Verdict:
    """Take a choice back: within the days for that, as long as the piece is as the choice left it."""
    verdict = can_work_on(actor, choice.part.adoption.partnership)
    if verdict and is_over:
        return not_now(too_late(DAYS))
    if verdict and choice.row_version_after != choice.part.row_version:
        return CHANGED_SINCE
    return verdict and ALLOW
