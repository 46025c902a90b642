"""One row of a list with qualifications: what its cells mean, and what is in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.imports.dates import SAY_FIRST, DateOrder
from core.imports.importer import Given, Problem
from core.reading import codes, days, numbers
from core.reading.answers import Answer, Read, Refused

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2099, 12, 31)  # versions of files that are of any use
LEVELS = range(1, 5)
LONGEST = {
    "kerntaak_title": 200,
    "werkproces_title": 200,
    "source": 200,
    "kwalificatie": 160,
    "dossier": 160,
}
CODES = {
    "crebo": codes.crebo,
    "dossier_crebo": codes.crebo,
    "kerntaak_code": codes.core_task,
    "werkproces_code": codes.work_process,
}
REQUIRED = ("crebo", "dossier_crebo", "kwalificatie", "niveau", "dossier", "valid_from")


@dataclass(slots=True)
class Reading:
    """A row as it was read: values by column, and what is in the way."""

    given: Given
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def version(self) -> tuple[str, str]:
        """Which version of which file the row is of."""
        return self.values["dossier_crebo"], self.values["valid_from"]

    @property
    def name(self) -> str:
        """What the row is called."""
        values = self.values
        title = values.get("werkproces_title") or values.get("kerntaak_title") or values.get("kwalificatie")
        code = values.get("werkproces_code") or values.get("kerntaak_code") or values.get("crebo")
        return " ".join(part for part in (code, title) if part)

    def say(self, name: str, text: object, key: str = "", choices: Any = ()) -> None:
        """Something is in the way."""
        self.problems.append(Problem(name, str(text), key, choices))


def read(given: Given, dates: DateOrder | None = None, source: str = "") -> Reading:
    """Read a row. `source` is for a list that does not say where it comes from."""
    row, dates = Reading(given), dates or DateOrder()
    cells = given.cells
    for name, reader in CODES.items():
        row.values[name] = _value(row, name, reader(cells.get(name, "")), str) or ""
    for name, longest in LONGEST.items():
        text = cells.get(name, "") or (source if name == "source" else "")
        row.values[name] = text
        if len(text) > longest:
            row.say(name, _("This text is too long: at most %(count)d characters.") % {"count": longest})
    level = _value(row, "niveau", numbers.whole(cells.get("niveau", "")), str)
    if level is not None and level not in LEVELS:
        row.say("niveau", _("The level is 1, 2, 3 or 4."))
    row.values["niveau"] = level
    for name in ("valid_from", "valid_to"):
        answer = days.day(cells.get(name, ""), order=dates.order, first=EARLIEST, last=LATEST)
        day = _day(row, name, answer, dates)
        row.values[name] = day.isoformat() if day else ""
    _hold_together(row)
    return row


def _value(row: Reading, name: str, answer: Answer[Any], show: Any) -> Any:
    if isinstance(answer, Read):
        return answer.value
    if isinstance(answer, Refused):
        if not answer.is_empty:
            row.say(name, answer.reason)
        return None
    choices = [(str(one), str(show(one))) for one in answer.candidates]
    chosen = row.given.answer(name, choices)
    if not chosen:
        row.say(name, answer.reason, name, choices)
    return next((one for one in answer.candidates if str(one) == chosen), None)


def _day(row: Reading, name: str, answer: Answer[dt.date], dates: DateOrder) -> dt.date | None:
    if dates.must_come_first(answer):
        row.say(name, SAY_FIRST)
        return None
    day: dt.date | None = _value(row, name, answer, days.shown)
    return day


def _hold_together(row: Reading) -> None:
    """What has to be filled in, and what has to belong together."""
    values, said = row.values, {problem.field for problem in row.problems}
    wanted = [name for name in REQUIRED if not values[name]]
    for part in ("kerntaak", "werkproces"):
        code, title = f"{part}_code", f"{part}_title"
        if bool(values[code]) != bool(values[title]):
            wanted.append(title if values[code] else code)
    for name in wanted:
        if name not in said:
            row.say(name, _("This cell is empty. Fill it in."))
    if values["valid_to"] and values["valid_from"] and values["valid_to"] <= values["valid_from"]:
        row.say("valid_to", _("The end date must be after the start date."))
    process = values["werkproces_code"]
    if process and not process.startswith(f"{values['kerntaak_code']}-"):
        row.say("werkproces_code", _("This work process does not belong to the core task of this row."))
