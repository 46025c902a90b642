"""A file that someone hands in, as sheets with rows of cells: a workbook or text, in whatever way it was saved."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from threading import Timer

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.imports.workbook import HEAD, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from core.imports.workbook import TOO_MANY as ENDED_FOR_TOO_MANY

MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 1_100_000  # of text: a sheet of Excel has 1,048,576, and people save the empty ones too
MOST_ENTRIES = 2_000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_TEXT = 80 * 1024 * 1024  # of the cells of a workbook, of which many can share one long text
# What the reader of a workbook may work: a second, and another for each megabyte handed in. 100,000 students are 4 MB, and
# take 1.1 seconds; what unpacks to a thousand times its size gets no more than its own few kilobytes are worth.
SECONDS, SECONDS_A_MEGABYTE = 1.0, 1.0
LONGEST_WAIT = 30.0  # seconds by the clock
ACCEPT = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.xlsb,.ods,text/csv"
SEPARATORS = ";,\t|"
SAMPLE = 60  # records by which the separator is told
MOST_LINES_IN_A_CELL = 50  # more in one cell is a quotation mark that was never closed

_READER = Path(__file__).with_name("workbook.py")
LARGEST_LIST_OF_PARTS = 1024 * 1024
_TARGETS = re.compile(r"""\bTarget\s*=\s*["']([^"']*)["']""")
_NAMED = {
    "xl/workbook.xml": re.compile(r"""<(?:\w+:)?sheet\s[^<>]*?:id\s*=\s*["']([^"'<>]*)["']"""),
    "xl/_rels/workbook.xml.rels": _TARGETS,
    "xl/_rels/workbook.bin.rels": _TARGETS,
}
NOTHING: list[str] = []  # one for all empty rows: a million new ones can make the memory go to and fro
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHOOSE = _("Choose a list of Excel or LibreOffice, or a CSV file.")
_OTHER_KINDS = {
    b"%PDF": _("This is a PDF."),
    b"\x89PNG": _("This is a picture."),
    b"\xff\xd8\xff": _("This is a picture."),
    b"{\\rtf": _("This is a text document."),
    b"<": _("This is a web page."),
}
EMPTY = _("The file is empty.")
TOO_LARGE = _("The file is too large. Split it into files of at most %(size)d MB.")
UNREADABLE = _(
    "This workbook cannot be read: it is damaged, has a password, or is far larger inside than it looks. Save the list as a "
    "new workbook or as CSV, and choose that file."
)
NOT_TEXT = _("This is not a list that can be read. Choose a list of Excel or LibreOffice, or a CSV file.")
TOO_MANY = _("The file has too many rows. Hand in at most %(count)d at a time.")
NO_SHEET = _("There is no sheet with rows in this workbook.")


def refuse(message: object, **params: object) -> ValidationError:
    """The refusal of a file, in words."""
    return ValidationError(str(message), params=params or None, code="file")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet and its first rows; text has one, without a name."""

    name: str
    head: list[list[str]]


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that was opened: its sheets, and all rows of one of them from the very first line. It is read once."""

    sheets: list[Sheet]
    rows: Callable[[int], Iterator[list[str]]]


@contextmanager
def opened(content: bytes) -> Iterator[OpenFile]:
    """Open a file by what is in it, whatever it is called.

    Raises ValidationError, in words, for what is no list, is damaged, or is too large.
    """
    if not content.strip(b" \r\n\t\0\xef\xbb\xbf"):
        raise refuse(EMPTY)
    if len(content) > MOST_BYTES:
        raise refuse(TOO_LARGE, size=MOST_BYTES // 1024 // 1024)
    if content.startswith((_ZIP, _OLE)):
        with _workbook(content) as book:
            yield book
        return
    for start, message in _OTHER_KINDS.items():
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            raise refuse(f"{message} {_CHOOSE}")
    yield _text(content)


class TooLong(Exception):
    """A small file with so many rows that nobody should wait while they are read."""


def at_most(most: int | None, found: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The same rows, as long as there are no more of them than this; None is no limit."""
    for count, row in enumerate(found, start=1):
        if most is not None and count > most:
            raise TooLong
        yield row


