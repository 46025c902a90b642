"""Reads the CSV with qualifications; `docs/conventions/imports.md` shows the columns."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core.csv_files import CsvError, CsvFile, CsvRow, read, read_text, template
from programmes.models.qualifications import CORE_TASK_FORMAT, CREBO_FORMAT, WORK_PROCESS_FORMAT
from programmes.services.qualifications import QualificationRow

COLUMNS = (
    "crebo",
    "dossier_crebo",
    "kerntaak_code",
    "kerntaak_title",
    "werkproces_code",
    "werkproces_title",
    "valid_from",
    "valid_to",
    "source",
    "kwalificatie",
    "niveau",
    "dossier",
)
MOST_ROWS = 5_000
MOST_BYTES = 1_000_000
_LONGEST = {
    "kerntaak_title": 200,
    "werkproces_title": 200,
    "source": 200,
    "kwalificatie": 160,
    "dossier": 160,
}
_FORMATS = {
    "crebo": (CREBO_FORMAT, _("A crebo code has 5 digits.")),
    "dossier_crebo": (CREBO_FORMAT, _("A crebo code has 5 digits.")),
    "kerntaak_code": (CORE_TASK_FORMAT, _("A core task code looks like B1-K1.")),
    "werkproces_code": (WORK_PROCESS_FORMAT, _("A work process code looks like B1-K1-W3.")),
}
_OPTIONAL = {"kerntaak_code", "kerntaak_title", "werkproces_code", "werkproces_title", "valid_to"}
EXAMPLE = (
    "95001", "93001", "B1-K1", "Biedt zorg", "B1-K1-W1", "Bereidt het werk voor",
    "2025-08-01", "", "voorbeeld", "Verzorgende", "3", "Verzorging",
)  # fmt: skip


def read_qualifications(content: bytes) -> tuple[list[QualificationRow], list[CsvError]]:
    """The rows of a file and everything that is wrong with it; only without errors may the rows be imported."""
    return _rows_of(read(content, columns=COLUMNS, most_rows=MOST_ROWS, most_bytes=MOST_BYTES))


def read_qualifications_text(text: str) -> tuple[list[QualificationRow], list[CsvError]]:
    """The same for the text of a file that was checked before."""
    return _rows_of(read_text(text, columns=COLUMNS, most_rows=MOST_ROWS))


def empty_file() -> bytes:
    """A file with the header and one example row."""
    return template(COLUMNS, EXAMPLE)


def _rows_of(table: CsvFile) -> tuple[list[QualificationRow], list[CsvError]]:
    rows, errors = [], list(table.errors)
    for line in table.rows:
        faults = _faults(line)
        if faults:
            errors.extend(faults)
        else:
            rows.append(_row(line))
    return rows, sorted(errors, key=lambda error: error.line)


def _row(line: CsvRow) -> QualificationRow:
    valid_from = _day(line["valid_from"])
    assert valid_from is not None  # noqa: S101  _faults has looked
    return QualificationRow(
        line=line.line,
        crebo=line["crebo"],
        file_crebo=line["dossier_crebo"],
        core_task_code=line["kerntaak_code"],
        core_task_title=line["kerntaak_title"],
        work_process_code=line["werkproces_code"],
        work_process_title=line["werkproces_title"],
        valid_from=valid_from,
        valid_until=_day(line["valid_to"]),
        source=line["source"],
        name=line["kwalificatie"],
        level=int(line["niveau"]),
        file_name=line["dossier"],
    )


def _faults(line: CsvRow) -> list[CsvError]:
    faults = [
        CsvError(line.line, column, _("This cell is empty. Fill it in."))
        for column in COLUMNS
        if not line[column] and column not in _OPTIONAL
    ]
    for column, (pattern, message) in _FORMATS.items():
        if line[column] and not re.fullmatch(pattern, line[column], re.ASCII):
            faults.append(CsvError(line.line, column, message))
    for column, longest in _LONGEST.items():
        if len(line[column]) > longest:
            too_long = _("This text is too long: at most %(count)d characters.") % {"count": longest}
            faults.append(CsvError(line.line, column, too_long))
    if line["niveau"] and line["niveau"] not in {"1", "2", "3", "4"}:
        faults.append(CsvError(line.line, "niveau", _("The level is 1, 2, 3 or 4.")))
    return [*faults, *_faults_of_dates(line), *_faults_of_codes(line)]


def _faults_of_dates(line: CsvRow) -> list[CsvError]:
    days: dict[str, date] = {}
    faults = []
    for column in ("valid_from", "valid_to"):
        day = _day(line[column])
        if day is not None:
            days[column] = day
        elif line[column]:
            faults.append(CsvError(line.line, column, _("Write the date as 2025-08-01.")))
    if len(days) == len(("valid_from", "valid_to")) and days["valid_to"] <= days["valid_from"]:
        faults.append(CsvError(line.line, "valid_to", _("The end date must be after the start date.")))
    return faults


def _faults_of_codes(line: CsvRow) -> list[CsvError]:
    """A title needs its code, a code its title, and a work process the core task it stands under."""
    faults = []
    for part in ("kerntaak", "werkproces"):
        code, title = line[f"{part}_code"], line[f"{part}_title"]
        if code and not title:
            faults.append(CsvError(line.line, f"{part}_title", _("This cell is empty. Fill it in.")))
        if title and not code:
            faults.append(CsvError(line.line, f"{part}_code", _("This cell is empty. Fill it in.")))
    core_task, process = line["kerntaak_code"], line["werkproces_code"]
    if process and not process.startswith(f"{core_task}-"):
        message = _("This work process does not belong to the core task of this row.")
        faults.append(CsvError(line.line, "werkproces_code", message))
    return faults


def _day(text: str) -> date | None:
    """A day as 2025-08-01 or 01-08-2025; None when it is neither."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            day = datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
        return day if day.year > 1900 else None
    return None
