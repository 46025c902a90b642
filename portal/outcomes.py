"""Figures about people for a board, a municipality or an organisation: sums, without whatever tells who is in a small group.

Start, progress, drop-out and diplomas (story A-11), and where people with a distance to the labour market take part (E-12).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import study_year_label
from core.small_cells import protected
from partnerships.enums import SocialReturnKind
from partnerships.models import Organisation, Partnership
from partnerships.queries import distance
from placements.presenters.sheets import shown_of
from placements.queries import flow
from ui.languages import Stored, dutch
from ui.sheets import Column, Sheet

ALL = "all"
STARTED, LEARNING, COMPLETED, LEFT = "started", "learning", "completed", "left"
PLACED, UNPLACED, AGREED, NOT_AGREED = "placed", "unplaced", "agreed", "not_agreed"
WORDS: dict[str, Promise] = {
    STARTED: gettext_lazy("Started"),
    LEARNING: gettext_lazy("Learning now"),
    COMPLETED: gettext_lazy("Diploma"),
    LEFT: gettext_lazy("Dropped out"),
    PLACED: gettext_lazy("Learning now, with a training place"),
    UNPLACED: gettext_lazy("Learning now, without a training place"),
    AGREED: gettext_lazy("Learning now, with an agreed learning plan"),
    NOT_AGREED: gettext_lazy("Learning now, without an agreed learning plan"),
}
COLUMNS = (STARTED, LEARNING, COMPLETED, LEFT)
PROGRESS = (PLACED, UNPLACED, AGREED, NOT_AGREED)


@dataclass(frozen=True)
class Line:
    """One row of a table of figures, in the order of its columns; None is not shown."""

    label: Any
    numbers: Sequence[int | None]
    url: str = ""

    @property
    def said(self) -> Any:
        """What a row is called, on a page."""
        return dutch(self.label) if isinstance(self.label, Stored) else self.label

    @property
    def titled(self) -> list[tuple[Promise, int | None]]:
        """Each number of a row by study year with the title of its column."""
        return [(WORDS[name], number) for name, number in zip(COLUMNS, self.numbers, strict=True)]


@dataclass(frozen=True)
class Outcomes:
    """What the page shows; `hides` whether anything on it is not shown."""

    years: Sequence[Line]
    progress: Sequence[Line]
    distance: Sequence[Line]
    hides: bool


def of_partnership(partnership: Partnership) -> Outcomes:
    """Of a partnership; two queries."""
    key = partnership.pk
    return _outcomes(flow.of_partnership(partnership=key), distance.in_partnership(partnership=key))


def of_organisation(organisation: Organisation) -> Outcomes:
    """Of a school or an employer, about its own people in every partnership; two queries."""
    key = organisation.pk
    people = flow.of_school(school=key) if organisation.is_school else flow.of_employer(employer=key)
    return _outcomes(people, distance.at_organisation(organisation=key))


def _outcomes(people: Sequence[Any], far: Sequence[Any]) -> Outcomes:
    years, progress = _of_students(people)
    places = _of_distance(far)
    lines = [*years, *progress, *places]
    return Outcomes(years, progress, places, any(None in line.numbers for line in lines))


def _of_students(rows: Sequence[Any]) -> tuple[list[Line], list[Line]]:
    """By study year, with the sum of all; and of those who learn now how far they are."""
    if not rows:
        return [], []
    sums = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)]
    numbers: dict[Any, int] = {}
    for year, learning, completed, left, *_progress in [*rows, (ALL, *sums)]:
        of_year = (learning + completed + left, learning, completed, left)
        numbers |= {(year, name): number for name, number in zip(COLUMNS, of_year, strict=True)}
    placed, agreed = sums[3:]
    now = numbers[ALL, LEARNING]
    numbers |= {PLACED: placed, UNPLACED: now - placed, AGREED: agreed, NOT_AGREED: now - agreed}
    years = [row[0] for row in rows]
    adding_up: list[tuple[Any, list[Any]]] = [
        ((year, STARTED), [(year, name) for name in COLUMNS[1:]]) for year in [*years, ALL]
    ]
    adding_up += [((ALL, name), [(year, name) for year in years]) for name in COLUMNS]
    adding_up += [((ALL, LEARNING), [PLACED, UNPLACED]), ((ALL, LEARNING), [AGREED, NOT_AGREED])]
    shown = protected(numbers, adding_up)
    labels = {year: study_year_label(year) for year in years} | {ALL: _("All years")}
    named = [*years, ALL] if len(years) > 1 else years
    lines = [Line(labels[year], [shown[year, name] for name in COLUMNS]) for year in named]
    return lines, [Line(WORDS[name], [shown[name]]) for name in PROGRESS]


def _of_distance(rows: Sequence[Any]) -> list[Line]:
    """Initiatives by title, then SROI activities by kind, and the sum."""
    ordered: list[Any] = sorted(rows, key=lambda row: (row[0] != distance.INITIATIVE, row[1]))
    found = list(starmap(_place, ordered))
    if not found:
        return []
    numbers = {at: number for at, (_label, number, _url) in enumerate(found)}
    shown = protected(numbers | {ALL: sum(numbers.values())}, [(ALL, list(numbers))])
    lines = [Line(label, [shown[at]], url) for at, (label, _number, url) in enumerate(found)]
    return [*lines, Line(_("All together"), [shown[ALL]])] if len(lines) > 1 else lines


def _place(kind: str, name: str, slug: str, number: int) -> tuple[Any, int, str]:
    if kind == distance.INITIATIVE:
        return Stored(name), number, reverse("partnerships:initiative-detail", args=[slug])
    return _("SROI: {kind}").format(kind=SocialReturnKind(name).label), number, ""


@dataclass(frozen=True)
class Cell:
    """One figure in the file."""

    about: Any
    row: Any
    name: Any
    number: int | None


def cells(found: Outcomes) -> Iterator[Cell]:
    """Every figure of the page in a row of its own, so that a spreadsheet can turn them as it likes."""
    for line in found.years:
        for name, number in zip(COLUMNS, line.numbers, strict=True):
            yield Cell(_("Students by the study year in which they started"), line.label, WORDS[name], number)
    for line in found.progress:
        yield Cell(_("Progress"), _("All years"), line.label, *line.numbers)
    for line in found.distance:
        name = _("People")
        yield Cell(_("People with a distance to the labour market"), line.label, name, *line.numbers)


SHEET = Sheet(
    gettext_lazy("Figures"),
    (
        Column(gettext_lazy("Part"), lambda cell: str(cell.about)),
        Column(gettext_lazy("Of"), lambda cell: str(cell.row)),
        Column(gettext_lazy("Figure"), lambda cell: str(cell.name)),
        Column(gettext_lazy("How many"), lambda cell: shown_of(cell.number)),
    ),
)
