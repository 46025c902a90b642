"""PDFs that several apps have a part in: the report of a partnership for its board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.dates import today
from meetings.models import Action, Decision
from meetings.presenters import added
from meetings.queries.promises import Standing
from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.presenters.calls import gauge
from partnerships.queries.calls import first_to_end
from partnerships.queries.initiatives import longest_without_news
from placements.queries import figures
from portal import news, outcomes
from ui import pdf
from ui.formats import day, number, shown_number

TEMPLATE = "portal/report.typ"
LANGUAGE = "nl"  # a board in the Netherlands reads it, whoever downloads it
PERIOD = timedelta(days=365)
MOST_CALLS = 3
Rows = list[tuple[str, str]]


def file_name(partnership: Partnership) -> str:
    """With the day of which it tells."""
    return f"verslag-{partnership.slug}-{today().isoformat()}.pdf"


def board_report(actor: Actor, partnership: Partnership) -> bytes:
    """News, figures with small groups hidden, decisions of a year and what is late, by number and without titles.

    A title may name somebody; who wants to know more looks a number up in the register.
    """
    with translation.override(LANGUAGE):
        data = contents(actor, partnership)
    return pdf.made(TEMPLATE, data)


def contents(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """All texts of the report."""
    found = figures.of_partnership(partnership.pk, with_rows=False)
    calls = [
        (call.title, gauge(call.places_target, call.figures or {}, "places"))
        for call in first_to_end(MOST_CALLS, partnership=partnership.pk)
    ]
    standing: Standing = added.counted(partnership, actor).shown.standing
    initiatives = longest_without_news(partnership=partnership.pk)
    facts = news.Facts(found, [sums for _title, sums in calls], standing.promised, initiatives)
    said = news.sentence(partnership.shape, facts)
    title = _("Report of {name}").format(name=partnership.name)
    parts: list[tuple[str, Rows]] = [
        (_("Training places and students"), _places(found)),
        *_outcomes(partnership),
        (_("Calls"), [(name, _of(sums.firm, sums.target)) for name, sums in calls]),
        (_("Decisions of the last year"), _decisions(actor, partnership)),
        (_("What was promised"), _promised(actor, partnership, standing)),
    ]
    return {
        "language": LANGUAGE,
        "brand": "Leerpact",
        "title": title,
        "author": "Leerpact",
        "description": title,
        "news": f"{said}." if said else "",
        "date": _("As it was on {day}").format(day=day(today())),
        "note": _(
            "Groups of fewer than 5 people are not shown, and neither are other numbers that would give them away."
        ),
        "footer": title,
        "page": _("Page"),
        "sections": [{"title": name, "rows": _printed(rows)} for name, rows in parts if rows],
    }


def _printed(rows: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"label": str(label), "value": pdf.blocks(str(value))} for label, value in rows]


def _of(part: int, whole: int) -> str:
    return _("{number} of {total}").format(number=number(part), total=number(whole))


def _places(found: figures.Figures) -> Rows:
    if not (found.has_places or found.has_students):
        return []
    return [
        (_("Free training places"), shown_number(found.free)),
        (_("Students"), shown_number(found.students)),
        (_("Students placed"), shown_number(found.placed)),
        (_("Learning plans agreed"), shown_number(found.plans_agreed)),
    ]


def _outcomes(partnership: Partnership) -> list[tuple[str, Rows]]:
    found = outcomes.of_partnership(partnership)
    years = [
        (
            str(line.label),
            "\n".join(f"{title}: {shown_number(value)}" for title, value in line.titled),
        )
        for line in found.years
    ]
    return [
        (_("Students by the study year in which they started"), years),
        (_("Progress"), _numbers(found.progress)),
        (_("People with a distance to the labour market"), _numbers(found.distance)),
    ]


def _numbers(lines: Sequence[outcomes.Line]) -> Rows:
    return [(str(line.label), shown_number(line.numbers[0])) for line in lines]


def _decisions(actor: Actor, partnership: Partnership) -> Rows:
    """The numbers in the register, with the day and the table that took them."""
    rows = (
        Decision.objects.visible_to(actor)
        .filter(partnership=partnership, meeting__starts_at__date__gte=today() - PERIOD)
        .select_related("meeting", "group")
        .order_by("-number", "-pk")
    )
    return [
        (
            _("Decision {number}").format(number=row.number),
            f"{day(row.meeting.day)}, {row.group.name if row.group else _('the whole partnership')}",
        )
        for row in rows
    ]


def _promised(actor: Actor, partnership: Partnership, standing: Standing) -> Rows:
    kept = standing.promised
    rows = [
        (_("Promised"), number(kept.all)),
        (_("Done"), number(kept.done)),
        (_("Late"), number(kept.late)),
    ]
    late = Action.objects.visible_to(actor).late().filter(partnership=partnership).select_related("group")
    by_table: dict[str, list[int]] = {}
    for row in late.order_by("due_on", "pk"):
        by_table.setdefault(row.group.name if row.group else _("the whole partnership"), []).append(
            row.days_late
        )
    rows += [
        (
            _("Late: {table}").format(table=table),
            _("{number}, the oldest {days} days").format(number=len(days), days=max(days)),
        )
        for table, days in by_table.items()
    ]
    return rows
