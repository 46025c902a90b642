"""An initiative as those who work on it see it: partners, who wants to join, and what the reader can do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.access import Verdict
from partnerships.actors import Actor
from partnerships.enums import PartnerState
from partnerships.forms.initiative_partners import InviteForm
from partnerships.models import (
    Initiative,
    InitiativeParticipant,
    InitiativePartner,
    Organisation,
    StoryVersion,
)
from partnerships.presenters.fundings import money_of
from partnerships.presenters.indicators import plots_of
from partnerships.presenters.initiative_proposals import own_organisations
from partnerships.presenters.milestones import rows_of as milestones_of
from partnerships.presenters.spaces import space_of
from partnerships.presenters.spots import ON_INITIATIVE
from partnerships.rules import initiative_partners as rules
from ui.forms import ReasonForm
from ui.history import trail

MOST_VERSIONS = 5  # of a story: older ones say nothing any more


@dataclass(frozen=True)
class PartnerRow:
    """An organisation with what it does here; `opens` for who speaks for it or leads the initiative."""

    partner: InitiativePartner
    opens: bool
    to_answer: Verdict


def around(actor: Actor, initiative: Initiative) -> dict[str, Any]:
    """In whose space these pages stand, and under which entry of the menu."""
    if initiative.partnership_id in actor.writes_for:
        listed = reverse("partnerships:coordination-initiatives", args=[initiative.partnership.slug])
        return {"space": "coordinator", "belongs_under": listed, "initiative": initiative}
    return {"space": space_of(actor), "initiative": initiative}


def inside_context(
    actor: Actor, initiative: Initiative, rows: Sequence[InitiativePartner], invite: InviteForm
) -> dict[str, Any]:
    """The inner page. Members see who takes part; who waits or left is for who leads, and for those themselves."""
    leads = rules.can_lead(actor, initiative)
    shown = [
        PartnerRow(row, bool(rules.can_view(actor, row)), rules.can_answer(actor, row))
        for row in rows
        if row.state == PartnerState.JOINED or rules.can_view(actor, row)
    ]
    return around(actor, initiative) | {
        "rows": shown,
        "leads": leads,
        "stories": _stories(initiative) if leads else None,
        "people": _people(initiative) if leads else None,
        "money": money_of(initiative),
        "milestones": milestones_of(initiative),
        "sections": ON_INITIATIVE.of(initiative, actor),
        "plots": plots_of(initiative.indicators.with_measurements()),
        "writes": initiative.partnership_id in actor.writes_for,
        "owner": initiative.owner,
        "asks_for": _can_ask_for(actor, initiative, rows),
        "invite_form": invite if leads and not initiative.partnership.is_over else None,
    }


def _people(initiative: Initiative) -> list[InitiativeParticipant]:
    """The people who take part or wait, for who leads the initiative."""
    rows = list(initiative.participants.live().for_list())
    for row in rows:
        row.initiative = initiative
    return rows


def _stories(initiative: Initiative) -> list[StoryVersion]:
    """The versions of its story, for who leads it, the newest first."""
    rows = list(initiative.stories.for_list()[:MOST_VERSIONS])
    for row in rows:
        row.initiative = initiative
    return rows


def _can_ask_for(
    actor: Actor, initiative: Initiative, rows: Sequence[InitiativePartner]
) -> list[Organisation]:
    """Own organisations that could ask to take part."""
    live = {row.organisation_id for row in rows if row.state in {"joined", "invited", "asked"}}
    if initiative.partnership.is_over:
        return []
    return [row for row in own_organisations(actor, initiative.partnership) if row.pk not in live]


def partner_context(actor: Actor, partner: InitiativePartner, forms: dict[str, Any]) -> dict[str, Any]:
    """The page of one organisation in an initiative, for both sides; `forms` are those that were sent."""
    return around(actor, partner.initiative) | {
        "partner": partner,
        "speaks": rules.speaks_for(actor, partner),
        "may_answer": rules.can_answer(actor, partner),
        "may_withdraw": rules.can_withdraw(actor, partner),
        "may_leave": rules.can_leave(actor, partner),
        "history": trail(partner),
        "decline_form": forms.get("decline") or ReasonForm(),
        "leave_form": forms.get("leave") or ReasonForm(),
        "partner_form": forms.get("change"),
    }
