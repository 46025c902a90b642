"""Proposals for initiatives: those of one partnership as far as they are the reader's to see, and one with its answer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from partnerships.actors import Actor
from partnerships.models import InitiativeProposal, Organisation, Partnership
from partnerships.presenters.spaces import space_of
from partnerships.roles import BRINGS_INITIATIVES
from partnerships.rules import initiative_proposals as rules
from ui.forms import ReasonForm
from ui.history import trail
from ui.pages import Page


def own_organisations(actor: Actor, partnership: Partnership) -> list[Organisation]:
    """Those for which the actor can propose something in this partnership, by name; nothing is asked of the database."""
    found = {
        held.organisation_id: Organisation(
            pk=held.organisation_id, slug=held.slug, name=held.name, kind=held.kind
        )
        for held in actor.held
        if held.role in BRINGS_INITIATIVES and partnership.pk in actor.parts_of(held.organisation_id)
    }
    return sorted(found.values(), key=lambda row: (row.name, row.pk))


def around(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """In whose space these pages stand, and under which entry of the menu."""
    back = partnership.get_absolute_url()
    if partnership.pk in actor.writes_for:
        initiatives = reverse("partnerships:coordination-initiatives", args=[partnership.slug])
        return {
            "space": "coordinator",
            "belongs_under": initiatives,
            "partnership": partnership,
            "back": back,
        }
    return {"space": space_of(actor), "partnership": partnership, "back": back}


def list_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """The proposals of a partnership that are the reader's to see."""
    may_propose = rules.can_propose_in(actor, partnership)
    return around(actor, partnership) | {"page": page, "may_propose": may_propose}


def detail_context(actor: Actor, proposal: InitiativeProposal, decline: ReasonForm) -> dict[str, Any]:
    """The page of one, for whoever proposed it, colleagues, and who answers."""
    return around(actor, proposal.partnership) | {
        "proposal": proposal,
        "may_answer": rules.can_answer(actor, proposal),
        "may_withdraw": rules.can_withdraw(actor, proposal),
        "initiative_url": _initiative_url(actor, proposal),
        "decline_form": decline,
        "history": trail(proposal),
    }


def _initiative_url(actor: Actor, proposal: InitiativeProposal) -> str:
    """Where the initiative is that was made of it, for who may read that."""
    initiative = proposal.initiative
    if initiative is None:
        return ""
    if initiative.owner_id == actor.person_id or proposal.partnership_id in actor.writes_for:
        return reverse("partnerships:initiative-inside", args=[initiative.slug])
    return initiative.get_absolute_url() if initiative.is_published else ""
