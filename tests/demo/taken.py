"""A list of the demo as a page shows it, and as the file of it that someone takes along."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import python_calamine
from lxml.html import HtmlElement, document_fromstring

from tests.strict import StrictClient
from ui.pages import Page

TAKES = "//a[@download][contains(@href, 'download=csv')]/@href"
MOST_FILTERS = 12  # tried for one that leaves some rows and not all
NOT_FILTERS = {"page", "download", "csrfmiddlewaretoken", "language", "next"}


@dataclass(frozen=True)
class Shown:
    """What a page says of a list: how many rows it has, how many stand here, and what is read of them."""

    address: str
    total: int
    here: int
    text: str
    tree: HtmlElement


def addresses(tree: HtmlElement) -> list[str]:
    """The addresses of the files that a page offers, as CSV."""
    return [str(address) for address in tree.xpath(TAKES)]


def shown(client: StrictClient, path: str) -> Shown | None:
    """The list on a page, if there is exactly one that can be taken along."""
    response = client.get(path)
    found: dict[int, Page] = {}
    for context in response.context or ():
        for layer in context.dicts:
            found |= {id(value): value for value in layer.values() if isinstance(value, Page)}
    tree = document_fromstring(response.content.decode())
    offered = addresses(tree)
    lists = [
        page
        for page in found.values()
        if not page.total_is_capped and (not offered or page.csv_url in offered)
    ]
    if len(lists) != 1 or len(offered) > 1:
        return None
    (page,) = lists
    text = " ".join(str(tree.xpath("string(//main)")).split()).lower()
    return Shown(page.csv_url, page.total, len(page.items), text, tree)


def taken(
    client: StrictClient, address: str, kind: str, one_of: Sequence[int] | None = None
) -> list[list[str]]:
    """The rows of the file, without its headings, as text; of those that are alike in the cells `one_of` the first."""
    response = client.get(address.replace("download=csv", f"download={kind}"))
    content = b"".join(response)
    if kind == "csv":
        rows: list[list[Any]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    else:
        rows = (
            python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
            .get_sheet_by_index(0)
            .to_python()
        )
    width = len(rows[0])
    found = [[_plain(cell) for cell in row] + [""] * (width - len(row)) for row in rows[1:]]
    if one_of is None:
        return found
    return list({tuple(row[at] for at in one_of): row for row in reversed(found)}.values())[::-1]


def _plain(cell: Any) -> str:
    """A cell the same from either kind: a number without what is behind its point, text without the mark of a formula."""
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell).replace(".", ",")
    return str(cell).removeprefix("'").replace("\r\n", "\n")


def differences(list_of: Shown, rows: list[list[str]], others: list[list[str]]) -> Iterator[str]:
    """What is otherwise in the files than on the page: how many rows, which, and from one file to the other."""
    if len(rows) != list_of.total:
        yield f"{list_of.total} rows on the page, {len(rows)} in the file"
    if rows != others:
        yield "another workbook than CSV"
    for number, row in enumerate(rows[: list_of.here], start=1):
        words = {" ".join(cell.split()).lower() for cell in row if any(letter.isalpha() for letter in cell)}
        if words and not any(word in list_of.text for word in words):
            yield f"row {number} of the file is not on the page: {row}"


def narrower(client: StrictClient, path: str, of: Shown) -> Iterator[tuple[str, Shown]]:
    """The same list with one filter of its page, as long as that leaves some of its rows and not all."""
    base = dict(parse_qsl(urlsplit(path).query))
    for name, value in islice(_filters(of.tree), MOST_FILTERS):
        address = f"{urlsplit(path).path}?{urlencode(base | {name: value})}"
        found = shown(client, address)
        if found is not None and 0 < found.total < of.total:
            yield address, found
            return


def _filters(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """Of the forms on a page that only ask: a choice of each field in turn, or some letters to look for."""
    choices = []
    for form in tree.iterfind(".//form"):
        if str(form.get("method", "get")).lower() != "get":
            continue
        for field in form.iterfind(".//select"):
            values = [str(one.get("value", "")) for one in field.iterfind(".//option")]
            choices.append([(str(field.get("name")), value) for value in values if value])
        for field in form.iterfind(".//input"):
            if field.get("type") in {"radio", "checkbox"} and field.get("value"):
                choices.append([(str(field.get("name")), str(field.get("value")))])
            elif field.get("type", "text") in {"text", "search"} and field.get("name"):
                choices.append(
                    [(str(field.get("name")), letters) for letters in ("mo", "an", "li", "er", "de")]
                )
    for turn in range(max(map(len, choices), default=0)):
        yield from (one[turn] for one in choices if len(one) > turn and one[turn][0] not in NOT_FILTERS)
