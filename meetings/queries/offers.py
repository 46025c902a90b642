"""What a meeting could talk about: open needs, new proposals, actions and results due, initiatives awaiting a decision."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from accounts.models.people import name_at
from meetings.enums import NeedState, ProposalState
from meetings.models import Action, ImprovementProposal, Meeting, Need
from meetings.models.actions import ActionQuerySet
from meetings.models.needs import NeedQuerySet
from meetings.models.proposals import ImprovementProposalQuerySet
from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.models import Indicator, Initiative
from partnerships.models.indicators import IndicatorQuerySet
from partnerships.models.initiatives import InitiativeQuerySet
from partnerships.queries.contacts import OVER

MOST_OFFERED = 12  # of each kind
NEED, ACTION, PROPOSAL, RESULT, PHASE = "need", "action", "proposal", "result", "phase"
RESULT_AHEAD = dt.timedelta(weeks=6)  # before the day by which a number is to be reached
PHASE_AHEAD = dt.timedelta(weeks=6)  # before the last day of an initiative that runs


@dataclass(frozen=True)
class Offer:
    """Something that a meeting could talk about: what it is called, who brought or does it, and on which day.

    `key` is its public id, of an initiative its slug; `who` of an initiative is its phase.
    """

    kind: str
    key: str
    title: str
    who: str
    day: dt.date


def for_agenda(meeting: Meeting, actor: Actor) -> list[Offer]:
    """What could go on the agenda of a meeting, the most urgent of each kind first. One query."""
    anonymous = Case(
        When(is_anonymous=True, then=Value("")), default=Coalesce("organisation__name", Value(""))
    )
    parts = [
        _columns(needs_for(meeting), NEED, who=anonymous, day="day"),
        _columns(actions_for(meeting), ACTION, who=name_at("owner"), day="due_on"),
        _columns(proposals_for(meeting), PROPOSAL, who=F("organisation__name"), day="day"),
        _columns(
            results_for(meeting, actor), RESULT, who=F("initiative__title"), day="due_on", title="label"
        ),
        _columns(phases_for(meeting, actor), PHASE, who=F("state"), day="phase_day", key="slug"),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("offer_kind", "offer_day", "offer_key")
    return [Offer(kind, key, title, who, day) for kind, key, title, who, day in rows]


def _columns(
    rows: QuerySet[Any], kind: str, *, who: Any, day: str, title: str = "title", key: str = "public_id"
) -> QuerySet[Any, Any]:
    """The same columns of each kind, its first rows."""
    named = rows.select_related(None).annotate(
        offer_kind=Value(kind, CharField()), offer_key=Cast(key, CharField()), offer_who=who, offer_day=F(day)
    )
    columns: QuerySet[Any, Any] = named.values_list(
        "offer_kind", "offer_key", title, "offer_who", "offer_day"
    )
    return columns[:MOST_OFFERED]


def results_for(meeting: Meeting, actor: Actor) -> IndicatorQuerySet:
    """Numbers of initiatives that are to be reached soon or should have been, where the initiative is not on the agenda."""
    known = Initiative.objects.visible_to(actor).filter(partnership=meeting.partnership_id)
    going_on = known.exclude(state__in=OVER).exclude(discussed_in__meeting=meeting)
    found = Indicator.objects.filter(initiative__in=going_on, due_on__lte=meeting.day + RESULT_AHEAD)
    return found.order_by("due_on", "pk")


def phases_for(meeting: Meeting, actor: Actor) -> InitiativeQuerySet:
    """Initiatives that wait for a decision and are not on the agenda, with its day as `phase_day`.

    Ideas, those in preparation that would have started by then, and running ones whose last day comes within six weeks.
    """
    known = Initiative.objects.visible_to(actor).filter(partnership=meeting.partnership_id)
    idea, preparation, running = (
        Q(state=phase)
        for phase in (InitiativePhase.IDEA, InitiativePhase.PREPARATION, InitiativePhase.RUNNING)
    )
    waiting = known.filter(
        idea
        | preparation & Q(starts_on__lte=meeting.day)
        | running & Q(ends_on__lte=meeting.day + PHASE_AHEAD)
    )
    day = Case(When(idea, then="refreshed_on"), When(preparation, then="starts_on"), default="ends_on")
    return waiting.exclude(discussed_in__meeting=meeting).annotate(phase_day=day).order_by("phase_day", "pk")


def needs_for(meeting: Meeting) -> NeedQuerySet:
    """Needs of the partnership that are on no agenda yet, the oldest first."""
    found = Need.objects.filter(partnership=meeting.partnership_id, state=NeedState.OPEN)
    return found.for_list().order_by("day", "pk")


def actions_for(meeting: Meeting) -> ActionQuerySet:
    """Actions of the same table whose last day comes before the meeting is over, and that are not on its agenda."""
    found = Action.objects.running().filter(
        partnership=meeting.partnership_id, group=meeting.group_id, due_on__lte=meeting.day
    )
    return found.exclude(discussed_in__meeting=meeting).for_list()


def proposals_for(meeting: Meeting) -> ImprovementProposalQuerySet:
    """Proposals to members of the partnership that have no answer yet or were adopted, and are not on its agenda."""
    found = ImprovementProposal.objects.filter(
        partnership=meeting.partnership_id,
        state__in=(ProposalState.SUBMITTED, ProposalState.CONSIDERED, ProposalState.ADOPTED),
    )
    return found.exclude(discussed_in__meeting=meeting).for_list().order_by("day", "pk")
