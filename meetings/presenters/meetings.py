"""What the pages of a meeting show: before it, while it is held, and afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.access import Verdict
from core.dates import AMSTERDAM
from meetings.enums import MeetingState, NeedState
from meetings.models import Action, AgendaItem, Attendance, Decision, Meeting, Need, Paper
from meetings.models.meetings import MeetingQuerySet
from meetings.presenters.tables import Table, frame
from meetings.queries import offers
from meetings.queries.offers import Offer
from meetings.queries.tables import Asked, gaps, missing_at, to_adopt
from meetings.rules import meetings as rules
from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.models.expectations import Missing
from ui.components import folded
from ui.formats import day as day_words
from ui.history import trail
from ui.languages import dutch

RHYTHM = dt.timedelta(weeks=4)
MOST_PEOPLE = 12


@dataclass
class ItemRow:
    """An item with what came to it and out of it, and what the reader can do with it."""

    item: AgendaItem
    number: int
    is_last: bool
    needs: list[Need] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before it."""
        return self.number == 1

    @property
    def was_used(self) -> bool:
        """Whether something was written under it, so that it stays."""
        answered = any(need.state != NeedState.BUNDLED for need in self.needs)
        return bool(self.item.minutes or self.decisions or self.actions or answered)


@dataclass(frozen=True)
class SeatRow:
    """Someone who was asked, as a seat at the table: comes, does not, or has not answered."""

    attendance: Attendance
    may_answer: Verdict

    @property
    def state(self) -> str:
        """How the seat is drawn."""
        row = self.attendance
        if row.was_present is not None:
            return "yes" if row.was_present else "no"
        return {"yes": "yes", "substitute": "yes", "no": "no"}.get(row.answer, "open")

    @property
    def word(self) -> str:
        """The same in words."""
        row = self.attendance
        if row.was_present is not None:
            return _("was there") if row.was_present else _("was not there")
        if row.answer == "substitute":
            return _("%(name)s is coming instead") % {"name": row.substitute}
        if row.answer:
            return str(row.get_answer_display())
        return _("has not answered yet") if row.meeting.is_coming else _("did not answer")


def former_of(key: str, meetings: MeetingQuerySet) -> Meeting | None:
    """The meeting that a new one follows, from the address; None for anything else."""
    try:
        return meetings.filter(public_id=UUID(key)).select_related("previous").first()
    except (ValueError, ValidationError):
        return None


def as_the_former(former: Meeting | None) -> dict[str, Any]:
    """What a form begins with: the same place and hours, as long after as the last two were apart."""
    if former is None:
        return {}
    before = former.previous
    apart = former.starts_at - before.starts_at if before is not None else RHYTHM
    days = dt.timedelta(days=max(1, apart.days))
    starts_at = timezone.localtime(former.starts_at, AMSTERDAM)
    ends_at = timezone.localtime(former.ends_at, AMSTERDAM)
    return {
        "title": former.title,
        "kind": former.kind,
        "place": former.place,
        "link": former.link,
        "day": starts_at.date() + days,
        "starts": starts_at.time(),
        "ends": ends_at.time(),
    }


