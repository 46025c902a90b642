"""Who names points of contact, and who answers (docs/domain.md 2): nobody is one without the own yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import Verdict, deny
from partnerships.models import Organisation, Partnership, PointOfContact
from partnerships.rules.memberships import can_manage
from partnerships.rules.organisations import takes_on
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_name_in(actor: Actor, partnership: Partnership) -> Verdict:
    """Name points of contact of a partnership, its calls and initiatives: for those who write for it."""
    return can_write(actor, partnership) and goes_on(partnership)


def can_name_at(actor: Actor, organisation: Organisation) -> Verdict:
    """Name points of contact of an organisation: for its managers."""
    return can_manage(actor, organisation) and takes_on(organisation)


def can_answer(actor: Actor, point: PointOfContact) -> Verdict:
    """Say yes or no: for who was asked, as long as it waits."""
    if point.person.pk != actor.person_id:
        return deny(_("Only who was asked can answer this."))
    return states.permits(point, "agree")


def can_stop(actor: Actor, point: PointOfContact) -> Verdict:
    """End it: for the person at any time, and for those who can name someone there."""
    if point.person.pk != actor.person_id and not names(actor, point):
        return deny(_("Only the person, or who names people here, can end this."))
    return states.permits(point, "stop")


def names(actor: Actor, point: PointOfContact) -> Verdict:
    """Whether the actor names people for what this is of, also where nothing begins any more."""
    if isinstance(point.of, Organisation):
        return can_manage(actor, point.of)
    partnership = point.of if isinstance(point.of, Partnership) else point.of.partnership
    return can_write(actor, partnership)
