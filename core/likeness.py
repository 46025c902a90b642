"""What looks like something that is about to be made: compared by the letters of its name, and asked about first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from django.db.models import CharField, FloatField, Func, Model
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower


def plain(text: Combinable) -> Func:
    """A text without capitals and accents."""
    return Func(Lower(text), function="immutable_unaccent", output_field=CharField())


def similarity(one: Combinable, other: Combinable) -> Func:
    """The part of their trigrams that two texts share."""
    return Func(one, other, function="similarity", output_field=FloatField())


def unanswered(found: Iterable[Model], seen: Collection[int]) -> bool:
    """Whether one of those that may be the one meant was not on the page where the answer was “no, another”."""
    return bool({row.pk for row in found} - set(seen))


def nearness(one: str, other: str) -> float:
    """The part of their trigrams that two texts without capitals and accents share, reckoned here: near to `similarity`.

    To leave out, before the database is asked, what cannot be alike.
    """
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def _trigrams(text: str) -> set[str]:
    found = set()
    for word in re.findall(r"\w+", text):
        padded = f"  {word} "
        found |= {padded[at : at + 3] for at in range(len(padded) - 2)}
    return found
