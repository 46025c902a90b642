"""What looks like something that is about to be made: asked before there are two of one."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from django.db.models import CharField, F, FloatField, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Lower, NullIf, Replace, Trim

from partnerships.models import Location, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet

MOST = 5  # on one page; the likeliest first
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

    The likeliest first, at most MOST. `among` are those that the asker may be shown.
    Only an organisation's own website is compared, never where its people have their mail: that would tell of them.
    """
    alike = Q(likeness__gte=ALIKE)
    if kvk:
        alike |= Q(kvk=kvk)
    for domain in {_domain_of(email), _host_of(website)} - {""}:
        alike |= Q(website__iregex=rf"^https?://(www\.)?{re.escape(domain)}([:/?#]|$)")
    found = among.existing().annotate(likeness=_likeness("name", name)).filter(alike)
    return found.order_by("-likeness", "name", "pk")[:MOST]


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
    return own.annotate(likeness=_likeness("name", name)).filter(alike).order_by("-likeness", "pk")[:MOST]


def unanswered(found: Collection[Organisation | Location], seen: Collection[int]) -> bool:
    """Whether something that looks like it was not on the page where someone said “no, another”."""
    return bool({row.pk for row in found} - set(seen))


def _likeness(field: str, name: str) -> Combinable:
    return Func(
        _key(F(field)),
        _key(Value(name, output_field=CharField())),
        function="similarity",
        output_field=FloatField(),
    )


def _key(text: Combinable) -> Combinable:
    """A name without capitals, accents and what says nothing; the name itself where that leaves nothing."""
    plain = Replace(
        Func(Lower(text), function="immutable_unaccent", output_field=CharField()), Value("."), Value("")
    )
    bare = Func(
        plain, Value(NOISE), Value(" "), Value("g"), function="regexp_replace", output_field=CharField()
    )
    return Coalesce(NullIf(Trim(bare), Value("")), plain)


def _domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()


def _host_of(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")
