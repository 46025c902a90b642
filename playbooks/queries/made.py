"""What of a partnership can become a part of its playbook: how it works, and nothing of who does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from meetings.models import Rhythm
from partnerships.models import (
    ActionLine,
    CooperationVersion,
    Group,
    Milestone,
    Partnership,
    PartnershipTheme,
)
from playbooks.enums import PartKind, StepUnit
from playbooks.models import PlaybookPart
from programmes.models import Programme, Session

DAYS_IN_A_MONTH = 30.4
MOST_SESSIONS = 40


def of_partnership(partnership: Partnership) -> list[PlaybookPart]:
    """A part, not saved, for each group, rhythm, step, action line, theme, text and programme of today."""
    return [
        *_texts(partnership),
        *_groups(partnership),
        *_rhythms(partnership),
        *_steps(partnership),
        *_action_lines(partnership),
        *_themes(partnership),
        *_programmes(partnership),
    ]


def _part(kind: PartKind, row: Any, title: str, body: str = "", /, **details: Any) -> PlaybookPart:
    return PlaybookPart(
        kind=kind,
        title=title,
        body=body,
        details={name: value for name, value in details.items() if value not in (None, "", [], {})},
        origin=f"{row._meta.model_name}:{row.pk}",
    )


def _texts(partnership: Partnership) -> Iterator[PlaybookPart]:
    vision = CooperationVersion.objects.in_force().filter(partnership=partnership).first()
    if vision is not None:
        yield _part(PartKind.TEXT, vision, "Wat je samen wilt", vision.vision)


def _groups(partnership: Partnership) -> Iterator[PlaybookPart]:
    rows = Group.objects.running().filter(partnership=partnership)
    for group in rows.prefetch_related("expectations").order_by("kind", "name", "pk"):
        voices = {row.perspective: row.number for row in group.expectations.all() if row.perspective}
        yield _part(
            PartKind.GROUP,
            group,
            group.name,
            group.mandate,
            kind=group.kind,
            delegates=group.delegates_per_organisation,
            max_size=group.max_size,
            voices=voices,
        )


def _rhythms(partnership: Partnership) -> Iterator[PlaybookPart]:
    for rhythm in Rhythm.objects.filter(partnership=partnership).order_by("pk"):
        yield _part(PartKind.RHYTHM, rhythm, rhythm.title, every=rhythm.every, unit=rhythm.unit)


def _steps(partnership: Partnership) -> Iterator[PlaybookPart]:
    """The milestones of its initiatives, each with how long after the beginning of that."""
    rows = Milestone.objects.filter(initiative__partnership=partnership).select_related("initiative")
    begun = rows.filter(initiative__starts_on__isnull=False, initiative__is_published=True)
    for milestone in begun.order_by("due_on", "pk"):
        start = milestone.initiative.starts_on
        after = _months(start, milestone.due_on) if start else 0
        yield _part(PartKind.STEP, milestone, milestone.title, after=after, unit=StepUnit.MONTH)


def _months(start: dt.date, day: dt.date) -> int:
    return max(0, round((day - start).days / DAYS_IN_A_MONTH))


def _action_lines(partnership: Partnership) -> Iterator[PlaybookPart]:
    for line in ActionLine.objects.running().filter(partnership=partnership).order_by("number", "pk"):
        yield _part(PartKind.ACTION_LINE, line, line.title, line.goal, number=line.number)


def _themes(partnership: Partnership) -> Iterator[PlaybookPart]:
    rows = PartnershipTheme.objects.running().filter(partnership=partnership).select_related("root")
    for theme in rows.order_by("name", "pk"):
        yield _part(PartKind.THEME, theme, theme.name, root=theme.root.slug)


def _programmes(partnership: Partnership) -> Iterator[PlaybookPart]:
    """Outlines: what is taught, how, and in how much time; no cohort, student or school."""
    rows = Programme.objects.filter(partnership=partnership).prefetch_related("qualifications")
    for programme in rows.order_by("name", "pk"):
        crebos = sorted({row.crebo for row in programme.qualifications.all()})
        themes = Session.objects.filter(cohort__programme=programme).order_by("starts_at", "pk")
        yield _part(
            PartKind.PROGRAMME,
            programme,
            programme.name,
            route=programme.route,
            crebos=crebos,
            contract_hours=programme.contract_hours,
            school_days=programme.school_days,
            is_switcher=programme.is_switcher,
            themes=list(dict.fromkeys(themes.values_list("theme", flat=True)))[:MOST_SESSIONS],
        )
