"""Who may be the person that is about to be written down: asked before there are two rows of one human."""

from __future__ import annotations

from django.db.models import Func, Value
from django.db.models.functions import Concat
from django.db.models.lookups import GreaterThanOrEqual

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core.likeness import plain, similarity

ALIKE = 0.6  # of the trigrams shared: forgives a letter, and tells two of one family apart


def people_like(*, among: PersonQuerySet, name: str, email: str) -> list[Person]:
    """People who may be the one meant: with this address and another name, or with nearly this name.

    None when someone has both, for then it is that person. `among` are those whom the asker may be shown: nobody else
    is looked at, since that would tell where someone works or learns.
    """
    found = among.annotate(likeness=_likeness(name)).select_related("user")
    same_address = found.with_address(email).order_by("pk")
    if same_address.filter(likeness__gte=ALIKE).exists():
        return []
    alike = found.filter(likeness__gte=ALIKE).order_by("-likeness", "sort_name", "pk")
    return [*same_address, *alike.exclude(pk__in=same_address.values("pk"))]


def has_nearly_the_name(name: str, to_person: str = "") -> GreaterThanOrEqual:
    """The condition that someone has nearly this name; `to_person` leads there from the row that is asked about."""
    return GreaterThanOrEqual(_likeness(name, to_person), ALIKE)


def _likeness(name: str, to_person: str = "") -> Func:
    parts = (f"{to_person}{part}" for part in ("first_name", "name_prefix", "last_name"))
    first_name, name_prefix, last_name = parts
    whole = Concat(first_name, Value(" "), name_prefix, Value(" "), last_name)
    return similarity(plain(whole), plain(Value(name)))
