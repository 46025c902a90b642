"""A list with students for a cohort: each row read, and held against the rest of the list, the cohort and the school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import ensure
from core.imports.columns import Column
from core.imports.dates import DateOrder, order_of
from core.imports.importer import Given, Importer, Outcome, Question, register
from core.imports.models import ImportRow, Verdict
from core.text import full_name
from partnerships.actors import Actor, actor_of_person
from partnerships.services.locks import organisation_under_lock
from programmes.models import Cohort
from students.imports.known import School
from students.imports.reading import Reading
from students.queries.cohorts import free_seats
from students.queries.enrolments import versions_of
from students.rules import enrolments as rules
from students.services import lists, locks
from students.services.lists import Listed

COLUMNS = (
    Column(
        "first_name",
        "voornaam",
        gettext_lazy("First name"),
        ("roepnaam", "voornamen", "first name", "given name", "vnaam"),
    ),
    Column(
        "name_prefix",
        "tussenvoegsel",
        gettext_lazy("Prefix of the last name"),
        ("voorvoegsel", "voorvoegsels", "tussenvoegsels", "voorv", "tussenv", "tv", "prefix"),
    ),
    Column(
        "last_name",
        "achternaam",
        gettext_lazy("Last name"),
        ("geslachtsnaam", "familienaam", "geboortenaam", "last name", "surname", "anaam"),
        is_required=True,
        instead=("first_name", "whole_name"),
    ),
    Column(
        "whole_name",
        "naam",
        gettext_lazy("Whole name"),
        ("volledige naam", "naam student", "studentnaam", "naam leerling", "naam deelnemer", "student", "name"),
        is_extra=True,
    ),
    Column(
        "email",
        "email",
        gettext_lazy("Email address"),
        (
            *("emailadres school", "email school", "schoolmail", "emailadres", "mailadres", "mail", "emailadres student"),
            *("emailadres leerling", "email student", "email prive", "emailadres prive", "prive email", "email address"),
        ),
        is_required=True,
    ),
    Column(
        "born_on",
        "geboortedatum",
        gettext_lazy("Date of birth"),
        ("geb datum", "geb dat", "gebdat", "datum geboorte", "geboren", "geboren op", "date of birth", "birthdate"),
        is_required=True,
    ),
    Column(
        "town",
        "woonplaats",
        gettext_lazy("Town where the student lives"),
        ("plaats", "plaatsnaam", "woonplaats student", "stad", "town", "city"),
        is_required=True,
    ),
    Column(
        "pc4",
        "postcode4",
        gettext_lazy("Postcode"),
        ("postcode", "pc4", "pc", "postcode student", "post code", "zip"),
        is_required=True,
    ),
    Column(
        "starts_on",
        "startdatum",
        gettext_lazy("Starts on"),
        ("begindatum", "datum start", "ingangsdatum", "datum begin", "start", "start date"),
    ),
    Column(
        "wishes",
        "wensen",
        gettext_lazy("Wishes for a training place"),
        ("wens", "voorkeur", "voorkeuren", "stagewensen", "wishes"),
    ),
)  # fmt: skip
DATES = ("born_on", "starts_on")
INVITE, NOW = "invite", "now"  # the answer with which new students get a mail at once


@register
class StudentImporter(Importer):
    """Students into one cohort, which is the target; the columns are those of its school."""

    kind = "students"
    columns = COLUMNS
    surveys = DATES
    example = (
        "Samira", "van", "Voorbeeld", "samira@leerling.example", "14-03-2004", "Lelystad", "8224", "", "liefst de avond",
    )  # fmt: skip

    def __init__(self, batch: Any, by: Actor) -> None:
        super().__init__(batch, by)
        self.dates = DateOrder()
        self.untold = self.seats_given = 0

    @staticmethod
    def actor(person_id: int) -> Actor:
        return actor_of_person(person_id)

    @cached_property
    def cohort(self) -> Cohort:
        """The cohort, with whether who acts teaches it."""
        return Cohort.objects.for_page(self.by).get(pk=self.batch.target)

    @cached_property
    def school(self) -> School:
        """Whom the school has already."""
        return School(self.cohort)

    def lock(self) -> None:
        self.cohort = locks.cohort(int(self.batch.target), self.by)
        # The same person must not be made twice by two cohorts of a school that enrol at one moment.
        organisation_under_lock(self.cohort.programme.school_id)

    def ensure(self) -> None:
        ensure(rules.can_enrol(self.by, self.cohort))

    def survey(self, rows: Iterable[Given]) -> list[Question]:
        """What the dates of the list show of their order; else it is asked."""
        texts = ((row.number, row.cells.get(name, "")) for row in rows for name in DATES)
        self.dates = order_of(texts, self.batch.answers)
        return self.dates.questions

    def check(self, rows: Sequence[Given]) -> list[Outcome]:
        free = self.free
        found = [Reading(row, self.cohort, self.dates) for row in rows]
        self.school.weigh(found)
        outcomes = []
        for reading in found:
            outcome = reading.outcome()
            if outcome.verdict == Verdict.NEW and outcome.values is not None:
                has_seat = self.seats_given < free
                self.seats_given += 1
                outcome.values["has_seat"] = has_seat
                outcome.note = "" if has_seat else _("on the waiting list")
                self.untold += reading.is_untold
            outcomes.append(outcome)
        return outcomes

    @cached_property
    def free(self) -> int:
        """Free seats before this list."""
        return free_seats(self.cohort)

    def totals(self) -> dict[str, Any]:
        return {"waiting": max(0, self.seats_given - self.free), "untold": self.untold}

    def name_of(self, cells: Any) -> str:
        name = full_name(
            first_name=cells.get("first_name", ""),
            last_name=cells.get("last_name", ""),
            prefix=cells.get("name_prefix", ""),
        )
        return name or cells.get("whole_name", "") or super().name_of(cells)

    def write(self, rows: Sequence[ImportRow]) -> None:
        new = [row for row in rows if row.verdict == Verdict.NEW]
        made = lists.enrol(
            cohort=self.cohort,
            students=[_listed(row.values or {}) for row in new],
            invite=self.batch.answers.get(INVITE) == NOW,
            by=self.by,
        )
        for row, enrolment in zip(new, made, strict=True):
            row.object_id, row.object_version = enrolment.pk, "1.1.1"
            row.subject = enrolment.student.public_id
        changed = {row.object_id: row for row in rows if row.verdict == Verdict.CHANGED and row.object_id}
        if changed:
            values = {key: row.values or {} for key, row in changed.items()}
            done = lists.correct(cohort=self.cohort, values=values, by=self.by)
            for key, (before, version) in done.items():
                changed[key].before, changed[key].object_version = before, version

    def take_back(self, rows: Sequence[ImportRow]) -> None:
        new = {row.object_id: row for row in rows if row.verdict == Verdict.NEW and row.object_id}
        gone = lists.take_out(
            cohort=self.cohort, enrolments={key: row.object_version for key, row in new.items()}, by=self.by
        )
        changed = {row.object_id: row for row in rows if row.verdict == Verdict.CHANGED and row.object_id}
        present = versions_of(changed)
        back = {
            key: row.before or {}
            for key, row in changed.items()
            if present.get(key) == row.object_version and row.before is not None
        }
        if back:
            lists.correct(cohort=self.cohort, values=back, by=self.by)
        for key, row in (new | changed).items():
            row.is_undone = key in gone or key in back
            row.note = "" if row.is_undone else _("has been changed or used since, and stays")


def _listed(values: dict[str, Any]) -> Listed:
    dates = {name: dt.date.fromisoformat(values[name]) for name in DATES}
    return Listed(**(values | dates))
