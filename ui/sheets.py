"""Lists as files: exactly what the page lists, under its own rights, for a spreadsheet.

A view names the columns once and hands over the rows that it would cut into pages:

    if file := sheets.asked(request, filters.qs, AGREEMENTS):
        return file
    page = paginate(request, filters.qs)

The template offers it with components/sheet_links.html.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from textwrap import shorten
from typing import Any, Protocol

import xlsxwriter
from django.contrib import messages
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import formulas, readlog
from core.dates import today
from ui import formats
from ui.signals import list_taken

Plain = str | int | Decimal | dt.date
Cell = Plain | Promise | None
CHUNK = 1_000
# A workbook is one archive, made whole before its first byte leaves; what is longer goes as CSV, which streams.
MOST_IN_WORKBOOK = 50_000
# In a cell of Excel, which counts letters outside the first plane of Unicode twice.
LONGEST_IN_WORKBOOK = 32_767
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets in the Netherlands read UTF-8 only with this, and split on ";"
CSV, XLSX = "csv", "xlsx"
# So that the line fits whatever someone writes in an address.
FILTER_NAME, LONGEST_TOLD = re.compile(r"[a-z_]{1,30}"), 120
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Reader(Protocol):
    @property
    def person_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it for a row."""

    title: str | Promise
    value: Callable[[Any], Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list as a file. `rows` makes of some rows of the database what the columns read, as the page does for its own."""

    name: str | Promise
    columns: Sequence[Column]
    rows: Callable[[list[Any]], Iterable[Any]] = iter


def asked(request: HttpRequest, found: Any, sheet: Sheet) -> HttpResponseBase | None:
    """The file, if the address asks for one (`?download=csv` or `xlsx`); else nothing, and the page is shown.

    `found` is the query whose rows the page shows, or a list of rows already weighed and sorted, or gives one of them where
    the page itself does not need it. Who took which list is told by `ui.signals.list_taken`, and whose rows are in it stands
    in the read log before they leave.
    """
    kind = request.GET.get("download", "")
    if kind not in TYPES or request.method != "GET":
        return None
    if callable(found):
        found = found()
    if kind == XLSX and _more_than(found, MOST_IN_WORKBOOK):
        most = formats.number(MOST_IN_WORKBOOK)
        words = _("An Excel file holds at most %(most)s rows here. Choose CSV, or use the filters.")
        messages.error(request, words % {"most": most})
        return redirect(_without_download(request))
    tell_taken(request, kind)
    titles = [str(column.title) for column in sheet.columns]
    chunks = _cells(found, sheet, getattr(request, "actor", None), translation.get_language())
    name = f"{slugify(str(sheet.name))}-{today().isoformat()}.{kind}"
    if kind == CSV:
        lines = csv_of(chain([[titles]], chunks))
        response: HttpResponseBase = StreamingHttpResponse(lines, content_type=TYPES[CSV])
    else:
        response = HttpResponse(_workbook(titles, chunks), content_type=TYPES[XLSX])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def tell_taken(request: HttpRequest, kind: str) -> None:
    """A list goes out: which, as what, and which filters stood; not what was typed in them, for that may be a name."""
    match = request.resolver_match
    asked_for = {name for name, value in request.GET.items() if value and FILTER_NAME.fullmatch(name)}
    filters = ", ".join(sorted(asked_for - {"download"}))
    what = f"{match.view_name if match else ''} {kind}" + (f" ({filters})" if filters else "")
    what = shorten(what, LONGEST_TOLD, placeholder=" …")
    list_taken.send(sender=Sheet, request=request, what=what)


def _without_download(request: HttpRequest) -> str:
    parameters = request.GET.copy()
    del parameters["download"]
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def _more_than(found: Any, most: int) -> bool:
    if isinstance(found, models.QuerySet):
        return bool(found.order_by().values("pk")[most : most + 1].exists())
    return len(found) > most


def _cells(
    found: Any, sheet: Sheet, reader: Reader | None, language: str | None
) -> Iterator[list[list[Plain]]]:
    """The cells of some rows at a time; whose they are is written down before they are handed on."""
    for chunk in _chunks(found):
        with translation.override(language), readlog.reading() as reading:
            rows = [[_plain(column.value(row)) for column in sheet.columns] for row in sheet.rows(chunk())]
        if reader is not None:
            reading.write(reader, ())
        yield rows


def _chunks(found: Any) -> Iterator[Callable[[], list[Any]]]:
    """Loaders of a thousand rows each, in the order of the list. The ids are read first and at once: so no row comes
    twice or is passed over when others write meanwhile, and no transaction stays open for as long as a slow line takes."""
    if not isinstance(found, models.QuerySet):
        rows = iter(found)
        while some := list(islice(rows, CHUNK)):
            yield partial(list, some)
        return
    with transaction.atomic():  # so that the server keeps the cursor, and not the result
        ids = array("q", found.values_list("pk", flat=True).iterator(chunk_size=10_000))
    for start in range(0, len(ids), CHUNK):
        yield partial(_load, found, ids[start : start + CHUNK])


def _load(found: models.QuerySet[Any, Any], ids: Sequence[int]) -> list[Any]:
    """The rows with these ids, in this order; what is gone or no longer to be seen meanwhile is left out."""
    by_id = {row.pk: row for row in found.order_by().filter(pk__in=list(ids))}
    return [by_id[pk] for pk in ids if pk in by_id]


def csv_of(chunks: Iterable[Iterable[Iterable[Plain]]]) -> Iterator[bytes]:
    """CSV as a spreadsheet in the Netherlands opens it, some lines at a time; no cell is run (`core.formulas`)."""
    mark = BYTE_ORDER_MARK
    for lines in chunks:
        out = io.StringIO()
        out.write(mark)
        mark = ""
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerows([formulas.harmless(_text(cell)) for cell in line] for line in lines)
        yield out.getvalue().encode()


def _plain(cell: Cell) -> Plain:
    """A cell without anything that still depends on the language."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return str(cell) if isinstance(cell, Promise) else cell


def _text(cell: Plain) -> str:
    """A cell as a spreadsheet reads it in any language: days as 2026-11-27, numbers without separators."""
    if isinstance(cell, dt.datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _workbook(titles: list[str], chunks: Iterator[list[list[Plain]]]) -> bytes:
    """A workbook; each row is written out as it comes, so that only the packed file is ever whole in memory."""
    out = io.BytesIO()
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    book = xlsxwriter.Workbook(out, options)
    page = book.add_worksheet()
    bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
    for at, title in enumerate(titles):
        page.write_string(0, at, title, bold)
    line = 0
    for rows in chunks:
        for row in rows:
            line += 1
            for at, cell in enumerate(row):
                _write(page, line, at, cell, quoted)
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def _write(page: Any, line: int, at: int, cell: Plain, quoted: Any) -> None:
    """Days and numbers as such, all else as text: nothing is a formula, also not once the cell is edited."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        page.write_datetime(line, at, dt.datetime.combine(cell, dt.time()))
    elif isinstance(cell, int | Decimal):
        page.write_number(line, at, cell)
    elif text := _text(cell):
        is_formula = formulas.is_formula(text)  # as a format says so, it needs no quote that people see
        fitting = _fitting(text if is_formula else formulas.harmless(text))
        page.write_string(line, at, fitting, quoted if is_formula else None)


def _fitting(text: str) -> str:
    """A text as a cell of Excel holds it; one that is longer says at its end that it goes on."""
    if _length(text) <= LONGEST_IN_WORKBOOK:
        return text
    mark = _(" … [cut off here: Excel holds no more in one cell, the CSV file holds all of it]")
    kept = text[: LONGEST_IN_WORKBOOK - len(mark)]
    while _length(kept) + len(mark) > LONGEST_IN_WORKBOOK:
        kept = kept[: -max(1, (_length(kept) + len(mark) - LONGEST_IN_WORKBOOK) // 2)]
    return kept + mark


def _length(text: str) -> int:
    return len(text) + sum(1 for letter in text if letter > "\uffff")
