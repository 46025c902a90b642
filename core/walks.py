"""The first rows of many owners together, each owner's read in the order of an index and then put together.

Asked for the rows of all owners at once, the database reads every one of them to sort them: a first page then costs what the
whole list costs. `LATERAL` reads as many of each owner as the page has room for.

    walk = Walk(owners)
    rows = Slot.objects.filter(walk.among(those_that_show_all) | Q(is_public=True), owner=walk.key)
    Slot.objects.filter(pk__in=walk.first(rows, ("starts_on", "pk"), 25))

What differs from owner to owner is a condition on the owner (`among`): on the column, the database would take it for a way
to find the rows, and would guess far too few.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Expression, Field, Q, QuerySet

from core.lookups import array_of_keys


class _OfOwner(Expression):
    """A column beside the rows: the key of their owner, or what is known of it."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        return f'"owner"."{self.name}"', ()


class Walk:
    """Along these owners, each by its key."""

    key = _OfOwner("key", BigIntegerField())

    def __init__(self, owners: Collection[int]) -> None:
        self.owners = array_of_keys(owners)
        self.known: list[Any] = []

    def among(self, owners: Collection[int]) -> Q:
        """Whether the owner is one of these."""
        if not owners:
            return Q(pk__in=[])
        self.known.append(array_of_keys(owners))
        return Q(_OfOwner(f"known_{len(self.known)}", BooleanField()))

    def first(self, rows: QuerySet[Any, Any], order: Sequence[str], most: int) -> ArraySubquery:
        """For `__in`: the keys of so many of these rows. `order` names fields of their own and ends in pk."""
        names = [rows.model._meta.pk.attname if name == "pk" else name for name in order]
        return _First(rows.order_by(*order).values(*names)[:most], self, names, most)


class _First(ArraySubquery):
    """What a walk finds."""

    output_field = ArrayField(BigIntegerField())

    def __init__(self, rows: QuerySet[Any, Any], walk: Walk, order: Sequence[str], most: int) -> None:
        super().__init__(rows)
        self.walk = walk
        sorted_by = ", ".join(f'"found"."{name}"' for name in order)
        self.template = (
            f'ARRAY(SELECT "found"."{order[-1]}" FROM %(owners)s AS "owner" '  # noqa: S608 - names of our own columns
            f'CROSS JOIN LATERAL (%(subquery)s) AS "found" ORDER BY {sorted_by} LIMIT {most})'
        )

    def as_sql(
        self, compiler: Any, connection: Any, template: str | None = None, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        known, before = "", []
        for number, keys in enumerate(self.walk.known, 1):
            text, parameters = compiler.compile(keys)
            known += f', "key" = ANY({text}) AS "known_{number}"'
            before += parameters
        keys, parameters = compiler.compile(self.walk.owners)
        # OFFSET keeps what is known of an owner a column; otherwise it would be worked out for each row.
        owners = f'(SELECT "key"{known} FROM unnest({keys}) AS "key" OFFSET 0)'  # noqa: S608 - what is known are parameters
        text, more = super().as_sql(compiler, connection, template, owners=owners, **extra)
        return text, (*before, *parameters, *more)
