"""What looks like something that is about to be made: asked before there are two of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

from django.db.models import CharField, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, NullIf, Replace, Trim

from accounts.models import Person
from accounts.queries.likeness import ALIKE as PEOPLE_ALIKE
from core.likeness import plain, similarity
from core.text import unaccented
from partnerships.enums import EMPLOYER_KINDS
from partnerships.models import Location, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet

_BEGINS = 3  # letters of a word that two must share to be compared at all
ALIKE = 0.5  # of the trigrams shared: forgives a letter or two in a word
# Says nothing about which one it is: legal forms, what nearly all of them do, and articles.
NOISE = (
    r"\m(stichting|vereniging|cooperatie|bv|nv|vof|holding|groep|zorggroep|zorgcentrum|zorgcentra|zorghuis|zorg|"
    r"ouderenzorg|thuiszorg|woonzorg|woonzorgcentrum|welzijn|en|de|het|t|van|voor)\M|[^a-z0-9]+"
)


def organisations_like(
    *, among: OrganisationQuerySet, name: str, kvk: str = "", email: str = "", website: str = ""
) -> OrganisationQuerySet:
    """Organisations that exist today and may be the one meant: by name, KvK number, or the domain of mail and website.

    The likeliest first; by former names too. `among` are those that the asker may be shown.
    Only an organisation's own website is compared, never where its people have their mail: that would tell of them.
    """
    alike = Q(likeness__gte=ALIKE)
    if kvk:
        alike |= Q(kvk=kvk)
    for domain in {_domain_of(email), _host_of(website)} - {""}:
        alike |= Q(website__iregex=rf"^https?://(www\.)?{re.escape(domain)}([:/?#]|$)")
    found = among.existing().annotate(likeness=_likest(Organisation, name)).filter(alike)
    return found.order_by("-likeness", "name", "pk")


def locations_like(
    *, organisation_id: int, name: str, municipality: str, neighbourhood: str = "", pc4: str = ""
) -> LocationQuerySet:
    """Open locations of an organisation that may be the one meant: by name in its town, or by address.

    None where one has this very name: then there is nothing to ask, since a second one of that name cannot be.
    """
    alike = Q(likeness__gte=ALIKE, municipality__iexact=municipality)
    if pc4 and neighbourhood:
        alike |= Q(pc4=pc4, neighbourhood__iexact=neighbourhood)
    own = Location.objects.open().filter(organisation=organisation_id)
    if own.filter(name=name).exists():
        return own.none()
    return own.annotate(likeness=_likest(Location, name)).filter(alike).order_by("-likeness", "pk")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that look alike; the older one first."""

    one: int
    other: int


def organisations_alike() -> list[Pair]:
    """Organisations of one sort that may be one: by name, KvK number or website, the likeliest first."""
    rows = Organisation.objects.existing().annotate(key=_key(F("name"))).order_by("pk")
    return _pairs(
        _Known(pk, key, _sort_of(kind), frozenset({kvk, _host_of(website)} - {""}))
        for pk, key, kind, kvk, website in rows.values_list("pk", "key", "kind", "kvk", "website")
    )


def locations_alike(organisation_id: int) -> list[Pair]:
    """Open locations of an organisation that may be one: by name in a town, or by address, the likeliest first."""
    rows = Location.objects.open().filter(organisation=organisation_id).annotate(key=_key(F("name")))
    values = rows.order_by("pk").values_list("pk", "key", "municipality", "neighbourhood", "pc4")
    return _pairs(
        _Known(pk, key, town.lower(), frozenset([f"{pc4} {place.lower()}"] if place else []))
        for pk, key, town, place, pc4 in values
    )


def people_alike(known: Iterable[Person]) -> list[Pair]:
    """Of these people, by key and with their accounts, who may be one: by name or address, the likeliest first.

    Of two with an account each nobody asks: accounts stay apart.
    """
    return _pairs(
        [
            _Known(
                person.pk,
                unaccented(person.full_name),
                "",
                frozenset({person.address} - {""}),
                person.has_account,
            )
            for person in known
        ],
        alike=PEOPLE_ALIKE,
    )


def _sort_of(kind: str) -> str:
    """Employers can be one with each other, whatever they do; schools and others with their own kind."""
    return "employer" if kind in EMPLOYER_KINDS else kind


@dataclass(frozen=True, slots=True)
class _Known:
    """What is compared of a row: the key of its name with those of one sort, and what only one can have.

    Two that stand apart by themselves are not compared with each other.
    """

    pk: int
    key: str
    sort: Any
    marks: frozenset[str]
    stands_apart: bool = False


def _pairs(rows: Iterable[_Known], *, alike: float = ALIKE) -> list[Pair]:
    """Only those that share a mark or the beginning of a word are compared: that of all would take the square of time."""
    blocks: dict[Any, list[_Known]] = defaultdict(list)
    for row in rows:
        begins = {(row.sort, word[:_BEGINS]) for word in row.key.split()}
        for block in begins | {(row.sort, mark) for mark in row.marks}:
            blocks[block].append(row)
    found: dict[Pair, float] = {}
    for together in blocks.values():
        for one, other in combinations(together, 2):
            if one.stands_apart and other.stands_apart:
                continue
            likeness = 1.0 if one.marks & other.marks else _share(one.key, other.key)
            if likeness >= alike:
                found[Pair(one.pk, other.pk)] = likeness
    return sorted(found, key=lambda pair: (-found[pair], pair.one, pair.other))


def _share(one: str, other: str) -> float:
    """The part of their trigrams that two keys share, as `similarity` in the database counts it."""
    mine, theirs = _trigrams(one), _trigrams(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


@lru_cache(maxsize=10_000)
def _trigrams(key: str) -> frozenset[str]:
    padded = [f"  {word} " for word in key.split()]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def _likest(model: type[Organisation] | type[Location], name: str) -> Combinable:
    """How much a name is like that of a row, or like one under which it was known before."""
    former = model._default_manager.filter(merged_into=OuterRef("pk"))
    likest = former.annotate(former=_likeness("name", name)).order_by("-former").values("former")[:1]
    return Greatest(_likeness("name", name), Coalesce(Subquery(likest), 0.0))


def _likeness(field: str, name: str) -> Combinable:
    return similarity(_key(F(field)), _key(Value(name, output_field=CharField())))


def _key(text: Combinable) -> Combinable:
    """A name without capitals, accents and what says nothing; the name itself where that leaves nothing."""
    undotted = Replace(plain(text), Value("."), Value(""))
    bare = Func(
        undotted, Value(NOISE), Value(" "), Value("g"), function="regexp_replace", output_field=CharField()
    )
    return Coalesce(NullIf(Trim(bare), Value("")), undotted)


def _domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _host_of(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")
