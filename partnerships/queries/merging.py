"""Which organisations and locations may be one, as pages show them beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from core import versions
from core.models import StateChange
from partnerships.models import Location, Member, Membership, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet
from partnerships.queries.apart import Said
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


@dataclass(frozen=True, slots=True)
class Beside:
    """Two beside each other; `act` is who said that they are two, when someone did."""

    one: Any
    other: Any
    act: StateChange | None = None

    @property
    def read(self) -> str:
        """The versions of both, to be sent along with what is said of them."""
        return versions.of(self.one, self.other)


def organisations_beside(pairs: Iterable[Pair], said: Iterable[Said] = ()) -> list[Beside]:
    """Each pair, and those of which was said that they are two, loaded in one query."""
    return _beside(beside_each_other(), pairs, said)


def locations_beside(organisation_id: int, pairs: Iterable[Pair], said: Iterable[Said] = ()) -> list[Beside]:
    """The same of open locations of an organisation."""
    return _beside(Location.objects.open().filter(organisation=organisation_id), pairs, said)


def _beside(rows: QuerySet[Any], pairs: Iterable[Pair], said: Iterable[Said]) -> list[Beside]:
    """Those of which both are there; the others have been merged, closed, or are not of this list."""
    wanted = [(pair, None) for pair in pairs] + [(one.pair, one.act) for one in said]
    found = rows.in_bulk({pk for pair, _act in wanted for pk in (pair.one, pair.other)})
    return [
        Beside(found[pair.one], found[pair.other], act)
        for pair, act in wanted
        if pair.one in found and pair.other in found
    ]


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
