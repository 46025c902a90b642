"""How a partnership runs: answers, seats taken, who leaves, what is late, how much it meets, how large its tables are.

Each figure is counted from the rows that its list shows, so that the two are never at odds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.dates import local_day, today
from core.models import StateChange
from core.small_cells import protected
from core.written import written
from meetings.enums import MeetingState
from meetings.models import Action, Attendance
from partnerships.actors import Actor
from partnerships.models import Group, GroupSeat, Partnership
from partnerships.models.groups import COUNTS
from placements.enums import MatchState
from placements.models import Match, Slot
from placements.presenters.sheets import shown_of
from students.enums import EnrolmentState
from students.models import Enrolment
from ui.formats import list_day, number
from ui.languages import Stored, dutch
from ui.sheets import Cell, Column, Sheet

ANSWERS, FILL, LEFT, LATE, LOAD, TABLES = "antwoord", "bezetting", "uitval", "acties", "vergaderen", "tafels"
QUARTER, YEAR = timedelta(days=90), timedelta(days=365)
TOO_LARGE = 12  # where a group has agreed on no size: more people talk, and fewer act


@dataclass(frozen=True)
class Line:
    """One row of a list: what stands in its columns, and where it leads."""

    cells: tuple[Cell, ...]
    url: str = ""


@dataclass(frozen=True)
class Measure:
    """One figure with the list behind it; `warns` where something has to be done about it."""

    key: str
    label: Promise
    value: str
    note: str
    titles: tuple[Promise, ...]
    rows: Sequence[Line]
    warns: bool = False
    is_shown: bool = False

    @property
    def url(self) -> str:
        """Where the list stands: on the same page."""
        return f"?lijst={self.key}#lijst"

    @property
    def sheet(self) -> Sheet:
        """The list as a file."""
        columns = [Column(title, partial(_cell, at)) for at, title in enumerate(self.titles)]
        return Sheet(self.label, columns)


def _cell(at: int, line: Line) -> Cell:
    return line.cells[at]


def measures(actor: Actor, partnership: Partnership, chosen: str) -> list[Measure]:
    """Every figure, one query each; `chosen` is the list that is shown, the first one when there is no such."""
    shown = chosen if chosen in _MADE else ANSWERS
    return [make(actor, partnership, key == shown) for key, make in _MADE.items()]


def _days(value: float) -> str:
    days = round(value)
    return ngettext("{days} day", "{days} days", days).format(days=number(days))


def _answers(_actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """How long employers take to answer a proposal, in the last three months and in those before."""
    since = today() - QUARTER
    lately: list[int] = []
    before: list[int] = []
    rows = []
    for employer, title, proposed, answered in _answered(partnership=partnership.pk, since=since - QUARTER):
        first, last = local_day(proposed), local_day(answered)
        took = (last - first).days
        (lately if last >= since else before).append(took)
        if last >= since:
            rows.append(Line((employer, Stored(title), first, last, took)))
    note = _("no answers in the last three months")
    if lately:
        note = _("in the last three months")
    if lately and before:
        note = _slower(round(sum(lately) / len(lately)) - round(sum(before) / len(before)))
    value = _days(sum(lately) / len(lately)) if lately else "–"
    titles = (
        gettext_lazy("Employer"),
        gettext_lazy("Training place"),
        gettext_lazy("Proposed"),
        gettext_lazy("Answered"),
        gettext_lazy("Days"),
    )
    return Measure(ANSWERS, gettext_lazy("Answer of employers"), value, note, titles, rows, is_shown=is_shown)


def _slower(days: int) -> str:
    if not days:
        return _("as fast as in the three months before")
    if days > 0:
        said = ngettext(
            "{days} day slower than in the three months before",
            "{days} days slower than in the three months before",
            days,
        )
    else:
        said = ngettext(
            "{days} day faster than in the three months before",
            "{days} days faster than in the three months before",
            -days,
        )
    return said.format(days=abs(days))


@written
def _answered(*, partnership: int, since: date) -> QuerySet[Any, Any]:
    answers = StateChange.objects.filter(
        model=Match._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        from_state=MatchState.PROPOSED,
        to_state__in=(MatchState.EMPLOYER_AGREED, MatchState.DECLINED),
    )
    rows: QuerySet[Any, Any] = Match.objects.filter(
        slot__partnership=partnership, proposed_at__date__gte=since
    )
    rows = rows.annotate(answered_at=Subquery(answers.order_by("-at", "-pk").values("at")[:1]))
    return (
        rows.filter(answered_at__isnull=False)
        .order_by("-answered_at", "-pk")
        .values_list("slot__organisation__name", "slot__title", "proposed_at", "answered_at")
    )


def _fill(_actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """How many of the seats on offer are taken, the emptiest places first."""
    rows = []
    seats = taken = 0
    for employer, title, offered, used in _offered(partnership=partnership.pk):
        seats, taken = seats + offered, taken + used
        rows.append(Line((employer, Stored(title), offered, offered - used)))
    value = f"{round(100 * taken / seats)}%" if seats else "–"
    note = ngettext("{seats} seat on offer", "{seats} seats on offer", seats).format(seats=number(seats))
    titles = (
        gettext_lazy("Employer"),
        gettext_lazy("Training place"),
        gettext_lazy("Seats"),
        gettext_lazy("Free"),
    )
    return Measure(FILL, gettext_lazy("Seats taken"), value, note, titles, rows, is_shown=is_shown)


@written
def _offered(*, partnership: int) -> QuerySet[Any, Any]:
    slots = Slot.objects.findable().filter(partnership=partnership).annotate(left=F("seats") - F("taken"))
    return slots.order_by("-left", "title", "pk").values_list("organisation__name", "title", "seats", "taken")


def _left(_actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """Who left in the last year of who learnt, by programme; a group under five is hidden with what gives it away."""
    found = _leaving(partnership=partnership.pk, since=today() - YEAR)
    numbers: dict[Any, int] = {("left", None): 0, ("stayed", None): 0, ("all", None): 0}
    for at, (_name, learnt, left) in enumerate(found):
        numbers |= {("left", at): left, ("stayed", at): learnt - left, ("all", at): learnt}
        for name, more in (("left", left), ("stayed", learnt - left), ("all", learnt)):
            numbers[name, None] += more
    places = [*range(len(found)), None]
    sums: list[Any] = [(("all", at), [("left", at), ("stayed", at)]) for at in places]
    sums += [((name, None), [(name, at) for at in places[:-1]]) for name in ("left", "stayed", "all")]
    shown = protected(numbers, sums if found else [])
    rows = [
        Line((Stored(name), shown_of(shown["all", at]), shown_of(shown["left", at])))
        for at, (name, *_numbers) in enumerate(found)
    ]
    total, everyone = shown["left", None], shown["all", None]
    value = _("not shown") if total is None else number(total)
    note = _("in the last year")
    if total is not None and everyone is not None:
        note = _("of {total} students, in the last year").format(total=number(everyone))
    titles = (gettext_lazy("Programme"), gettext_lazy("Learnt in the last year"), gettext_lazy("Dropped out"))
    return Measure(LEFT, gettext_lazy("Dropped out"), value, note, titles, rows, is_shown=is_shown)


@written
def _leaving(*, partnership: int, since: date) -> QuerySet[Any, Any]:
    learnt = Enrolment.objects.filter(
        Q(state=EnrolmentState.ENROLLED) | Q(ended_on__gte=since),
        cohort__programme__partnership=partnership,
        continued_by__isnull=True,
    )
    rows = learnt.order_by("cohort__programme__name", "cohort__programme")
    return rows.values_list("cohort__programme__name").annotate(
        learnt=Count("pk"), left=Count("pk", filter=Q(state=EnrolmentState.DROPPED_OUT))
    )


def _late(actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """What was to be done before today, the longest late first."""
    found = list(Action.objects.visible_to(actor).late().filter(partnership=partnership).for_list())
    rows = [
        Line((Stored(row.title), row.owner.full_name, row.due_on, row.days_late), row.get_absolute_url())
        for row in found
    ]
    note = _("nothing is late")
    if found:
        days = max(row.days_late for row in found)
        note = ngettext("the oldest {days} day", "the oldest {days} days", days).format(days=days)
    titles = (
        gettext_lazy("Action"),
        gettext_lazy("Who does it"),
        gettext_lazy("Last day"),
        gettext_lazy("Days late"),
    )
    label = gettext_lazy("Actions late")
    return Measure(LATE, label, number(len(rows)), note, titles, rows, warns=bool(rows), is_shown=is_shown)


def _load(_actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """How many hours someone who comes sits at these tables in a year, and in the year before."""
    since = timezone.now() - YEAR
    spent: dict[bool, float] = {True: 0.0, False: 0.0}
    people: dict[bool, set[int]] = {True: set(), False: set()}
    meetings: dict[int, list[Any]] = {}
    for pk, title, starts_at, ends_at, person in _came(partnership=partnership.pk, since=since - YEAR):
        is_lately = starts_at >= since
        hours = (ends_at - starts_at).total_seconds() / 3600
        spent[is_lately] += hours
        people[is_lately].add(person)
        if is_lately:
            meetings.setdefault(pk, [Stored(title), local_day(starts_at), round(hours * 60), 0])[3] += 1
    each = {turn: spent[turn] / len(who) if who else 0 for turn, who in people.items()}
    note = _("a person, in the last year")
    if people[True] and people[False]:
        note = _more_hours(round(each[True]) - round(each[False]))
    hours = round(each[True])
    value = ngettext("{hours} hour", "{hours} hours", hours).format(hours=number(hours))
    titles = (
        gettext_lazy("Meeting"),
        gettext_lazy("Day"),
        gettext_lazy("Minutes"),
        gettext_lazy("People present"),
    )
    rows = [Line(tuple(row)) for row in meetings.values()]
    return Measure(LOAD, gettext_lazy("Meeting load"), value, note, titles, rows, is_shown=is_shown)


def _more_hours(hours: int) -> str:
    if not hours:
        return _("a person, as many as in the year before")
    if hours > 0:
        said = ngettext(
            "a person, {hours} hour more than in the year before",
            "a person, {hours} hours more than in the year before",
            hours,
        )
    else:
        said = ngettext(
            "a person, {hours} hour fewer than in the year before",
            "a person, {hours} hours fewer than in the year before",
            -hours,
        )
    return said.format(hours=abs(hours))


def _came(*, partnership: int, since: Any) -> QuerySet[Any, Any]:
    came = Attendance.objects.filter(
        meeting__partnership=partnership,
        meeting__state__in=(MeetingState.HELD, MeetingState.CLOSED),
        meeting__starts_at__gte=since,
        was_present=True,
        doubles__isnull=True,
    )
    return came.order_by("-meeting__starts_at", "pk").values_list(
        "meeting", "meeting__title", "meeting__starts_at", "meeting__ends_at", "person"
    )


def _tables(_actor: Actor, partnership: Partnership, is_shown: bool) -> Measure:
    """Which groups have grown larger than they agreed to, or too large to act (story E-08)."""
    rows = []
    large = 0
    for group in _groups(partnership.pk):
        most = group.max_size or TOO_LARGE
        is_large = group.sitting > most
        large += is_large
        said = _("too large to act") if is_large else ""
        rows.append(Line((Stored(group.name), group.sitting, group.max_size, said), group.get_absolute_url()))
    note = _("all small enough to act")
    if large:
        note = _("working groups act, the plenary decides: make it smaller")
    titles = (
        gettext_lazy("Group"),
        gettext_lazy("People with a vote"),
        gettext_lazy("Largest size"),
        gettext_lazy("Warning"),
    )
    label = gettext_lazy("Tables that are too large")
    return Measure(TABLES, label, number(large), note, titles, rows, warns=bool(large), is_shown=is_shown)


def _groups(partnership: int) -> QuerySet[Any, Any]:
    sitting = GroupSeat.objects.held().filter(COUNTS, group=OuterRef("pk")).order_by().values("group")
    count = Subquery(sitting.annotate(number=Count("pk")).values("number"))
    counted = Group.objects.running().filter(partnership=partnership).annotate(found=count)
    sized = counted.annotate(sitting=Case(When(found__isnull=True, then=Value(0)), default=F("found")))
    return sized.select_related("partnership").order_by("-sitting", "name", "pk")


_Make = Callable[[Actor, Partnership, bool], Measure]
_MADE: dict[str, _Make] = {
    ANSWERS: _answers,
    FILL: _fill,
    LEFT: _left,
    LATE: _late,
    LOAD: _load,
    TABLES: _tables,
}


def printed(measure: Measure, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Rows as a page prints them, each cell with the title of its column."""
    return [
        {"cells": list(zip(measure.titles, map(_printed, line.cells), strict=True)), "url": line.url}
        for line in lines
    ]


def _printed(cell: Cell) -> Any:
    if cell is None:
        return "–"
    if isinstance(cell, Stored):
        return dutch(cell)
    if isinstance(cell, date):
        return list_day(cell)
    return number(cell) if isinstance(cell, int) else cell
