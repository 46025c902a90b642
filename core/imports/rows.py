"""The rows of a batch in the database, by the thousand: written by COPY, read and updated in parts."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection

from core.formulas import as_written
from core.imports.columns import IGNORED, is_totals
from core.imports.importer import Given, Outcome
from core.imports.models import ImportBatch, ImportRow, Verdict
from core.reading.answers import tidy

PART = 1_000
_json = json.JSONEncoder(ensure_ascii=False).encode
# What there is of a row before its first check.
UNCHECKED = ("number", "raw", "typed", "answers", "is_skipped")
OUTCOME = (
    "verdict",
    "name",
    "note",
    "values",
    "problems",
    "changes",
    "object_id",
    "object_version",
    "subject",
)
_JSON = frozenset({"values", "problems", "changes", "typed", "answers", "before"})
_TYPES = {
    "object_id": "bigint",
    "is_undone": "boolean",
    "is_skipped": "boolean",
    "subject": "uuid",
} | dict.fromkeys(_JSON, "jsonb")


@contextmanager
def no_collecting() -> Iterator[None]:
    """Within it Python looks for no circles of garbage: a long list makes none, and looking takes a seventh of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parts(rows: Iterable[Any], size: int = PART) -> Iterator[list[Any]]:
    """Cut into lists."""
    source = iter(rows)
    while part := list(islice(source, size)):
        yield part


def put_in(batch: ImportBatch, rows: Iterable[tuple[int, list[str]]]) -> int:
    """Write the cells of a file as rows of a batch, without the columns that may not be kept; how many there are."""
    secret = {column["number"] for column in batch.columns if column.get("is_secret")}
    count = 0
    statement = (
        "COPY core_importrow (batch_id, number, raw, typed, answers, is_skipped, verdict, name, note, problems, changes,"
        " object_version, is_undone) FROM STDIN"
    )
    rest = f"{{}}\t{{}}\tf\t{Verdict.READ.value}\t\t\t[]\t[]\t\tf\n"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for part in parts(rows):  # so many at a time: one by one the memory goes to and fro with each row
            copy.write(
                "".join([f"{batch.pk}\t{number}\t{_raw(cells, secret)}\t{rest}" for number, cells in part])
            )
            count += len(part)
    return count


def _raw(cells: list[str], secret: Collection[int]) -> str:
    """Cells as COPY takes JSON, which has no tabs and ends of lines: of COPY's own signs only one is left."""
    if secret:
        cells = ["" if at in secret else cell for at, cell in enumerate(cells)]
    while cells and not cells[-1]:
        cells.pop()
    return _json([cell.replace("\0", "") for cell in cells]).replace("\\", "\\\\")


def every(
    batch: ImportBatch, *, fields: Sequence[str] | None = None, last_first: bool = False, **which: Any
) -> Iterator[ImportRow]:
    """The rows in the order of the file, a part at a time: no cursor stays open and no list is held whole."""
    wanted = ImportRow.objects.filter(batch_id=batch.pk, **which).order_by(
        "-number" if last_first else "number"
    )
    if fields:
        wanted = wanted.only(*fields)
    part = list(wanted[:PART])
    while part:
        yield from part
        beyond = {"number__lt" if last_first else "number__gt": part[-1].number}
        part = list(wanted.filter(**beyond)[:PART]) if len(part) == PART else []


def reader(
    batch: ImportBatch, only: Collection[str] = ()
) -> Callable[[Sequence[str] | None, Mapping[str, str]], dict[str, str]]:
    """A function that gives the cells of a row by field: cleaned, and with what people put in their place.

    `only` are the fields that are wanted; without it all.
    """
    places = [
        (column["field"], column["number"])
        for column in batch.columns
        if column["field"] not in ("", IGNORED) and (not only or column["field"] in only)
    ]

    def cells(raw: Sequence[str] | None, typed: Mapping[str, str]) -> dict[str, str]:
        raw = raw or []
        length = len(raw)
        found = {name: _cell(raw[at]) if at < length else "" for name, at in places}
        if typed:
            found.update(typed)
        return found

    return cells


def _cell(text: str) -> str:
    """A cell as it was meant; the many plain ones of a long list take no time."""
    if text.isascii() and text.isprintable() and text[:1].isalnum() and text[-1:] != " " and "  " not in text:
        return text
    return as_written(tidy(text)) if text else ""


def surveyed(batch: ImportBatch, only: Collection[str]) -> Iterator[Given]:
    """The rows that count, in their order, with the cells that a look at the whole list needs."""
    cells_of = reader(batch, only)
    wanted = ImportRow.objects.filter(batch_id=batch.pk, is_skipped=False).order_by("number")
    last = -1
    while part := list(
        wanted.filter(number__gt=last).values_list("number", "raw", "typed", "answers")[:PART]
    ):
        for number, raw, typed, answers in part:
            if not is_totals(raw or ()):
                yield Given(number, cells_of(raw, typed), answers)
        last = part[-1][0]


def take_in(row: ImportRow, outcome: Outcome, *, is_first: bool = False) -> bool:
    """Put an outcome on its row; whether that is another one than stood there, which the first one always is."""
    now = {
        "verdict": outcome.verdict.value,
        "name": outcome.name[:250],
        "note": outcome.note[:500],
        "values": outcome.values,
        "problems": [problem.as_json() for problem in outcome.problems],
        "changes": [list(change) for change in outcome.changes],
        "object_id": outcome.object_id,
        "object_version": outcome.object_version,
        "subject": outcome.subject,
    }
    differs = False
    for name, value in now.items():
        if is_first or getattr(row, name) != value:
            setattr(row, name, value)
            differs = True
    return differs


def update(rows: Sequence[ImportRow], fields: Sequence[str] = OUTCOME) -> None:
    """Write these fields of many rows in one statement."""
    if rows:
        _write(*_written(rows, fields))


@contextmanager
def updating() -> Iterator[Callable[[Sequence[ImportRow]], None]]:
    """Gives what writes outcomes while the next ones are worked out: on a connection of its own, a part after the other.

    Within a transaction, which another connection would not see, it writes at once.
    """
    if connection.in_atomic_block:
        yield update
        return
    under_way: list[Future[None]] = []

    def end() -> None:
        if under_way:
            under_way.pop().result()

    def write(rows: Sequence[ImportRow]) -> None:
        if rows:
            made = _written(rows, OUTCOME)
            end()
            under_way.append(beside.submit(_write, *made))

    with ThreadPoolExecutor(1) as beside:
        try:
            yield write
            end()
        finally:
            beside.submit(_close)


def _close() -> None:
    """The connection of this thread: which one that is, is asked here."""
    connection.close()


def _written(rows: Sequence[ImportRow], fields: Sequence[str]) -> tuple[str, str]:
    """The statement and its one document: much less work for a thousand rows of text than an array a column."""
    columns = ", ".join(f'"{name}" = new."{name}"' for name in fields)
    names = ", ".join(f'"{name}" {_TYPES.get(name, "text")}' for name in fields)
    statement = (
        f"UPDATE core_importrow old SET {columns} FROM jsonb_to_recordset(%s::jsonb) AS new(id bigint, {names})"  # noqa: S608  our own
        " WHERE old.id = new.id"
    )
    values = [{"id": row.pk, **{name: getattr(row, name) for name in fields}} for row in rows]
    return statement, json.dumps(values, ensure_ascii=False, default=str)


def _write(statement: str, document: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [document])
