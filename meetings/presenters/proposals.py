"""Improvement proposals as their readers know them, and the way that each has gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meetings.enums import ProposalState
from meetings.models import ImprovementProposal, ProposalAdoption
from meetings.presenters import sheets
from meetings.presenters.tables import Table, frame
from meetings.rules import proposals as rules
from partnerships.actors import Actor
from partnerships.presenters.spaces import space_of
from ui.formats import day as full_day
from ui.history import TrailLine, by_act, field_lines, state_lines, undo_of
from ui.sheets import Sheet

# Which mark a state has in a list.
MARKS = {
    ProposalState.DRAFT: "todo",
    ProposalState.SUBMITTED: "wait",
    ProposalState.CONSIDERED: "busy",
    ProposalState.ADOPTED: "busy",
    ProposalState.REJECTED: "back",
    ProposalState.CARRIED_OUT: "done",
}
WAY = (
    ProposalState.SUBMITTED,
    ProposalState.CONSIDERED,
    ProposalState.ADOPTED,
    ProposalState.CARRIED_OUT,
)


@dataclass(frozen=True)
class WayStep:
    """One of the five steps of a proposal: gone, where it is now, still to come, or where it ended."""

    name: str
    state: str
    note: str = ""


@dataclass(frozen=True)
class ProposalRow:
    """A proposal with its author as far as the reader may know, and in how many other organisations it was begun."""

    proposal: ImprovementProposal
    shows_author: bool
    elsewhere: int = 0

    @property
    def who(self) -> str:
        """Who wrote it."""
        return self.proposal.author.full_name if self.shows_author else _("without a name")

    @property
    def mark(self) -> str:
        """How its state is drawn."""
        return MARKS[ProposalState(self.proposal.state)]

    @property
    def way(self) -> Sequence[WayStep]:
        """The five steps of its way."""
        return _way(self.proposal, self.elsewhere)


def _way(proposal: ImprovementProposal, elsewhere: int) -> list[WayStep]:
    notes = _notes(proposal)
    rejected = proposal.state == ProposalState.REJECTED
    reached = 1 if rejected else WAY.index(ProposalState(proposal.state)) if proposal.state in WAY else -1
    steps = []
    for number, state in enumerate(WAY):
        name = str(ProposalState.REJECTED.label if rejected and number == 2 else state.label)
        how = "done" if number <= reached else "now" if number == reached + 1 else "next"
        if rejected:
            how = "done" if number <= reached else "no" if number == 2 else "next"
        steps.append(WayStep(name, how, notes.get(state, "") if how in {"done", "no"} else ""))
    others = _("adopted elsewhere too")
    steps.append(WayStep(others, "done" if elsewhere else "next"))
    return steps


def _notes(proposal: ImprovementProposal) -> dict[ProposalState, str]:
    """What is said beside a step."""
    due, owner = proposal.reaction_due, proposal.owner
    notes = {ProposalState.SUBMITTED: full_day(proposal.day)}
    if owner is not None and due is not None:
        if proposal.state == ProposalState.CONSIDERED:
            answers = _("%(name)s answers by %(day)s") % {"name": owner.full_name, "day": full_day(due)}
            notes[ProposalState.CONSIDERED] = answers
        else:
            notes[ProposalState.CONSIDERED] = _("by %(name)s") % {"name": owner.full_name}
    return notes


def rows(actor: Actor, proposals: Iterable[ImprovementProposal]) -> list[ProposalRow]:
    """The rows of a list; `elsewhere` of rows that were counted."""
    return [ProposalRow(row, row.shows_author_to(actor), getattr(row, "elsewhere", 0)) for row in proposals]


def sheet(actor: Actor) -> Sheet:
    """The same list as a file, for this reader."""
    return replace(sheets.PROPOSALS, rows=lambda found: rows(actor, found))


def own_frame(actor: Actor) -> dict[str, Any]:
    """What stands around the pages of who wrote it: the space in which that person works."""
    space = "student" if actor.studies else space_of(actor)
    belongs = reverse("students:me") if space == "student" else ""
    return {"space": space} | ({"belongs_under": belongs} if belongs else {})


def around(actor: Actor, proposal: ImprovementProposal) -> dict[str, Any]:
    """What stands around a page of one proposal: of one's own, or of the partnership's."""
    if proposal.author_id == actor.person_id:
        return own_frame(actor) | {
            "partnership": proposal.partnership,
            "list_url": reverse("meetings:proposal-own"),
            "list_name": _("My proposals"),
        }
    inside = proposal.partnership_id in actor.inside
    url = reverse("meetings:proposal-list", args=[proposal.partnership.slug]) if inside else ""
    return frame(actor, Table(proposal.partnership)) | {
        "list_url": url,
        "list_name": _("Improvement proposals"),
    }


def detail_context(actor: Actor, proposal: ImprovementProposal) -> dict[str, Any]:
    """The page of a proposal."""
    states_of = state_lines(proposal)
    history = by_act(states_of, field_lines(proposal))
    adoptions = list(ProposalAdoption.objects.standing().filter(proposal=proposal).for_list())
    row = ProposalRow(proposal, proposal.shows_author_to(actor), len(adoptions))
    return around(actor, proposal) | {
        "row": row,
        "proposal": proposal,
        "adoptions": [(adoption, rules.can_begin_not(actor, adoption)) for adoption in adoptions],
        "is_own": proposal.author_id == actor.person_id,
        "may_change": rules.can_change(actor, proposal),
        "may_submit": rules.can_submit(actor, proposal),
        "may_withdraw": rules.can_withdraw(actor, proposal),
        "may_consider": rules.can_consider(actor, proposal),
        "may_adopt": rules.can_adopt(actor, proposal),
        "may_reject": rules.can_reject(actor, proposal),
        "may_carry_out": rules.can_carry_out(actor, proposal),
        "may_hand_over": rules.can_hand_over(actor, proposal),
        "may_begin_too": _may_begin_too(actor, proposal, adoptions),
        "undo": undo_of(proposal, states_of) if rules.can_take_back(actor, proposal) else None,
        "history": _shown(proposal, history, row.shows_author),
    }


def _may_begin_too(
    actor: Actor, proposal: ImprovementProposal, adoptions: Iterable[ProposalAdoption]
) -> bool:
    left = rules.begins_for(actor, proposal) - {row.organisation_id for row in adoptions}
    return bool(left and rules.can_begin_too(actor, proposal))


def _shown(
    proposal: ImprovementProposal, history: Sequence[TrailLine], shows_author: bool
) -> list[TrailLine]:
    """What happened, without what the one who stays unnamed did."""
    if shows_author:
        return list(history)
    return [line for line in history if line.change.by_id != proposal.author_id]
