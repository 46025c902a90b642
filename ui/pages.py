"""Pages of a list: a capped count, links that keep the filters, and no list without an order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.http import HttpRequest

from core.limits import MOST_COUNTED

DEEPEST_PAGE = 400  # OFFSET reads what it skips; who wants more than that uses the filters
# Fills up few keys: a lasting plan reckons with ten, so that one for fewer would be made anew at each visit.
NOBODYS = tuple(range(-10, 0))
NEIGHBOURS = 2  # pages shown on either side of the one you are on


class Rows(Protocol):
    """Reads the rows with these keys, in whatever order."""

    def __call__(self, *, keys: list[Any]) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a list besides its queryset, which is then asked for the rest alone and may be lazy.

    `first` gives the rows of its first page where a written query reads them; `counted` tells how many there are, where
    that is known by other means; `keys` gives those of its rows, as many as are counted and one more, where a written query
    reads them; `head` gives so many of the first, where the queryset would read all to sort them.
    """

    first: Callable[[], Sequence[Any]] | None = None
    counted: Callable[[], int] | None = None
    keys: Callable[[], Sequence[Any]] | None = None
    head: Callable[[int], QuerySet[Any, Any]] | None = None


NOTHING = Known()


@dataclass(frozen=True, slots=True)
class PageLink:
    """One number in the pager; `url` is empty for the page you are on, and a gap has number 0."""

    number: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page and what the pager (`components/pager.html`) needs to know."""

    items: Sequence[Any]
    number: int
    total: int
    total_is_capped: bool
    numbers: Sequence[PageLink]
    previous_url: str
    next_url: str
    list_url: str = ""  # of the whole list as it is filtered, without a page

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def csv_url(self) -> str:
        """The whole list as CSV, where the view asks `ui.sheets` for it."""
        return self._file_url("csv")

    @property
    def xlsx_url(self) -> str:
        """The same for Excel."""
        return self._file_url("xlsx")

    def _file_url(self, kind: str) -> str:
        return f"{self.list_url}{'&' if '?' in self.list_url else '?'}download={kind}"


def paginate(
    request: HttpRequest,
    queryset: QuerySet[Any, Any],
    per_page: int = 25,
    *,
    parameter: str = "page",
    short: bool = False,
    rows: Rows | None = None,
    known: Known = NOTHING,
) -> Page:
    """Cut the page asked for in the address out of `queryset`.

    Counting stops at 1,000 rows ("1.000+"): an exact count of a big table costs more than the page.
    Past the cap one reads on page by page. A page that is no number is the first; one too far is the last. Only the
    rows of the page are loaded: what is loaded of people counts as read. A `short` list seldom fills a page, and is
    counted only when it does.

    With `rows` the queryset only says which rows: those of the page are then read by their `keys`, with what is joined,
    counted and computed for each. What comes before a deep page costs no more than its place in the order.
    """
    listed = _Listed(queryset, rows, known)
    asked = request.GET.get(parameter, "")
    shown: list[Any] = []
    more: bool | None = None  # whether there is a page behind this one, where reading it told
    there: int | None = None
    if (short or rows or known.first) and parameter not in request.GET:
        shown, more = listed.begin(per_page)
        if len(shown) < per_page:
            return _page(request, shown, parameter, number=1, pages=1, total=len(shown))
    elif not listed.is_counted:
        start = (_asked(asked, DEEPEST_PAGE, capped=True) - 1) * per_page
        if start >= MOST_COUNTED:
            shown, more = listed.cut(start, start + per_page)
            there = MOST_COUNTED + 1 if shown else None  # that tells as much as counting would
    if there is None:
        there = listed.count()
    capped, total = there > MOST_COUNTED, min(there, MOST_COUNTED)
    pages = max(1, -(-total // per_page))
    number = _asked(asked, pages, capped)
    if not shown:
        shown, more = listed.cut((number - 1) * per_page, number * per_page)
    if not shown and number > pages:  # only past the cap can one overshoot
        number = pages
        shown, more = listed.cut((number - 1) * per_page, number * per_page)
    if more is None:
        end = number * per_page
        more = end < there or (capped and listed.has_row_at(end))
    more = more and number < DEEPEST_PAGE
    return _page(request, shown, parameter, number=number, pages=pages, total=total, capped=capped, more=more)


class _Listed:
    """The rows of a list, read as what is known of it allows."""

    def __init__(self, queryset: QuerySet[Any, Any], rows: Rows | None, known: Known) -> None:
        self.queryset, self.rows, self.known = queryset, rows, known
        self.keys = known.keys() if known.keys else None
        if self.keys is None and not known.first and not queryset.ordered:
            raise ImproperlyConfigured("A list without an order has no pages: end its order_by in pk.")

    @property
    def is_counted(self) -> bool:
        """Whether counting costs nothing more."""
        return self.keys is not None or self.known.counted is not None

    def count(self) -> int:
        """How many rows there are, or one more than are counted."""
        if self.keys is not None:
            return len(self.keys)
        if self.known.counted:
            return self.known.counted()
        return _bare(self.queryset)[: MOST_COUNTED + 1].count()

    def has_row_at(self, place: int) -> bool:
        """Whether it is so long."""
        return _bare(self.queryset)[place : place + 1].exists()

    def begin(self, most: int) -> tuple[list[Any], bool | None]:
        """The first page, as `cut` gives it."""
        return (list(self.known.first()), None) if self.known.first else self.cut(0, most)

    def cut(self, start: int, end: int) -> tuple[list[Any], bool | None]:
        """These rows, as they stand in the list; and whether more follow, which only keys tell without reading those."""
        if self.rows is None:
            return list(self._head(end)[start:end]), None
        known = self.keys
        if known is not None and (end < len(known) or len(known) <= MOST_COUNTED):
            keys = list(known[start : end + 1])
        else:
            keys = list(self._head(end + 1).values_list("pk", flat=True)[start : end + 1])
        shown = keys[: end - start]
        found = {row.pk: row for row in self.rows(keys=[*shown, *NOBODYS[len(shown) :]])} if shown else {}
        return [found[key] for key in shown if key in found], len(keys) > len(shown)

    def _head(self, most: int) -> QuerySet[Any, Any]:
        """A queryset of which so many are read."""
        return self.known.head(most) if self.known.head else self.queryset


def paginate_list(
    request: HttpRequest, rows: Sequence[Any], per_page: int = 25, *, parameter: str = "page"
) -> Page:
    """The same of rows that had to be weighed before they could be sorted: all are there, and all are counted."""
    pages = max(1, -(-len(rows) // per_page))
    number = _asked(request.GET.get(parameter, ""), pages, capped=False)
    shown = rows[(number - 1) * per_page : number * per_page]
    return _page(request, shown, parameter, number=number, pages=pages, total=len(rows), more=number < pages)


def whole(rows: Sequence[Any], list_url: str) -> Page:
    """All rows on one page, of which `list_url` is the address that hands out the file."""
    return Page(rows, 1, len(rows), False, (), "", "", list_url)


def _page(
    request: HttpRequest,
    rows: Sequence[Any],
    parameter: str,
    *,
    number: int,
    pages: int,
    total: int,
    capped: bool = False,
    more: bool = False,
) -> Page:
    def url(to: int) -> str:
        parameters = request.GET.copy()
        parameters.pop(parameter, None)
        if to > 1:
            parameters[parameter] = str(to)
        return f"{request.path}?{parameters.urlencode()}" if parameters else request.path

    return Page(
        items=rows,
        number=number,
        total=total,
        total_is_capped=capped,
        numbers=[PageLink(at, url(at) if at and at != number else "") for at in _shown(number, pages)],
        previous_url=url(number - 1) if number > 1 else "",
        next_url=url(number + 1) if more else "",
        list_url=url(1),
    )


def _bare(queryset: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The same rows without order and without what is computed per row: a count needs neither."""
    plain = queryset.order_by()
    grouped = plain.query.group_by is not None or plain.query.combinator or plain.query.values_select
    return plain if grouped else plain.values("pk")


def _asked(raw: str, pages: int, capped: bool) -> int:
    """The page number meant: at least 1, at most the last page we know of."""
    if not (raw.isascii() and raw.isdigit()) or len(raw) > 7:
        return 1
    number = max(1, int(raw))
    return min(number, DEEPEST_PAGE if capped else pages)


def _shown(number: int, pages: int) -> list[int]:
    """The numbers to print, 0 for a gap: 1 … 4 5 6 … 40."""
    last = max(pages, number)
    near = {1, last, *range(max(1, number - NEIGHBOURS), min(last, number + NEIGHBOURS) + 1)}
    shown: list[int] = []
    for at in sorted(near):
        if shown and at - shown[-1] > 1:
            shown.append(0)
        shown.append(at)
    return shown
