"""Queries that are written once: Django builds and compiles a query anew at each call, which costs more than its answer.

`@written` stands above a function that makes a queryset, and gives the rows of it as a list. The first call of a kind lets
Django write the statement with marks in place of the values; later calls fill in their own. A mark is an ordinary value
that nobody would use, so that the function and every `visible_to` in it stay what they are.

    @written
    def newest(actor: Actor) -> QuerySet[Enrolment]:
        return Enrolment.objects.own(actor).for_page().newest_first()[:1]

    rows = newest(actor=actor)

What is given by position, and None, booleans and choices, make another statement for each; what is given by name is a value:
a number, a text, an id, an instant, a day, a set of ids, or what has a `Shape` (the actor). Whoever asks is
in the statement by shape alone: which roles are held, of one organisation or of several. The ids come from this request, so
a kept statement never shows yesterday's rights; the day is part of its name, so it never shows yesterday either.

`settings.WRITTEN_QUERIES = False` runs the plain querysets: the same rows, slower. It leans on Django's compiler
(`as_sql`, `get_converters`), so that is the way out should a release move those.
"""

from __future__ import annotations

import copy
import datetime as dt
import enum
import uuid
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.functional import LazyObject, empty
from django.utils.translation import get_language
from psycopg import sql
from psycopg.types.numeric import Int8

from core.dates import today

MOST_KEPT = 200  # statements of one function: shapes, days and languages
FIRST = 2_000_000_000  # the first mark: it fits each column that holds an id, and is nobody's
BEYOND = dt.datetime(9000, 1, 1, tzinfo=dt.UTC)

P = ParamSpec("P")
R = TypeVar("R")
ALL: list[Written] = []  # every written query, for the test that holds each against its plain form


class NotWritten(Exception):
    """A function whose query cannot be written once, and why."""


@dataclass(frozen=True)
class Shape:
    """How something decides which statement it is, and stands in it: for whoever is more than one value."""

    # All that makes another statement.
    shape_of: Callable[[Any], Hashable]
    # What stands in it, in the order in which marks are taken.
    values_of: Callable[[Any], Sequence[Collection[Any]]]
    # One of the same shape, with marks for its values.
    stand_in_of: Callable[[Any, Marks], Any]


SHAPES: dict[type, Shape] = {}  # of what an app above gives to its queries


@dataclass
class Marks:
    """Values that nobody uses, each for one value or for a set of them."""

    # mark → number of the value, is it of several
    places: dict[Any, tuple[int, bool]] = field(default_factory=dict)
    values: int = 0
    began: dt.datetime = field(default_factory=timezone.now)  # an instant since then is the clock's

    def some(self, number: int, like: Any = 0) -> list[Any]:
        """Marks for a set of so many: none, one, or two that stand for however many there are."""
        found = [self._mark(like, len(self.places) + turn) for turn in range(min(number, 2))]
        self.places |= dict.fromkeys(found, (self.values, number > 1))
        self.values += 1
        return found

    def one(self, value: Any) -> Any:
        """A mark for a single value of the kind of this one."""
        return self.some(1, value)[0]

    def fill(self, parameter: Any) -> Fill | None:
        """What stands in place of a parameter of the statement; None for one that is always the same."""
        if isinstance(parameter, list):
            numbers = {self.places[one][0] for one in parameter if one in self.places}
            others = [one for one in parameter if one not in self.places]
            return Fill(tuple(sorted(numbers)), tuple(others), is_list=True) if numbers else None
        if isinstance(parameter, dt.datetime) and self.began <= parameter <= timezone.now():
            return Fill((), (), is_list=False)
        if not isinstance(parameter, Hashable) or parameter not in self.places:
            return None
        number, is_of_several = self.places[parameter]
        if is_of_several:
            raise NotWritten("one of a set stands by itself")
        return Fill((number,), (), is_list=False)

    def _mark(self, like: Any, number: int) -> Any:
        if isinstance(like, str):
            return f"\ue000{number}\ue001"
        if isinstance(like, uuid.UUID):
            return uuid.UUID(int=FIRST + number)
        if isinstance(like, dt.datetime):
            return BEYOND + dt.timedelta(seconds=number)
        if isinstance(like, dt.date):
            return BEYOND.date() + dt.timedelta(days=number)
        if type(like) is int:
            return FIRST + number
        raise NotWritten(f"a {type(like).__name__} is no value of a written query")


@dataclass(frozen=True)
class Fill:
    """A place in a statement: which values stand there, by number, and what always stands beside them; of none the clock."""

    numbers: tuple[int, ...]
    others: tuple[Any, ...]
    is_list: bool

    def of(self, values: Sequence[Collection[Any]]) -> Any:
        if not self.numbers:
            return timezone.now()
        if not self.is_list:
            (value,) = values[self.numbers[0]]
            return value
        found = sorted({*self.others, *(one for number in self.numbers for one in values[number])})
        return [Int8(one) for one in found] if isinstance(found[0], int) else found


