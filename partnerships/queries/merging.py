"""Which organisations and locations may be one, as pages show them beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from partnerships.models import Location, Member, Membership, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet
from partnerships.queries.likeness import Pair

SHORTEST = 3


def beside_each_other() -> OrganisationQuerySet:
    """Organisations with what tells two apart: how many people, locations and partnerships they have today."""
    return Organisation.objects.standing().annotate(
        people=_number(Membership.objects.running(), "person"),
        open_locations=_number(Location.objects.open(), "pk"),
        takes_part_in=_number(Member.objects.running(), "pk"),
    )


def _number(rows: QuerySet[Any], what: str) -> Coalesce:
    """How many there are of an organisation."""
    theirs = rows.filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return Coalesce(Subquery(theirs.annotate(number=Count(what, distinct=True)).values("number")), 0)


def organisations_of(pairs: Iterable[Pair]) -> list[tuple[Organisation, Organisation]]:
    """The two of each pair, loaded in one query."""
    pairs = list(pairs)
    found = beside_each_other().in_bulk({pk for pair in pairs for pk in (pair.one, pair.other)})
    return [(found[pair.one], found[pair.other]) for pair in pairs]


def locations_of(pairs: Iterable[Pair]) -> list[tuple[Location, Location]]:
    """The same of locations."""
    pairs = list(pairs)
    found = Location.objects.in_bulk({pk for pair in pairs for pk in (pair.one, pair.other)})
    return [(found[pair.one], found[pair.other]) for pair in pairs]


def others_named(text: str, organisation: Organisation) -> OrganisationQuerySet:
    """Other organisations whose name, or a former one, holds the text; by name. None for fewer than three letters."""
    text = " ".join(text.split())
    if len(text) < SHORTEST:
        return Organisation.objects.none()
    return beside_each_other().named(text).exclude(pk=organisation.pk).for_list()


def other_locations(location: Location) -> LocationQuerySet:
    """The other open locations of the organisation, by name."""
    own = Location.objects.open().filter(organisation=location.organisation_id)
    return own.exclude(pk=location.pk).for_list()
