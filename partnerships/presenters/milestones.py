"""Milestones of an initiative: how each stands, in words and shape, and what the reader can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.actors import Actor
from partnerships.enums import MilestoneState
from partnerships.models import Initiative, Milestone
from partnerships.rules import milestones as rules
from partnerships.rules.initiative_partners import can_lead
from ui.formats import day
from ui.forms import ReasonForm
from ui.history import trail

SHAPES = {MilestoneState.REACHED: "done", MilestoneState.DROPPED: "wait"}


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone with how it stands: `shape` is a kind of the tag `status`, `icon` its own drawing."""

    milestone: Milestone
    shape: str
    words: str | Promise
    icon: str = ""


def row_of(milestone: Milestone) -> MilestoneRow:
    """How one stands."""
    if milestone.is_late:
        late = ngettext("%(number)s day late", "%(number)s days late", milestone.days_late)
        return MilestoneRow(milestone, "back", late % {"number": milestone.days_late}, "alert-triangle")
    if milestone.state == MilestoneState.OPEN:
        return MilestoneRow(milestone, "todo", _("by {day}").format(day=day(milestone.due_on)))
    return MilestoneRow(milestone, SHAPES[MilestoneState(milestone.state)], milestone.get_state_display())


def rows_of(initiative: Initiative) -> list[MilestoneRow]:
    """Those of an initiative, in the order of their days."""
    rows = []
    for milestone in initiative.milestones.for_list():
        milestone.initiative = initiative
        rows.append(row_of(milestone))
    return rows


def detail_context(actor: Actor, milestone: Milestone, drop: ReasonForm) -> dict[str, Any]:
    """The page of one, for all who see the initiative from within."""
    return {
        "milestone": milestone,
        "row": row_of(milestone),
        "may_change": can_lead(actor, milestone.initiative),
        "may_reach": rules.can_move(actor, milestone, "reach"),
        "may_reopen": rules.can_move(actor, milestone, "reopen"),
        "drop_form": drop,
        "history": trail(milestone),
    }
