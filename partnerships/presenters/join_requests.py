"""Requests to join as both sides see them: what is asked, what it means, and what the reader can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.enums import Role
from core.access import Verdict
from partnerships.actors import Actor
from partnerships.enums import COORDINATING, JoinRequestState
from partnerships.models import JoinRequest, Member, MembershipInvitation, Organisation, Partnership
from partnerships.presenters.spaces import space_of_organisation
from partnerships.queries.join_requests import is_newest, partnerships_named
from partnerships.queries.people import invited_manager
from partnerships.queries.people import standing as standing_of
from partnerships.rules import join_requests as rules
from partnerships.rules.memberships import can_invite_first_manager, can_manage
from ui.forms import ReasonForm
from ui.history import last_act, trail

MOST = 20


@dataclass(frozen=True)
class FirstManager:
    """Nobody can answer for the organisation yet: whether the reader may invite who will, and who was invited."""

    may_invite: Verdict
    invited: MembershipInvitation | None


def detail_context(actor: Actor, asked: JoinRequest, decline: ReasonForm) -> dict[str, Any]:
    """The page of one asked, for whoever speaks for one of the two."""
    history = trail(asked)
    act = last_act(history)
    concerned = Member.objects.running().filter(
        Q(role__in=COORDINATING) | Q(organisation=asked.organisation_id), partnership=asked.partnership_id
    )
    members = list(concerned.for_list())
    runs = any(member.organisation_id == asked.organisation_id for member in members)
    return around(actor, asked) | {
        "asked": asked,
        "leading": [member.organisation.name for member in members if member.role in COORDINATING],
        "takes_part": runs,
        "changes_role": asked.state == JoinRequestState.OPEN and runs,
        "may_answer": rules.can_answer(actor, asked),
        "may_withdraw": rules.can_withdraw(actor, asked),
        "may_take_back": act and rules.can_take_back(actor, asked, act, newer=not is_newest(asked)),
        "last_act": act,
        "decline_form": decline,
        "first_manager": _first_manager(actor, asked),
        "history": history,
    }


def around(actor: Actor, asked: JoinRequest) -> dict[str, Any]:
    """In whose space the page stands, and the list that one came from."""
    if asked.partnership_id in actor.coordinates and not _answers_for_organisation(actor, asked):
        back = reverse("partnerships:coordination-members", args=[asked.partnership.slug])
        return {"space": "coordinator", "belongs_under": back, "back": back, "for_partnership": True}
    back = reverse("partnerships:organisation-partnerships", args=[asked.organisation.slug])
    return {**space_of_organisation(asked.organisation), "back": back, "for_partnership": False}


def _answers_for_organisation(actor: Actor, asked: JoinRequest) -> bool:
    """Whoever speaks for both reads it from the side that answers."""
    return asked.was_invited and actor.has_role(asked.organisation_id, Role.MANAGER)


def _first_manager(actor: Actor, asked: JoinRequest) -> FirstManager | None:
    """Only of an invitation that waits: whoever asks has someone who can act."""
    if not asked.was_invited or asked.state != JoinRequestState.OPEN:
        return None
    standing = standing_of(asked.organisation_id, actor)
    if standing["has_manager"]:
        return None
    return FirstManager(can_invite_first_manager(actor, **standing), invited_manager(asked.organisation_id))


def organisation_context(actor: Actor, organisation: Organisation, name: str) -> dict[str, Any]:
    """Where an organisation takes part, what it asked and was asked, and for managers the search for another."""
    may_ask = can_manage(actor, organisation)
    found: list[Partnership] = list(partnerships_named(name, organisation)[: MOST + 1]) if may_ask else []
    members = Member.objects.running().filter(organisation=organisation)
    return {
        "organisation": organisation,
        **space_of_organisation(organisation),
        "members": members.select_related("partnership").order_by("partnership__name", "pk"),
        "inside": actor.inside,  # who looks may know some of them from the public page alone
        "requests": organisation.join_requests.newest_first() if may_ask else (),
        "may_ask": may_ask,
        "name": name,
        "found": found[:MOST],
        "is_cut": len(found) > MOST,
    }
