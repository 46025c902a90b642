"""What waits for someone at the tables of partnerships and in what was agreed there: actions, milestones, plans, needs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import local_day
from core.written import written
from meetings.enums import NeedState
from meetings.models import Action, Attendance, ImprovementProposal, Meeting, Need
from partnerships.actors import Actor
from partnerships.presenters import carried_steps
from partnerships.queries import carried
from ui.formats import moment, short_day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep

LATEST = datetime.max.replace(tzinfo=UTC)  # where what has no day is sorted
ANSWER_WITHIN = timedelta(days=21)  # a need that was brought


def for_person(actor: Actor, partnership_id: int | None = None) -> list[NextStep]:
    """The actor's own actions, milestones and plans, unanswered invitations, own meetings without a report, and proposals.

    For who coordinates the partnership also its needs that are on no agenda and have no answer yet, all of its meetings
    without a report, and what nobody owns: action lines, plans for what comes after money. One query when something may
    wait, one more for proposals; otherwise none.
    """
    proposed = _proposals(actor) if actor.is_proposed_to else []
    return [*_at_tables(actor, partnership_id), *proposed]


def _at_tables(actor: Actor, partnership_id: int | None) -> list[NextStep]:
    """What was promised, what asks for an answer, what nobody began or called off, and what was brought."""
    person = actor.person_id if actor.is_awaited else None
    partnership = partnership_id if partnership_id in actor.coordinates else None
    if person is None and partnership is None and not actor.presides:
        return []
    make: dict[str, Callable[[dict[str, Any]], NextStep]] = {
        "action": _action_step,
        "invited": _invitation_step,
        "unheld": _report_step,
        "need": _need_step,
        **carried_steps.MAKE,
    }
    order = list(make)
    inside = actor.inside if person is not None else ()
    found = _waiting(person=person, inside=inside, groups=actor.presides, partnership=partnership)
    rows = sorted(found, key=lambda row: (order.index(row["step"]), row["when"] or LATEST, row["id"]))
    return [make[row["step"]](row) for row in rows]


@written
def _waiting(
    *, person: int | None, inside: Collection[int], groups: Collection[int], partnership: int | None
) -> QuerySet[Any, dict[str, Any]]:
    """What waits for a person, in groups that one presides, and in a partnership that one coordinates; one at least."""
    parts = []
    unheld = Q(group__in=groups) if groups else Q(pk__in=())
    if person is not None:
        actions = Action.objects.running().filter(owner=person)
        invited = Attendance.objects.unanswered().filter(person=person).sitting()
        meetings = Meeting.objects.filter(
            pk__in=invited.order_by().values("meeting"), starts_at__gt=timezone.now()
        )
        parts += [
            _columns(actions, "action", Cast("due_on", DateTimeField())),
            _columns(meetings, "invited", F("starts_at")),
        ]
    if partnership is not None:
        unheld |= Q(partnership=partnership)
        needs = Need.objects.filter(partnership=partnership, state=NeedState.OPEN)
        parts.append(_columns(needs, "need", Cast("day", DateTimeField())))
    if groups or partnership is not None:
        parts.append(_columns(Meeting.objects.filter(unheld).never_held(), "unheld", F("starts_at")))
    parts += carried.of_person(person, inside) if person is not None else []
    parts += carried.of_nobody(partnership) if partnership is not None else []
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


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


def _action_step(row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=dutch(row["title"]),
        text=told(_("You promised this at {table}."), table=dutch(row["table"])),
        url=reverse("meetings:action-detail", args=[row["public_id"]]),
        button=_("See the action"),
        due=row["when"].date(),  # a day without a time, as the database makes a moment of it
        kind="action",
        icon="flag-3",
        many=_("Do what you promised"),
        many_url=reverse("meetings:action-list"),
    )


def _invitation_step(row: dict[str, Any]) -> NextStep:
    return NextStep(
        title=told(_("Say whether you are coming to {title}"), title=dutch(row["title"])),
        text=moment(row["when"]),
        url=reverse("meetings:meeting-detail", args=[row["public_id"]]),
        button=_("See the invitation"),
        due=local_day(row["when"]),
        kind="invitation",
        icon="calendar-event",
        many=_("Say whether you are coming"),
    )


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


def _columns(rows: QuerySet[Any], step: str, when: Any) -> QuerySet[Any, dict[str, Any]]:
    """The same columns of meetings, actions and needs, the first of each."""
    table = F("partnership__name") if rows.model is Need else Coalesce("group__name", "partnership__name")
    named = rows.order_by().annotate(
        step=Value(step, CharField()), when=when, slug=F("partnership__slug"), table=table
    )
    shown: QuerySet[Any, dict[str, Any]] = named.values(
        "step", "id", "public_id", "title", "when", "slug", "table"
    )
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