class _Statement:
    """A queryset that was compiled with marks, and is run with values."""

    def __init__(self, queryset: QuerySet[Any, Any], marks: Marks, named: Collection[Any]) -> None:
        self.queryset = queryset
        self.compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.fills: list[Fill] = []
        self.converters: dict[int, Any] | None = None
        try:
            text, parameters = self.compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
            return
        pieces = []
        for parameter in parameters:
            fill = marks.fill(parameter)
            pieces.append("%s" if fill else _literal(parameter))
            self.fills += [fill] if fill else []
        self.sql = text.replace("%%", "%%%%") % tuple(pieces)
        used = {number for fill in self.fills for number in fill.numbers}
        if missed := [number for number in named if number not in used]:
            raise NotWritten(f"values {missed} are not in the statement: {self.sql}")

    def rows(self, values: Sequence[Collection[Any]]) -> list[Any]:
        if not self.sql:
            return []
        compiler = copy.copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread
        filled = (self.sql, tuple(fill.of(values) for fill in self.fills))
        compiler.as_sql = lambda *_, **__: filled
        compiler.get_converters = self._converters
        query: Any = copy.copy(self.queryset.query)
        query.get_compiler = lambda *_, **__: compiler
        fresh = type(self.queryset)(model=self.queryset.model, query=query)
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups", "_known_related_objects"):
            setattr(fresh, name, getattr(self.queryset, name))
        return list(fresh)

    def _converters(self, columns: Any) -> dict[int, Any]:
        """How the columns become values: the same each time, and found out for as much as the query costs."""
        if self.converters is None:
            self.converters = self.compiler.get_converters(columns)
        return self.converters


def _literal(value: Any) -> str:
    """A parameter that is always the same, written out: a kept plan can use an index made for it."""
    if isinstance(value, dt.datetime):
        raise NotWritten("an instant would stand still: ask the clock in the function, or give it by name")
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    plain = value.value if isinstance(value, enum.Enum) else value
    return sql.Literal(plain).as_string(connection.connection).replace("%", "%%")


class Written:
    """A function that makes a queryset, called for its rows; `plain` is the function itself."""

    def __init__(self, function: Callable[..., QuerySet[Any, Any]]) -> None:
        self.plain = function
        self.kept: OrderedDict[Hashable, _Statement] = OrderedDict()
        update_wrapper(self, function)
        ALL.append(self)

    def __call__(self, *made: Hashable, **given: Any) -> list[Any]:
        if not settings.WRITTEN_QUERIES:
            return list(self.plain(*made, **given))
        given = {name: _itself(value) for name, value in given.items()}
        names = sorted(given)
        shapes = tuple(_shape(given[name]) for name in names)
        key = (today(), get_language(), made, *names, shapes)
        statement = self.kept.get(key)
        if statement is None:
            statement = self.kept[key] = self._write(made, given)
            if len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
        return statement.rows([value for name in names for value in _values(given[name])])

    def _write(self, made: tuple[Hashable, ...], given: dict[str, Any]) -> _Statement:
        marks, named, stand_ins = Marks(), [], {}
        for name in sorted(given):
            value, number = given[name], marks.values
            stand_ins[name] = _as_marks(value, marks)
            if marks.values > number and type(value) not in SHAPES and stand_ins[name] != []:
                named.append(number)
        return _Statement(self.plain(*made, **stand_ins), marks, named)


def written(function: Callable[P, QuerySet[Any, R]]) -> Callable[P, list[R]]:
    """The rows of a function's queryset, from a statement that is written once for each shape of what is given."""
    return Written(function)


def _itself(value: Any) -> Any:
    """What stands behind something that is made when it is first asked for, as the actor of a request."""
    if isinstance(value, LazyObject):
        if value._wrapped is empty:
            value._setup()
        return value._wrapped
    return value


def _is_of_shape(value: Any) -> bool:
    return value is None or isinstance(value, bool | enum.Enum)


def _is_set(value: Any) -> bool:
    return isinstance(value, list | tuple | set | frozenset)


def _shape(value: Any) -> Hashable:
    known = SHAPES.get(type(value))
    if known:
        return known.shape_of(value)
    if _is_set(value):
        return (min(len(value), 2), type(next(iter(value), None)))
    return cast(Hashable, value if _is_of_shape(value) else type(value))


def _values(value: Any) -> Sequence[Collection[Any]]:
    if _is_of_shape(value):
        return ()
    if _is_set(value):
        return (value,)
    known = SHAPES.get(type(value))
    return known.values_of(value) if known else ((value,),)


def _as_marks(value: Any, marks: Marks) -> Any:
    if _is_of_shape(value):
        return value
    if _is_set(value):
        return marks.some(len(value), next(iter(value), 0))
    known = SHAPES.get(type(value))
    return known.stand_in_of(value, marks) if known else marks.one(value)


def one_or_404(rows: Sequence[R]) -> R:
    """The one row that was found; without one the page is not there."""
    if not rows:
        raise Http404
    (row,) = rows
    return row


def attach(rows: Iterable[Model], name: str, found: Iterable[Any], by: str) -> None:
    """Give each of the rows those of `found` that belong to it, as `prefetch_related(name)` would.

    `name` is the relation as seen from the rows; `by` the column of `found`, or what it was annotated with where many belong
    to many, that holds the key of the row.
    """
    of: dict[Any, list[Any]] = {}
    for one in found:
        of.setdefault(getattr(one, by), []).append(one)
    for row in rows:
        manager: Any = getattr(row, name)
        cache_name = getattr(manager, "prefetch_cache_name", None)
        if cache_name is None:
            cache_name = manager.field.remote_field.cache_name
            for one in of.get(row.pk, []):
                setattr(one, manager.field.name, row)
        queryset = manager.get_queryset()
        queryset._result_cache = of.get(row.pk, [])
        queryset._prefetch_done = True
        row.__dict__.setdefault("_prefetched_objects_cache", {})[cache_name] = queryset
