"""Short names in addresses."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.text import slugify

LONGEST = 70
RESERVED = frozenset({"nieuw", "toevoegen"})  # words that stand in addresses beside slugs


def free_slug(model: type[models.Model], text: str) -> str:
    """A slug of `text` that no row of `model` has yet: "naam", "naam-2", …; the model's name when nothing is left."""
    base = slugify(text)[:LONGEST].strip("-") or model._meta.model_name or "rij"
    rows: Any = model._base_manager.filter(slug__startswith=base)
    taken = RESERVED | set(rows.values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
