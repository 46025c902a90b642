"""Clients, carers and experts take part by a coordinator, or by a manager of the member they come with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import endings
from core.access import ALLOW, Verdict, deny, not_now
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation, Partnership
from partnerships.rules.partnerships import goes_on

if TYPE_CHECKING:
    from core.models import StateChange
    from partnerships.actors import Actor

_NEITHER = deny(
    _("Only a coordinator of the partnership and a manager of the organisation they come with can do this.")
)


def can_let_take_part(actor: Actor, partnership: Partnership, organisation_id: int | None) -> Verdict:
    """Let someone take part who comes with this organisation, or with nobody."""
    if partnership.pk in actor.coordinates or actor.has_role(organisation_id, Role.MANAGER):
        return goes_on(partnership)
    return _NEITHER


def can_end(actor: Actor, row: Affiliation) -> Verdict:
    """Let someone take part no more; of a student the enrolment decides."""
    verdict = _may(actor, row)
    if verdict and row.kind == AffiliationKind.STUDENT:
        return not_now(_("A student takes part as long as the enrolment lasts."))
    if verdict and row.is_over:
        return not_now(_("This had already ended."))
    return verdict


def can_take_back(actor: Actor, row: Affiliation, act: StateChange | None) -> Verdict:
    """Let someone take part again whose taking part was ended lately, by `act`."""
    return _may(actor, row) and endings.permits_take_back(row, act)


def _may(actor: Actor, row: Affiliation) -> Verdict:
    if row.partnership_id in actor.coordinates or actor.has_role(row.organisation_id, Role.MANAGER):
        return ALLOW
    return _NEITHER
