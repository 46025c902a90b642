"""Drafts are thrown away with their own parts, by whoever may make them; what others have built upon stays.

Links are protected, so that the database refuses it for a row that something else rests on. The record says who did it,
what it was called and when.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, ProtectedError, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import states
from core.merging import links
from core.models import StateChange

DISCARD = "discard"


def is_rested_on(draft: models.Model, *parts: type[models.Model]) -> bool:
    """Whether a row of another kind than its own `parts` points at a draft; one query, however many keys there are."""
    rests = [
        Q(Exists(key.model._base_manager.filter(**{key.name: OuterRef("pk")})))
        for key in links(type(draft))
        if key.model not in parts and not key.model._meta.auto_created
    ]
    row = type(draft)._base_manager.filter(pk=draft.pk)
    return row.filter(Q(*rests, _connector=Q.OR)).exists()


@transaction.atomic
def discard(
    draft: models.Model, *parts: QuerySet[Any], by: int | None, subject: UUID | None = None
) -> StateChange:
    """Delete a draft, under the lock of who calls, after the rows that are its own parts.

    `subject` is the public id of the person it is about. Raises ValidationError when anything else rests on it.
    """
    change = states.record(
        draft,
        DISCARD,
        before=str(getattr(draft, "state", "")),
        by_id=by,
        reason=str(draft),
        subject=subject,
    )
    try:
        for rows in parts:
            rows.delete()
        draft.delete()
    except ProtectedError:
        raise ValidationError(_("Something else now depends on this, so it stays."), code="rests") from None
    return change
