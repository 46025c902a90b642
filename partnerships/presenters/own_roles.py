"""One's own rights: every role and seat one has or had, what it lets one do, and who changed that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core import endings
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import GroupSeat, Mandate, Membership
from partnerships.presenters.spaces import space_of
from partnerships.rules import memberships as rules
from ui import history


@dataclass(frozen=True)
class OwnRole:
    """A role, with its mandates of all times, and whether one may let it go on."""

    membership: Membership
    mandates: Sequence[Mandate]
    may_take_back: bool


def context(actor: Actor) -> dict[str, Any]:
    """The page: the same number of queries however many roles there are."""
    roles = list(Membership.objects.of(actor))
    seats = list(GroupSeat.objects.of(actor))
    acts = {one.row.pk: one.act for one in endings.lately(Membership.objects.of(actor))}
    mandates = [mandate for role in roles for mandate in role.mandates.all()]
    names: dict[Any, str] = {row: f"{row.get_role_display()}, {row.organisation}" for row in roles}
    names |= {row: f"{row.get_kind_display()}, {row.membership.organisation}" for row in mandates}
    names |= {row: row.group.name for row in seats}
    return {
        "space": space_of(actor),
        "roles": [_own(actor, role, acts.get(role.pk)) for role in roles],
        "seats": seats,
        "history": history.endings(names),
    }


def _own(actor: Actor, role: Membership, act: StateChange | None) -> OwnRole:
    return OwnRole(role, list(role.mandates.all()), bool(act and rules.can_take_back(actor, role, act)))
