"""How ids are looked up: `__in` as one parameter, so that a statement is the same for one and a hundred and is planned once.

A single id is compared by itself: a kept plan for a list of unknown length reckons with ten rows, loses against a plan
made for one, and so would never be kept.

`__in` with an `ArraySubquery` reads those keys first and then looks them up. With a queryset the planner chooses the order,
and knows nothing of what a condition on each row costs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db.models import BigIntegerField, BooleanField, CharField, IntegerField, Q, QuerySet, Value
from django.db.models.fields.related import ForeignObject
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.functions import Coalesce
from django.db.models.lookups import In
from psycopg.types.numeric import Int8

ENDS = 2**63  # of a whole number in a column: whatever lies outside, as a form can send it, is in no row


class _Among:
    """What both lookups do when the right side is a list of whole numbers, and leave to Django otherwise."""

    def as_sql(self: Any, compiler: Any, connection: Any) -> tuple[str, Any]:
        if isinstance(self.rhs, ArraySubquery):
            sql, parameters = self.process_lhs(compiler, connection)
            keys, more = compiler.compile(self.rhs)
            return f"{sql} = ANY({keys})", [*parameters, *more]
        if not (self.rhs_is_direct_value() and _are_numbers(self.rhs)):
            whole: tuple[str, Any] = super().as_sql(compiler, connection)  # type: ignore[misc]  # of what it is mixed into
            return whole
        numbers = sorted({number for number in self.rhs if number is not None and -ENDS <= number < ENDS})
        if not numbers:
            raise EmptyResultSet
        sql, parameters = self.process_lhs(compiler, connection)
        if len(numbers) == 1:
            return f"{sql} = %s", [*parameters, numbers[0]]
        return f"{sql} = ANY(%s)", [*parameters, [Int8(number) for number in numbers]]


def _are_numbers(values: Any) -> bool:
    return isinstance(values, list | tuple | set | frozenset) and all(
        value is None or type(value) is int for value in values
    )


def keys_of(rows: QuerySet[Any, Any], column: str = "pk") -> ArraySubquery:
    """For `__in`: the keys of these rows, read first and looked up by the index of the column they are compared with."""
    return ArraySubquery(rows.order_by().values(column))


def array_of(texts: Collection[str]) -> Value:
    """For `__overlap`: these texts as one parameter; Django writes one for each."""
    return Value(sorted(texts), output_field=ArrayField(CharField()))


def array_of_keys(keys: Collection[int]) -> Value:
    """The same of ids."""
    return Value(sorted(keys), output_field=ArrayField(BigIntegerField()))


def holds_any(column: str, keys: Collection[int]) -> Q:
    """Whether a column with an array of ids holds one of these.

    Asked of each row and never looked up: of `&&` alone a lasting plan believes that it leaves one row in two hundred, and
    sorts all rows of a list rather than read the first of them in the order of an index.
    """
    overlaps = Q(**{f"{column}__overlap": array_of_keys(keys)})
    return Q(Coalesce(overlaps, Value(False), output_field=BooleanField()))


class Among(_Among, In):
    """Of a whole number."""


class RelatedAmong(_Among, RelatedIn):
    """Of a row that is pointed at."""


class AmongTexts(In):
    """`__among` for texts that come from outside; `__in` is for those that stand in the code, which an index may name."""

    lookup_name = "among"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        texts = sorted(set(self.rhs))
        if not texts:
            raise EmptyResultSet
        sql, parameters = self.process_lhs(compiler, connection)
        return f"{sql} = ANY(%s)", [*parameters, texts]


def register() -> None:
    """From now on `__in` means this; called once, when the apps are ready."""
    IntegerField.register_lookup(Among)
    ForeignObject.register_lookup(RelatedAmong)
    CharField.register_lookup(AmongTexts)
