"""The cooperation agreement of a partnership, as those inside read it and as its coordinators work on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.access import Verdict
from partnerships.actors import Actor
from partnerships.enums import CooperationState
from partnerships.models import CooperationParty, CooperationVersion
from partnerships.presenters.spaces import space_of
from partnerships.presenters.spots import ON_COOPERATION
from partnerships.rules import cooperation as rules
from partnerships.rules.partnerships import can_coordinate
from ui.history import state_lines
from ui.languages import dutch, told

LOOKS = {
    CooperationState.DRAFT: "todo",
    CooperationState.SIGNING: "wait",
    CooperationState.SIGNED: "done",
    CooperationState.REPLACED: "back",
    CooperationState.WITHDRAWN: "back",
}


@dataclass(frozen=True)
class PartyRow:
    """An organisation that signs, with its signature or who may see to it."""

    party: CooperationParty
    may_sign: Verdict
    may_record: Verdict


def detail_context(actor: Actor, version: CooperationVersion, *, has_open: bool) -> dict[str, Any]:
    """One version, loaded `with_text`; `has_open`: whether one of this partnership is on its way."""
    rows = rows_of(actor, version)
    coordinates = can_coordinate(actor, version.partnership)
    return {
        "space": space_of(actor),
        "partnership": version.partnership,
        "version": version,
        "look": LOOKS[CooperationState(version.state)],
        "rows": rows,
        "to_sign": [row.party for row in rows if row.may_sign],
        "coordinates": coordinates,
        "sections": ON_COOPERATION.of(version, actor),
        "may_change": rules.can_change(actor, version),
        "may_discard": rules.can_discard(actor, version),
        "may_ask": rules.can_ask(actor, version, parties=len(rows)),
        "may_withdraw": rules.can_withdraw(actor, version),
        "may_begin": version.state == CooperationState.SIGNED
        and rules.can_begin(actor, version.partnership, has_open=has_open),
        "history": state_lines(version) if coordinates else (),
    }


def rows_of(actor: Actor, version: CooperationVersion) -> list[PartyRow]:
    """Who signs, in the order of their names."""
    return [
        PartyRow(party, rules.can_sign(actor, version, party), rules.can_record(actor, version, party))
        for party in version.parties.all()
    ]


def asking(version: CooperationVersion) -> dict[str, Any]:
    """Before a version is put up for signature."""
    says = [
        told(_("These organisations are asked to sign: {names}."), names=_names(version.parties.all())),
        _("The text, the promises and who signs can no longer be changed."),
        _("Until everyone has signed you can withdraw this version."),
        _("A version that was signed before stays in force until then."),
        _("The managers of these organisations get an email."),
    ]
    return {
        "of": dutch(version.partnership.name),
        "heading": _("Ask for signatures on version %(number)d?") % {"number": version.number},
        "says": says,
        "word": _("Ask for signatures"),
        "back_url": version.get_absolute_url(),
        "space": "coordinator",
    }


def _names(parties: Iterable[CooperationParty]) -> str:
    return dutch(", ".join(party.organisation.name for party in parties))
