"""Reads one workbook (xlsx, xlsm, xlsb, xls, ods) in a process of its own, with so much memory and time and no more.

Run as a program, with the seconds that it may work: the size of the file and the file come in on stdin, then the number of a
sheet. Lines of JSON go out: the first rows of each sheet, and then all rows of that one, a number for so many empty ones. It
knows nothing of the portal, so that a file that breaks its reader breaks this process alone.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import math
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO

MOST_MEMORY = 512 * 1024 * 1024  # of address space; the interpreter itself takes a good part of it
MOST_ROWS = 100_000
TOO_MANY = 3  # what the process ends with when there are more
HEAD = 60  # rows in which the header is looked for
MOST_SHEETS = 30
MOST_COLUMNS = 200
LONGEST_CELL = 2_001  # one more than may be: who checks it sees that it was longer
MIDNIGHT = dt.time(0)


def limit(seconds: float) -> None:
    """Take no more memory, time or files than a list needs: the process ends after so many seconds of work."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    # In parts of a second, which the kernel's limit below is not.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds),) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def text_of(cell: Any) -> str:
    """A cell as a person would have typed it: a day as 2004-03-14, a whole number without decimals."""
    if isinstance(cell, str):
        return cell[:LONGEST_CELL]
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == MIDNIGHT else cell.isoformat(" ")
    return str(cell)


def rows_of(sheet: Any, most: int | None = None) -> Iterator[list[str]]:
    """The rows of a sheet from its very first line, so that a number of a line is the one that the program shows."""
    if sheet.start is None:
        return
    _above, beside = sheet.start  # empty lines above it are given too, empty columns are not
    for number, row in enumerate(sheet.iter_rows()):
        if most is not None and number >= most:
            return
        yield ([""] * beside + [text_of(cell) for cell in row])[:MOST_COLUMNS]


def has_more_than(sheet: Any, most: int) -> bool:
    """Whether so many rows have something in them: known before the first of them is handed on and kept."""
    if sheet.height <= most:
        return False
    return sum(1 for row in sheet.iter_rows() if any(cell != "" for cell in row)) > most


def say(out: BinaryIO, what: Any) -> None:
    """One line of JSON."""
    out.write(json.dumps(what, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))
    out.write(b"\n")


def main() -> None:
    """Heads of all sheets, then the one that is asked for."""
    limit(float(sys.argv[1]))
    import python_calamine  # noqa: PLC0415  within the limits

    into, out = sys.stdin.buffer, sys.stdout.buffer
    content = into.read(int(into.readline()))
    book = python_calamine.load_workbook(io.BytesIO(content))
    del content
    visible = python_calamine.SheetVisibleEnum.Visible
    names = [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible][:MOST_SHEETS]
    sheet = None
    for name in names:
        sheet = book.get_sheet_by_name(name)
        say(out, {"name": name, "rows": list(rows_of(sheet, HEAD))})
    say(out, None)
    out.flush()
    asked = into.readline().strip()
    if not asked or sheet is None:
        return
    if names[int(asked)] != sheet.name:
        sheet = book.get_sheet_by_name(names[int(asked)])
    if has_more_than(sheet, MOST_ROWS + HEAD):
        sys.exit(TOO_MANY)
    empty = 0
    for row in rows_of(sheet):
        if any(row):
            if empty:
                say(out, empty)
            say(out, row)
            empty = 0
        else:
            empty += 1


if __name__ == "__main__":
    main()
