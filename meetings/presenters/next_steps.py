"""What waits for someone at the tables of partnerships: actions, invitations, proposals and needs for who answers them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import local_day
from meetings.enums import NeedState
from meetings.models import Action, Attendance, ImprovementProposal, Meeting, Need
from partnerships.actors import Actor
from ui.formats import moment, short_day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep

ANSWER_WITHIN = timedelta(days=21)  # a need that was brought


def for_person(actor: Actor) -> list[NextStep]:
    """The actor's own actions, unanswered invitations, proposals, and meetings of own groups without a report.

    Two queries when something waits, one more for proposals and one for who presides a group; otherwise none.
    """
    awaited = [*_actions(actor), *_invitations(actor)] if actor.is_awaited else []
    proposed = _proposals(actor) if actor.is_proposed_to else []
    return [*awaited, *proposed, *_never_held(actor.presides)]


def _never_held(groups: Collection[int]) -> list[NextStep]:
    """Meetings of groups that one presides, which nobody began or called off."""
    if not groups:
        return []
    rows = Meeting.objects.filter(group__in=groups).never_held()
    return [_report_step(row) for row in _columns(rows, "unheld", F("starts_at"))]


def _report_step(row: dict[str, Any]) -> NextStep:
    day = local_day(row["when"])
    return NextStep(
        title=told(_("Write the report of {title}, or cancel it"), title=dutch(row["title"])),
        text=told(_("It was planned for {day}. Was it held?"), day=short_day(day)),
        url=reverse("meetings:meeting-detail", args=[row["public_id"]]),
        button=_("See the meeting"),
        due=day,
        kind="unheld",
        icon="calendar-event",
        many=_("Write the reports of meetings that were held"),
    )


def _actions(actor: Actor) -> list[NextStep]:
    rows = Action.objects.running().filter(owner=actor.person_id)
    found = rows.select_related("partnership", "group").order_by("due_on", "pk")[:MOST]
    return [
        NextStep(
            title=dutch(row.title),
            text=told(_("You promised this at {table}."), table=dutch((row.group or row.partnership).name)),
            url=row.get_absolute_url(),
            button=_("See the action"),
            due=row.due_on,
            kind="action",
            icon="flag-3",
            many=_("Do what you promised"),
            many_url=reverse("meetings:action-list"),
        )
        for row in found
    ]


def _invitations(actor: Actor) -> list[NextStep]:
    rows = Attendance.objects.unanswered().filter(person=actor.person_id).select_related("meeting")
    rows = rows.sitting().filter(meeting__starts_at__gt=timezone.now())
    return [
        NextStep(
            title=told(_("Say whether you are coming to {title}"), title=dutch(row.meeting.title)),
            text=moment(row.meeting.starts_at),
            url=row.meeting.get_absolute_url(),
            button=_("See the invitation"),
            due=local_day(row.meeting.starts_at),
            kind="invitation",
            icon="calendar-event",
            many=_("Say whether you are coming"),
        )
        for row in rows.order_by("meeting__starts_at", "pk")[:MOST]
    ]


def _proposals(actor: Actor) -> list[NextStep]:
    rows = ImprovementProposal.objects.awaiting(actor.person_id).select_related("organisation")
    return [
        NextStep(
            title=told(_("React to the proposal “{title}”"), title=dutch(row.title)),
            text=told(_("Proposed to {organisation}."), organisation=dutch(row.organisation.name)),
            url=row.get_absolute_url(),
            button=_("See the proposal"),
            due=row.reaction_due,
            kind="proposal",
            icon="file-text",
            many=_("React to improvement proposals"),
        )
        for row in rows.order_by("reaction_due", "pk")[:MOST]
    ]


def for_coordinator(actor: Actor, partnership_id: int) -> list[NextStep]:
    """Needs that are on no agenda and have no answer yet, and meetings without a report. One query."""
    if partnership_id not in actor.coordinates:
        return []
    meetings = Meeting.objects.filter(partnership=partnership_id).never_held()
    needs = Need.objects.filter(partnership=partnership_id, state=NeedState.OPEN)
    parts = [
        _columns(meetings.exclude(group__in=actor.presides), "unheld", F("starts_at")),
        _columns(needs, "need", Cast("day", DateTimeField())),
    ]
    make: dict[str, Callable[[dict[str, Any]], NextStep]] = {"unheld": _report_step, "need": _need_step}
    return [
        make[row["step"]](row) for row in parts[0].union(parts[1], all=True).order_by("-step", "when", "id")
    ]


def _columns(rows: QuerySet[Any], step: str, when: Any) -> QuerySet[Any, dict[str, Any]]:
    """The same columns of meetings and needs, the first of each."""
    named = rows.order_by().annotate(step=Value(step, CharField()), when=when, slug=F("partnership__slug"))
    shown: QuerySet[Any, dict[str, Any]] = named.values("step", "id", "public_id", "title", "when", "slug")
    return shown.order_by("when", "id")[:MOST]


def _need_step(row: dict[str, Any]) -> NextStep:
    day = row["when"].date()  # a day without a time, as the database makes a moment of it
    return NextStep(
        title=told(_("Answer the need “{title}”, or put it on an agenda"), title=dutch(row["title"])),
        text=told(_("Raised on {day}, without an answer yet."), day=short_day(day)),
        url=reverse("meetings:need-detail", args=[row["public_id"]]),
        button=_("See the need"),
        due=day + ANSWER_WITHIN,
        kind="need",
        icon="mail",
        many=_("Answer needs or put them on an agenda"),
        many_url=reverse("meetings:need-list", args=[row["slug"]]),
    )
