"""Needs as their readers know them: who brought one is shown to coordinators and its bringer alone, where it asked so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.enums import NeedState
from meetings.models import Meeting, Need
from meetings.presenters import sheets
from meetings.presenters.spots import BESIDE_NEEDS, ON_NEED
from meetings.presenters.tables import Table, frame
from meetings.rules import needs as rules
from meetings.rules.meetings import can_plan, can_prepare, can_sit_in
from partnerships.actors import Actor
from partnerships.models import Partnership
from ui.history import TrailLine, last_act, state_lines, undo_of
from ui.sheets import Sheet

MOST_AGENDAS = 3
MOST_READ = 12  # of the meetings to come, among which some are of tables that someone else runs


@dataclass(frozen=True)
class NeedRow:
    """A need with its origin as far as the reader may know it."""

    need: Need
    shows_origin: bool

    @property
    def who(self) -> str:
        """Who brought it."""
        return self.need.person.full_name if self.shows_origin else _("without a name")

    @property
    def where(self) -> str:
        """For which organisation."""
        organisation = self.need.organisation
        return organisation.name if organisation is not None and self.shows_origin else ""


def rows(actor: Actor, needs: Iterable[Need]) -> list[NeedRow]:
    """The rows of a list."""
    return [NeedRow(need, need.shows_origin_to(actor)) for need in needs]


def sheet(actor: Actor) -> Sheet:
    """The same list as a file, for this reader."""
    return replace(sheets.NEEDS, rows=lambda found: rows(actor, found))


def ways_in(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """How the reader brings a need: here, or with what the apps above offer."""
    may_voice = rules.can_voice(actor, partnership)
    return {"may_voice": may_voice, "sections": BESIDE_NEEDS.of(partnership, actor) if may_voice else []}


def agendas(actor: Actor, need: Need) -> list[Meeting]:
    """The first meetings to come on whose agenda the reader may put it."""
    rows = Meeting.objects.visible_to(actor).filter(
        partnership=need.partnership_id, ends_at__gt=timezone.now()
    )
    coming = rows.coming().soonest_first()[:MOST_READ]
    return [meeting for meeting in coming if can_prepare(actor, meeting)][:MOST_AGENDAS]


def detail_context(actor: Actor, need: Need) -> dict[str, Any]:
    """The page of a need."""
    history = state_lines(need)
    shows = need.shows_origin_to(actor)
    inside = need.partnership_id in actor.inside
    may_plan = need.state == NeedState.OPEN and can_plan(actor, need.partnership, None)
    return frame(actor, Table(need.partnership)) | {
        "row": NeedRow(need, shows),
        "sections": ON_NEED.of(need, actor),
        "need": need,
        "list_url": reverse("meetings:need-list", args=[need.partnership.slug]) if inside else "",
        "may_see_meeting": need.item is not None and can_sit_in(actor, need.item.meeting),
        "may_change": rules.can_change(actor, need),
        "may_answer": rules.can_answer(actor, need),
        "may_drop": rules.can_drop(actor, need),
        "may_plan": may_plan,
        "agendas": agendas(actor, need) if may_plan else [],
        "plan_url": Table(need.partnership).plan_url,
        "is_own": need.person_id == actor.person_id,
        "undo": undo_of(need, history) if rules.can_take_back(actor, need, last_act(history)) else None,
        "history": _shown(need, history, shows),
    }


def _shown(need: Need, history: Sequence[TrailLine], shows_origin: bool) -> list[TrailLine]:
    """What happened, without what the one who stays unnamed did."""
    if shows_origin:
        return list(history)
    return [line for line in history if line.change.by_id != need.person_id]