def form_frame(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """What a form about a meeting has around it: it leads back to the meeting."""
    context = frame(actor, Table(meeting.partnership, meeting.group))
    return context | {
        "back": meeting.get_absolute_url(),
        "back_name": dutch(meeting.title),
        "meeting": meeting,
    }


def detail_context(actor: Actor, meeting: Meeting) -> dict[str, Any]:
    """The page of a meeting."""
    table = Table(meeting.partnership, meeting.group)
    runs = rules.can_preside(actor, meeting.partnership, meeting.group)
    attendances = list(Attendance.objects.filter(meeting=meeting).for_list())
    for row in attendances:
        row.meeting = meeting
    may_prepare = runs and rules.can_prepare(actor, meeting)
    may_minute = rules.can_minute(actor, meeting)
    papers = list(Paper.objects.filter(meeting=meeting).for_list())
    return frame(actor, table) | {
        "meeting": meeting,
        "items": _items(meeting, papers),
        "papers": [paper for paper in papers if paper.item_id is None],
        "seats": _seats(actor, attendances),
        "own": next((row for row in attendances if row.person_id == actor.person_id), None),
        "missing": missing_at(meeting.group) if meeting.group and runs and meeting.is_coming else None,
        "runs": runs,
        "may_prepare": may_prepare,
        "is_inside": meeting.partnership_id in actor.inside,
        "may_change": rules.can_change(actor, meeting),
        "may_invite": rules.can_invite(actor, meeting),
        "may_cancel": rules.can_cancel(actor, meeting),
        "may_hold": rules.can_hold(actor, meeting),
        "may_minute": may_minute,
        "may_commission": rules.can_commission(actor, meeting),
        "may_reopen": rules.can_reopen(actor, meeting, is_adopted=meeting.is_adopted),
        "adoption": meeting.adoption if meeting.is_adopted else None,
        "absences": list(meeting.absences.for_list()) if meeting.state == MeetingState.CLOSED else [],
        "asks_who_is_there": may_minute and any(row.was_present is None for row in attendances),
        "to_adopt": to_adopt(meeting) if may_minute else [],
        "may_answer": rules.can_answer(meeting),
        "may_plan": rules.can_plan(actor, meeting.partnership, meeting.group),
        "next_url": f"{table.plan_url}?na={meeting.public_id}",
        "offers": _offers(actor, meeting) if may_prepare and meeting.is_coming else {},
        "history": trail(meeting) if runs else (),
    }


PHASE_WORDS = {
    InitiativePhase.IDEA: gettext_lazy("An idea, last updated on %(day)s."),
    InitiativePhase.PREPARATION: gettext_lazy("In preparation, would start on %(day)s."),
    InitiativePhase.RUNNING: gettext_lazy("Runs until %(day)s."),
}


@dataclass(frozen=True)
class OfferRow:
    """Something that could go on the agenda, with its own page and where it is put there."""

    offer: Offer
    url: str
    take_url: str

    @property
    def phase_words(self) -> str:
        """Of an initiative: why it waits for a decision."""
        return PHASE_WORDS[InitiativePhase(self.offer.who)] % {"day": day_words(self.offer.day)}


def _offers(actor: Actor, meeting: Meeting) -> dict[str, list[OfferRow]]:
    """By kind, in the order in which the page shows them."""
    found: dict[str, list[OfferRow]] = {}
    for one in offers.for_agenda(meeting, actor):
        found.setdefault(one.kind, []).append(_offer(meeting, one))
    return found


def _offer(meeting: Meeting, one: Offer) -> OfferRow:
    take = [meeting.public_id] if one.kind == offers.NEED else [meeting.public_id, one.key]
    name = "item-needs" if one.kind == offers.NEED else f"item-{one.kind}"
    if one.kind == offers.RESULT:
        own = ""
    elif one.kind == offers.PHASE:
        own = reverse("partnerships:initiative-inside", args=[one.key])
    else:
        own = reverse(f"meetings:{one.kind}-detail", args=[one.key])
    return OfferRow(one, own, reverse(f"meetings:{name}", args=take))


def _seats(actor: Actor, attendances: Sequence[Attendance]) -> tuple[Sequence[SeatRow], Sequence[SeatRow]]:
    rows = [SeatRow(row, rules.can_answer_for(actor, row)) for row in attendances]
    return folded(rows, MOST_PEOPLE)


def _items(meeting: Meeting, papers: Sequence[Paper]) -> list[ItemRow]:
    """The items in their order; what came to them and out of them in four queries at most, whatever their number."""
    items = list(
        AgendaItem.objects.for_meeting(meeting).select_related(
            "action__owner", "initiative", "proposal__organisation"
        )
    )
    rows = [ItemRow(item, number, number == len(items)) for number, item in enumerate(items, 1)]
    by_key = {row.item.pk: row for row in rows}
    if not items:
        return rows
    for paper in papers:
        if paper.item_id is not None:
            by_key[paper.item_id].papers.append(paper)
    for need in Need.objects.filter(item__in=by_key).for_list().order_by("day", "pk"):
        by_key[need.item_id or 0].needs.append(need)
    if meeting.is_coming:  # nothing has come of it yet
        return rows
    for decision in Decision.objects.filter(meeting=meeting).for_list().order_by("number"):
        by_key[decision.item_id].decisions.append(decision)
    for action in Action.objects.filter(meeting=meeting, item__isnull=False).for_list():
        by_key[action.item_id or 0].actions.append(action)
    return rows


def invite_context(actor: Actor, meeting: Meeting, people: Sequence[Asked]) -> dict[str, Any]:
    """The page before the invitations go: who gets one, who cannot be written to, and who is missing."""
    missing: Missing | None = missing_at(meeting.group) if meeting.group else None
    lacking = [row.name for row in missing.organisations] if missing else []
    found = gaps(meeting, lacking, [one.person.pk for one in people]) if lacking else []
    return form_frame(actor, meeting) | {
        "people": people,
        "missing": missing,
        "gaps": [gap for gap in found if gap.people],
        "lacks_place": not (meeting.place or meeting.link),
        "has_items": meeting.items.exists(),
    }


def before_close(meeting: Meeting) -> list[str]:
    """What is said before the report goes out."""
    number = Attendance.objects.filter(meeting=meeting).single().sitting().count()
    says = [
        ngettext(
            "{number} person gets the decisions and actions by email, and can read the minutes.",
            "{number} people get the decisions and actions by email, and can read the minutes.",
            number,
        ).format(number=number),
        _("After that nothing of this meeting changes any more. A mistake is corrected by a later decision."),
    ]
    if meeting.attendances.filter(was_present=None).exists():
        says.insert(0, _("You have not ticked off who was there yet."))
    return says
