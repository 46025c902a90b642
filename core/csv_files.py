"""CSV files as people hand them in: read strictly, and say of every bad row what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SEPARATOR = ";"
MOST_ERRORS = 200  # a page with more than this helps nobody
LONGEST_CELL = 2_000
# A spreadsheet runs a cell that begins like this as a formula.
FORMULA_STARTS = ("=", "+", "-", "@")
_OTHER_KINDS = {
    b"PK\x03\x04": _("This is a spreadsheet or zip file. Save it as “CSV UTF-8” and choose that file."),
    b"\xd0\xcf\x11\xe0": _("This is a spreadsheet. Save it as “CSV UTF-8” and choose that file."),
    b"%PDF": _("This is a PDF. Save the list as “CSV UTF-8” and choose that file."),
}


@dataclass(frozen=True, slots=True)
class CsvError:
    """What is wrong with a row. Line 0 is the file as a whole, line 1 the header; an empty column the whole row."""

    line: int
    column: str
    message: str | Promise


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One line of the file with its cells by column name, stripped."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(slots=True)
class CsvFile:
    """What was read, and everything that was wrong with it."""

    rows: list[CsvRow] = field(default_factory=list)
    errors: list[CsvError] = field(default_factory=list)


def read(content: bytes, *, columns: Sequence[str], most_rows: int, most_bytes: int) -> CsvFile:
    """Read a CSV file with exactly this header, separated by semicolons, in UTF-8 with or without a mark in front.

    Rows with an error are left out of `rows` and named in `errors`; a fault of the whole file leaves no rows at all.
    """
    fault = _fault_of_file(content, most_bytes)
    if fault is not None:
        return CsvFile(errors=[CsvError(0, "", fault)])
    try:
        text = content.decode("utf-8-sig").replace("\xa0", " ")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return CsvFile(errors=[CsvError(line, "", _("The file is not in UTF-8. Save it as “CSV UTF-8”."))])
    return _read_text(text, columns, most_rows)


def read_text(text: str, *, columns: Sequence[str], most_rows: int) -> CsvFile:
    """The same as `read`, for the text of a file that was read before."""
    return _read_text(text, columns, most_rows)


def template(columns: Sequence[str], *examples: Sequence[str]) -> bytes:
    """An empty file to fill in, with a mark in front so that a spreadsheet sees the UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(examples)
    return out.getvalue().encode("utf-8-sig")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula."""
    return text.startswith(FORMULA_STARTS) and len(text) > 1


def plain_cell(text: str) -> str:
    """A cell of an export: what a spreadsheet would run as a formula gets a quote before it."""
    return f"'{text}" if is_formula(text) else text


def _fault_of_file(content: bytes, most_bytes: int) -> str | Promise | None:
    if not content.strip():
        return _("The file is empty.")
    if len(content) > most_bytes:
        return _("The file is too large. Split it into files of at most %(size)d kB.") % {
            "size": most_bytes // 1000
        }
    for start, message in _OTHER_KINDS.items():
        if content.startswith(start):
            return message
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("The file is not in UTF-8. Save it as “CSV UTF-8”.")
    if b"\x00" in content:
        return _("This is not a text file. Save the list as “CSV UTF-8” and choose that file.")
    return None


def _read_text(text: str, columns: Sequence[str], most_rows: int) -> CsvFile:
    table = CsvFile()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=SEPARATOR, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        return CsvFile(errors=[CsvError(1, "", _("The header cannot be read: check the quotation marks."))])
    table.errors.extend(_header_errors(header, columns))
    if table.errors:
        return table
    for line, cells in _lines(reader, table):
        if len(table.rows) >= most_rows:
            message = _("The file has too many rows. Hand in at most %(count)d at a time.")
            return CsvFile(errors=[CsvError(0, "", message % {"count": most_rows})])
        errors = _row_errors(line, cells, columns)
        if errors:
            table.errors.extend(errors)
        else:
            table.rows.append(CsvRow(line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    if not table.rows and not table.errors:
        table.errors.append(CsvError(0, "", _("The file has no rows below the header.")))
    return table


def _lines(reader: Iterator[list[str]], table: CsvFile) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the line on which each starts; stops at a row that cannot be read."""
    start = reader.line_num + 1  # type: ignore[attr-defined]  # a csv.reader
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            message = _("This row cannot be read: a quotation mark is missing or stands in the wrong place.")
            table.errors.append(CsvError(start, "", message))
            return
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1  # type: ignore[attr-defined]  # a csv.reader


def _header_errors(header: list[str], columns: Sequence[str]) -> Iterator[CsvError]:
    if header == list(columns):
        return
    if len(header) == 1:
        for other, name in ((",", _("a comma")), ("\t", _("a tab")), ("|", "|")):
            if other in header[0]:
                message = _("The columns are separated by %(found)s; use a semicolon (;).")
                yield CsvError(1, "", message % {"found": name})
                return
    missing = [column for column in columns if column not in header]
    for column in missing:
        yield CsvError(1, column, _("This column is missing from the header."))
    for column in dict.fromkeys(header):
        if column not in columns:
            yield CsvError(1, column[:60], _("This column is not known. Take it out."))
        elif header.count(column) > 1:
            yield CsvError(1, column, _("This column stands in the header more than once."))
    if not missing and sorted(header) == sorted(columns):
        yield CsvError(
            1, "", _("Put the columns in this order: %(columns)s.") % {"columns": ";".join(columns)}
        )


def _row_errors(line: int, cells: list[str], columns: Sequence[str]) -> list[CsvError]:
    if len(cells) != len(columns):
        message = ngettext_lazy(
            "This row has %(found)d cell; there should be %(wanted)d.",
            "This row has %(found)d cells; there should be %(wanted)d.",
            len(cells),
        )
        return [CsvError(line, "", message % {"found": len(cells), "wanted": len(columns)})]
    errors = []
    for column, cell in zip(columns, cells, strict=True):
        text = cell.strip()
        if len(text) > LONGEST_CELL:
            errors.append(CsvError(line, column, _("This text is too long.")))
        elif any(not char.isprintable() for char in text):
            errors.append(
                CsvError(line, column, _("There is a line break or an unreadable character in this cell."))
            )
        elif is_formula(text):
            errors.append(
                CsvError(
                    line,
                    column,
                    _("This starts with =, +, - or @, as a formula does. Write it in another way."),
                )
            )
    return errors
