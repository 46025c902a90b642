"""Short names in addresses."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models
from django.utils.text import slugify

from core.constraints import explained

LONGEST = 70
RESERVED = frozenset({"nieuw", "toevoegen"})  # words that stand in addresses beside slugs
_ATTEMPTS = 3


def save_with_slug(row: Any, text: str) -> None:
    """Save a row; a new one gets a slug of `text`, and the next one when someone takes that at the same moment.

    An address once given stays. Raises ValidationError where another constraint of the row refuses.
    """
    is_new = not row.slug
    for left in reversed(range(_ATTEMPTS if is_new else 1)):
        if is_new:
            row.slug = _free_slug(type(row), text)
        try:
            with explained(row):
                row.save()
            return
        except IntegrityError:
            if not left:
                raise


def _free_slug(model: type[models.Model], text: str) -> str:
    """A slug of `text` that no row of `model` has yet: "naam", "naam-2", …; the model's name when nothing is left."""
    base = slugify(text)[:LONGEST].strip("-") or model._meta.model_name or "rij"
    rows: Any = model._base_manager.filter(slug__startswith=base)
    taken = RESERVED | set(rows.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
