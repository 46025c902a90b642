"""Who asks, answers and takes back when an organisation joins a partnership (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.models import StateChange
from partnerships.enums import COORDINATING, JoinRequestState
from partnerships.models import JoinRequest, Member, Partnership
from partnerships.rules.memberships import NOT_A_MANAGER
from partnerships.rules.partnerships import can_coordinate

if TYPE_CHECKING:
    from partnerships.actors import Actor

IS_OVER = not_now(_("This partnership has ended. Nobody can join it any more."))
NOT_A_PARTY = deny(_("Only managers of the organisation and coordinators of the partnership come here."))
NEWER = not_now(_("There is a newer request of this organisation, so this one stands as it is."))


def asks_again(member: Member, role: str) -> bool:
    """Whether another role needs the yes of the organisation: one that coordinates is neither given nor taken without."""
    return role != member.role and (role in COORDINATING or member.role in COORDINATING)


def can_invite(actor: Actor, partnership: Partnership, *, begins: bool = False) -> Verdict:
    """Ask an organisation to join: for coordinators. `begins`: while nobody ever took part, for administrators too."""
    if not (begins and actor.is_staff):
        verdict = can_coordinate(actor, partnership)
        if not verdict:
            return verdict
    return IS_OVER if partnership.is_over else ALLOW


def can_ask(actor: Actor, organisation_id: int, partnership: Partnership) -> Verdict:
    """Ask to take part in a partnership: for managers of the organisation."""
    if not actor.has_role(organisation_id, Role.MANAGER):
        return deny(NOT_A_MANAGER)
    return IS_OVER if partnership.is_over else ALLOW


def can_view(actor: Actor, request: JoinRequest) -> Verdict:
    """Read what was asked and answered: for those who speak for one of the two."""
    return ALLOW if _asks(actor, request) or _answers(actor, request) else NOT_A_PARTY


def can_answer(actor: Actor, request: JoinRequest) -> Verdict:
    """Accept or decline: for the side that was asked, as long as it waits."""
    if not _answers(actor, request):
        return _not_the_side(request.was_invited)
    if request.partnership.is_over:
        return IS_OVER
    return states.permits(request, "accept")


def can_withdraw(actor: Actor, request: JoinRequest) -> Verdict:
    """Take the question back before there is an answer: for the side that asked."""
    return (
        states.permits(request, "withdraw")
        if _asks(actor, request)
        else _not_the_side(not request.was_invited)
    )


def can_take_back(actor: Actor, request: JoinRequest, act: StateChange | None, *, newer: bool) -> Verdict:
    """Undo an answer or a withdrawal: for the side whose act it was, within two weeks.

    `newer` says that the two have asked each other again since.
    """
    by_asker = request.state == JoinRequestState.WITHDRAWN
    if not (_asks if by_asker else _answers)(actor, request):
        return _not_the_side(request.was_invited != by_asker)
    if newer:
        return NEWER
    return IS_OVER if request.partnership.is_over else states.permits_undo(request, act)


def _asks(actor: Actor, request: JoinRequest) -> bool:
    return (
        _speaks_for_partnership(actor, request)
        if request.was_invited
        else _speaks_for_organisation(actor, request)
    )


def _answers(actor: Actor, request: JoinRequest) -> bool:
    return (
        _speaks_for_organisation(actor, request)
        if request.was_invited
        else _speaks_for_partnership(actor, request)
    )


def _speaks_for_partnership(actor: Actor, request: JoinRequest) -> bool:
    return request.partnership_id in actor.coordinates


def _speaks_for_organisation(actor: Actor, request: JoinRequest) -> bool:
    return actor.has_role(request.organisation_id, Role.MANAGER)


def _not_the_side(organisation: bool) -> Verdict:
    """The refusal for whoever does not speak for the side whose act it is."""
    if organisation:
        return deny(NOT_A_MANAGER)
    return deny(_("Only a coordinator of this partnership can do this."))