def counted(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that have something in them, each with its line; raises ValidationError when there are too many."""
    found = 0
    for number, row in enumerate(rows, start=1):
        if row and any(cell and not cell.isspace() for cell in row):
            found += 1
            if found > MOST_ROWS + HEAD:  # titles and header come on top
                raise refuse(TOO_MANY, count=MOST_ROWS)
            yield number, row


# Text


def _text(content: bytes) -> OpenFile:
    text = decoded(content)
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise refuse(TOO_MANY, count=MOST_ROWS)
    separator = _separator(text)
    quoting = csv.QUOTE_MINIMAL if _quotes_close(text, separator) else csv.QUOTE_NONE

    def rows(_sheet: int = 0) -> Iterator[list[str]]:
        yield from _records(text, separator, quoting)

    head = [row for row, _number in zip(rows(), range(HEAD), strict=False)]
    return OpenFile([Sheet("", head)], rows)


def decoded(content: bytes) -> str:
    """Text in UTF-8 or UTF-16, with or without a mark in front, or else as Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:4000]:
        encodings = ["utf-16-le" if content[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise refuse(NOT_TEXT)


def _is_text(text: str) -> bool:
    """Whether there are hardly any control characters among the first letters, and letters or digits at all."""
    sample = text[:20_000]
    controls = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\x0b\x0c")
    return "\0" not in text and controls * 100 <= len(sample) and any(letter.isalnum() for letter in sample)


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the same number of cells, as often and into as many as possible."""
    first = text.lstrip("\ufeff")[:8].lower()
    if first.startswith("sep=") and len(first) > len("sep="):  # how Excel notes it itself
        return first[4]
    found = ";"
    best = 0
    for separator in SEPARATORS:
        counts = [len(row) for row in _sample(text, separator) if len(row) > 1]
        score = max((counts.count(number) * (number - 1) for number in set(counts)), default=0)
        if score > best:
            found, best = separator, score
    return found


def _sample(text: str, separator: str) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(text[:60_000], newline=""), delimiter=separator)
    try:
        for row, _number in zip(rows, range(SAMPLE), strict=False):
            yield row
    except csv.Error:
        return


def _quotes_close(text: str, separator: str) -> bool:
    """Whether the quotation marks are those of a CSV, and not signs that belong to what someone wrote."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any("\n" in cell and cell.count("\n") > MOST_LINES_IN_A_CELL for cell in row):
                return False
    except csv.Error:
        return False
    return True


def _records(text: str, separator: str, quoting: int) -> Iterator[list[str]]:
    """The records, each at the number of its first line: those that a record runs on for are empty."""
    source = io.StringIO(text.lstrip("\ufeff"), newline="")
    reader = csv.reader(source, delimiter=separator, quoting=quoting)  # type: ignore[arg-type]  # one of csv's own
    line = 0
    if text.lstrip("\ufeff")[:4].lower() == "sep=":
        next(reader, None)
        yield []
        line = reader.line_num
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell of more than a hundred thousand letters
            raise refuse(NOT_TEXT) from None
        yield [cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS]]
        yield from repeat(NOTHING, reader.line_num - line - 1)
        line = reader.line_num


# Workbooks


def seconds_for(content: bytes) -> float:
    """How long the reader may work on a workbook."""
    return SECONDS + SECONDS_A_MEGABYTE * len(content) / 1024 / 1024


@contextmanager
def _workbook(content: bytes) -> Iterator[OpenFile]:
    """A workbook, read by a process of its own that may not take more than it needs."""
    if content.startswith(_ZIP):
        check_archive(content)
    # Its own interpreter without our path and settings: it reads a stranger's file and knows nothing else.
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-I", str(_READER), str(seconds_for(content))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
    ) as process:
        clock = Timer(LONGEST_WAIT, process.kill)
        clock.start()
        try:
            yield _conversation(process, content)
        finally:
            clock.cancel()
            process.kill()
            with suppress(OSError):  # what it did not take any more
                assert process.stdin is not None  # noqa: S101  a pipe
                process.stdin.close()


def _conversation(process: subprocess.Popen[bytes], content: bytes) -> OpenFile:
    assert process.stdin is not None  # noqa: S101  both are pipes
    assert process.stdout is not None  # noqa: S101
    into, out = process.stdin, process.stdout
    try:
        into.write(b"%d\n" % len(content))
        into.write(content)
        into.flush()
    except OSError:
        raise refuse(UNREADABLE) from None
    said_so_far = 0

    def lines() -> Iterator[bytes]:
        nonlocal said_so_far
        for line in out:
            said_so_far += len(line)
            if said_so_far > MOST_TEXT:
                raise refuse(UNREADABLE)
            yield line

    sheets = []
    for line in lines():
        said = json.loads(line)
        if said is None:
            break
        sheets.append(Sheet(said["name"], said["rows"]))
    else:
        raise refuse(UNREADABLE)
    if not any(any(row) for sheet in sheets for row in sheet.head):
        raise refuse(NO_SHEET)

    def rows(sheet: int) -> Iterator[list[str]]:
        try:
            into.write(b"%d\n" % sheet)
            into.flush()
        except OSError:
            raise refuse(UNREADABLE) from None
        for line in lines():
            said = json.loads(line)
            if isinstance(said, int):
                yield from repeat(NOTHING, said)
            else:
                yield said
        ended = process.wait()
        if ended == ENDED_FOR_TOO_MANY:
            raise refuse(TOO_MANY, count=MOST_ROWS)
        if ended != 0:
            raise refuse(UNREADABLE)

    return OpenFile(sheets, rows)


def check_archive(content: bytes) -> None:
    """Raises ValidationError when the parts of a zip are more, or larger once unpacked, than a list ever needs.

    What the archive says of its parts is held against what comes out of them, as far as that is needed to know.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_ENTRIES or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise refuse(UNREADABLE)
            if sum(part.compress_size for part in parts) > len(content):  # parts that lie over each other
                raise refuse(UNREADABLE)
            if any(part.flag_bits & 1 for part in parts) or _is_read_twice(archive, parts):
                raise refuse(UNREADABLE)
            for part in parts:
                with archive.open(part) as unpacked:
                    while unpacked.read(1 << 20):
                        pass
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error):
        raise refuse(UNREADABLE) from None


def _is_read_twice(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    """Whether a workbook names one part more than once, so that a small file takes as long as a thousand."""
    for part in parts:
        pattern = _NAMED.get(part.filename.lower())
        if pattern is not None and part.file_size <= LARGEST_LIST_OF_PARTS:
            named = [
                html.unescape(name) for name in pattern.findall(archive.read(part).decode("utf-8", "replace"))
            ]
            if len(set(named)) < len(named):
                return True
    return False
