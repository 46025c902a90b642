"""Changes of what must be on record: rights, who may see something, dates, a person's own data.

A model names those fields in `ON_RECORD`. A service that writes one does so through `save`, under its lock; what it was
and what it became are then kept with who did it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from core.models import FieldChange, StateChange


@transaction.atomic
def save(
    obj: models.Model,
    *,
    by: int | None,
    reason: str = "",
    subject: UUID | None = None,
    update_fields: Iterable[str] | None = None,
) -> list[FieldChange]:
    """Save `obj`, and record each field of its `ON_RECORD` that differs from what is stored.

    A new row leaves no record here: it says itself what it holds. `subject` is the public id of the person it is about.
    """
    before = {} if obj._state.adding else stored(obj)
    obj.save(update_fields=update_fields)
    return record(obj, before, by=by, reason=reason, subject=subject)


def stored(obj: models.Model) -> dict[str, Any]:
    """What the database holds in the fields on record of `obj`, to be handed to `record` after the write."""
    names = on_record(type(obj))
    related = [name for name in names if type(obj)._meta.get_field(name).many_to_one]
    return _values(type(obj)._base_manager.select_related(*related).get(pk=obj.pk), names)


def record(
    obj: models.Model,
    before: dict[str, Any],
    *,
    by: int | None,
    reason: str = "",
    subject: UUID | None = None,
    act: StateChange | None = None,
) -> list[FieldChange]:
    """Record what became of `before`, which `stored` gave before the write: for writes that `save` cannot do.

    With `act`, the change of state that it came with, both have one moment and stand once in a history.
    """
    return FieldChange.objects.bulk_create(
        _made(obj, before, by=by, reason=reason, subject=subject, at=act.at if act else timezone.now())
    )


def record_all(
    rows: Iterable[tuple[models.Model, dict[str, Any], UUID | None]], *, by: int | None, reason: str = ""
) -> list[FieldChange]:
    """The same for many rows at once: each with what it held before, in fields of its own, and whom it is about."""
    at = timezone.now()
    return FieldChange.objects.bulk_create(
        [
            change
            for obj, before, subject in rows
            for change in _made(obj, before, by=by, reason=reason, subject=subject, at=at)
        ]
    )


def _made(
    obj: models.Model,
    before: dict[str, Any],
    *,
    by: int | None,
    reason: str,
    subject: UUID | None,
    at: dt.datetime,
) -> list[FieldChange]:
    after = _values(obj, list(before))
    return [
        FieldChange(
            model=obj._meta.label_lower,
            object_id=str(obj.pk),
            field=name,
            before=was,
            after=after[name],
            by_id=by,
            reason=reason.strip(),
            subject=subject,
            at=at,
        )
        for name, was in before.items()
        if was != after[name]
    ]


def on_record(model: type[models.Model]) -> Sequence[str]:
    """The fields of a model whose changes are kept."""
    return getattr(model, "ON_RECORD", ())


def label(model: type[models.Model], name: str) -> str:
    """What people call a field."""
    field: Any = model._meta.get_field(name)
    return str(field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name)


def history(*rows: models.Model) -> models.QuerySet[FieldChange]:
    """Every recorded change of a field of these rows, oldest first, with the people loaded; of no rows none."""
    if not rows:
        return FieldChange.objects.none()
    these = Q()
    for row in rows:
        these |= Q(model=row._meta.label_lower, object_id=str(row.pk))
    return FieldChange.objects.filter(these).select_related("by").order_by("at", "pk")


def _values(obj: models.Model, names: Sequence[str]) -> dict[str, Any]:
    return {name: _kept(obj, name) for name in names}


def _kept(obj: models.Model, name: str) -> Any:
    """A field's value as it is kept: a number, a text, a list; of a relation also how it reads now.

    Rows that are parts of `obj` count as one field, by the name under which it has them.
    """
    field = obj._meta.get_field(name)
    value = getattr(obj, name)
    if field.one_to_many or field.many_to_many:
        return [_named(other) for other in value.order_by("pk")]
    if isinstance(field, models.ForeignKey):
        return _named(value) if value is not None else None
    python: Any = field.to_python(value)  # type: ignore[union-attr]  # a column, since it is no relation
    if isinstance(
        python, dt.datetime
    ):  # one moment is written in one way, whatever the zone in which it was typed
        python = python.astimezone(dt.UTC)
    if isinstance(field, models.DecimalField) and python is not None:  # as the database gives it back
        python = python.quantize(Decimal(1).scaleb(-field.decimal_places))
    return json.loads(json.dumps(python, cls=DjangoJSONEncoder))


def _named(obj: models.Model) -> dict[str, Any]:
    return {"id": obj.pk, "name": str(obj)}
