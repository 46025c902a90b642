"""One row of a list with students: what its cells mean, and what is in the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core import emails, towns
from core.dates import today
from core.imports.dates import SAY_FIRST, DateOrder
from core.imports.importer import Given, Outcome, Problem
from core.imports.models import Verdict
from core.reading import codes, days, people
from core.reading.answers import Answer, Read, Refused, Unsure
from programmes.models import Cohort
from students.forms.enrolments import EARLY, EnrolmentForm, likely_birthdays
from ui.formats import day as shown
from ui.forms import citizen_number_error, holds_citizen_number

LONGEST_NUMBER = 9  # digits of a citizen service number: a text with fewer needs no look
TEXTS = ("first_name", "name_prefix", "last_name", "town", "wishes")
NAMES = ("whole_name", "first_name", "last_name")
TOWN, RIGHT = "town", "right"


class Reading:
    """What a row says of a student. `School.weigh` adds what the rest of the list and the school have to do with it."""

    def __init__(self, given: Given, cohort: Cohort, dates: DateOrder) -> None:
        self.given, self.cohort, self.dates = given, cohort, dates
        self.problems: list[Problem] = []
        self.values: dict[str, Any] = {}
        self.waits = self.skips = ""
        self.is_same = self.is_untold = False
        self.notes: list[str] = []
        self.changes: list[tuple[str, str, str]] = []
        self.object_id: int | None = None
        self.object_version = ""
        self.subject: UUID | None = None
        self.born_on: dt.date | None = None
        self._read()

    @property
    def name(self) -> str:
        """As the row is called."""
        parts = (self.values.get(name, "") for name in ("first_name", "name_prefix", "last_name"))
        return " ".join(part for part in parts if part)

    @property
    def email(self) -> str:
        """The address in its one form; empty when there is none."""
        return str(self.values.get("email", ""))

    def say(
        self,
        field: str,
        text: object,
        key: str = "",
        choices: Any = (),
        suggestion: str = "",
        *,
        about: Sequence[UUID] = (),
    ) -> None:
        """Something is in the way."""
        self.problems.append(Problem(field, str(text), key, choices, suggestion, about))

    def outcome(self) -> Outcome:
        """What becomes of the row, all told."""
        found = Outcome(
            Verdict.NEW,
            name=self.name or " ".join(self.given.cells.get(name, "") for name in NAMES).strip(),
            note="; ".join(self.notes),
            problems=self.problems,
            object_id=self.object_id,
            object_version=self.object_version,
            subject=self.subject,
        )
        if self.skips:
            found.verdict, found.note, found.problems = Verdict.SKIPPED, self.skips, []
        elif self.problems:
            found.verdict = Verdict.WRONG
        elif self.waits:
            found.verdict, found.note = Verdict.WAITS, self.waits
        elif self.changes:
            found.verdict, found.values, found.changes = Verdict.CHANGED, self.values, self.changes
        elif self.is_same:
            found.verdict = Verdict.SAME
        else:
            found.values = self.values
        return found

    def _read(self) -> None:
        cells = self.given.cells
        self._read_name()
        address = self._answer("email", people.email(cells.get("email", "")), emails.shown)
        if address:
            self.values["email"] = address
        self._read_days()
        self._read_home()
        self.values["wishes"] = cells.get("wishes", "")
        for name in TEXTS:
            self._hold(name, str(self.values.get(name, "")))

    def _read_name(self) -> None:
        cells = self.given.cells
        if cells.get("whole_name") and not cells.get("last_name"):
            field, answer = "whole_name", people.whole_name(cells["whole_name"])
        else:
            parts = (cells.get(name, "") for name in ("first_name", "last_name", "name_prefix"))
            field, answer = "last_name", people.name(*parts)
        if isinstance(answer, Read):
            name = answer.value
            self.values |= {
                "first_name": name.first_name,
                "name_prefix": name.name_prefix,
                "last_name": name.last_name,
            }
        elif isinstance(answer, Refused):
            self.say(field, _("There is no name in this row.") if answer.is_empty else answer.reason)

    def _read_days(self) -> None:
        cells = self.given.cells
        first, last = likely_birthdays(today())
        born = days.day(cells.get("born_on", ""), order=self.dates.order, first=first, last=last)
        self.born_on = self._answer("born_on", born, shown)
        if self.born_on:
            self.values["born_on"] = self.born_on.isoformat()
        starts_on = self.cohort.starts_on
        if text := cells.get("starts_on", ""):
            first, last = self.cohort.starts_on - EARLY, self.cohort.ends_on - dt.timedelta(days=1)
            answer = days.day(text, order=self.dates.order, first=first, last=last)
            starts_on = self._answer("starts_on", answer, shown) or starts_on
        self.values["starts_on"] = starts_on.isoformat()

    def _read_home(self) -> None:
        town = self.given.cells.get("town", "")
        if not town:
            self.say("town", _("This cell is empty. Fill it in."))
        self.values["town"] = town
        pc4 = self._answer("pc4", codes.pc4(self.given.cells.get("pc4", "")), str)
        if not pc4:
            return
        self.values["pc4"] = pc4
        fits = towns.fits(town, pc4)
        self.is_untold = fits is None and bool(town)
        choices = [(RIGHT, _("Yes, this is right"))]
        if fits is False and not self.given.answer(f"{TOWN}:{town}:{pc4}", choices):
            text = _(
                "Postcode %(pc4)s does not lie in %(town)s, as far as we know. Put one of the two right, or keep it."
            )
            self.say("town", text % {"pc4": pc4, "town": town}, f"{TOWN}:{town}:{pc4}", choices)
            self.say("pc4", "")

    def _answer(self, field: str, answer: Answer[Any], show: Any) -> Any:
        """The value, or None and what is in the way: of a choice which one is meant."""
        if isinstance(answer, Read):
            return answer.value
        if isinstance(answer, Refused):
            if not answer.is_empty:
                self.say(field, answer.reason)
            elif field == "email":
                self.waits = _("without an email address")
            else:
                self.say(field, _("This cell is empty. Fill it in."))
            return None
        return self._chosen(field, answer, show)

    def _chosen(self, field: str, answer: Unsure[Any], show: Any) -> Any:
        if self.dates.must_come_first(answer):
            self.say(field, SAY_FIRST)
            return None
        choices = [(str(one), str(show(one))) for one in answer.candidates]
        chosen = self.given.answer(field, choices)
        if chosen:
            return next(one for one in answer.candidates if str(one) == chosen)
        self.say(field, answer.reason, field, choices)
        return None

    def _hold(self, name: str, text: str) -> None:
        """What a form refuses in a text: too long, or a number that may not be kept."""
        longest = _longest(name)
        if longest is not None and len(text) > longest:
            self.say(name, _("This text is too long: at most %(count)d characters.") % {"count": longest})
        elif len(text) >= LONGEST_NUMBER and holds_citizen_number(text):
            self.say(name, citizen_number_error().messages[0])


@cache
def _longest(name: str) -> int | None:
    longest: int | None = getattr(EnrolmentForm.base_fields[name], "max_length", None)
    return longest
