"""Which organisations, locations and people may be one, as pages show them beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Person
from accounts.models.people import PersonQuerySet
from core import merging, versions
from core.models import StateChange
from partnerships.models import Location, Member, Membership, Organisation
from partnerships.models.organisations import LocationQuerySet, OrganisationQuerySet
from partnerships.queries.apart import Said, said, with_said
from partnerships.queries.likeness import Pair, people_alike
from partnerships.queries.people import known_at, with_roles_at

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


def people_beside(organisation_id: int) -> list[Beside]:
    """People whom an organisation knows and who may be one, but for those of whom was said that they are two; one query."""
    rows = with_said(known_at(organisation_id).filter(merged_into=None)).select_related("user")
    known = {person.pk: person for person in rows.order_by("pk")}
    pairs = [
        pair for pair in people_alike(known.values()) if str(pair.other) not in known[pair.one].said_apart
    ]
    return _paired(known, pairs, ())


def people_apart(organisation_id: int, person: Person) -> list[Beside]:
    """Those of whom was said that they are not this person."""
    known = known_at(organisation_id).filter(merged_into=None).select_related("user")
    pairs = [one for one in said(known) if person.pk in (one.pair.one, one.pair.other)]
    return _beside(known, (), pairs)


def people_with_facts(known: PersonQuerySet) -> PersonQuerySet:
    """People with what tells two apart: their account, and their `roles` of today."""
    running = (
        Membership.objects.running()
        .select_related("organisation")
        .order_by("organisation__name", "role", "pk")
    )
    return known.select_related("user").prefetch_related(Prefetch("memberships", running, to_attr="roles"))


def other_people(organisation_id: int, person: Person) -> PersonQuerySet:
    """The others whom an organisation knows, by name; of someone with an account only those without one."""
    others = with_roles_at(organisation_id).filter(merged_into=None).exclude(pk=person.pk)
    if person.has_account:
        others = others.filter(user=None)
    return others.select_related("user").order_by("sort_name", "pk")


def hanging_on_roles(people: Iterable[Person]) -> list[Hanging]:
    """How many rows of each kind hang on roles of these people, in one query; without kinds of which none has any."""
    pks = [person.pk for person in people]
    keys = [key for key in merging.links(Membership) if not merging.stands(key)]
    counts = {f"n{at}": _hanging(key) for at, key in enumerate(keys)}
    rows: Any = Person.objects.filter(pk__in=pks).annotate(**counts).in_bulk()
    found = [
        Hanging(merging.kind_of(key), tuple(getattr(rows[pk], f"n{at}") for pk in pks))
        for at, key in enumerate(keys)
    ]
    return [one for one in found if any(one.numbers)]


@dataclass(frozen=True, slots=True)
class Hanging:
    """How many rows of one kind, in its plural, hang on the roles of each."""

    kind: str
    numbers: tuple[int, ...]


def _hanging(key: merging.Link) -> Coalesce:
    rows = key.model._base_manager.filter(**{f"{key.name}__person": OuterRef("pk")}).order_by()
    how_many = rows.annotate(how_many=Func(F("pk"), function="COUNT")).values("how_many")
    return Coalesce(Subquery(how_many), 0)


def _beside(rows: QuerySet[Any], pairs: Iterable[Pair], said: Iterable[Said]) -> list[Beside]:
    pairs, said = list(pairs), list(said)
    together = [*pairs, *(one.pair for one in said)]
    return _paired(rows.in_bulk({pk for pair in together for pk in (pair.one, pair.other)}), pairs, said)


def _paired(found: Mapping[int, Any], pairs: Iterable[Pair], said: Iterable[Said]) -> list[Beside]:
    """Those of which both are there; the others have been merged, closed, or are not of this list."""
    wanted = [(pair, None) for pair in pairs] + [(one.pair, one.act) for one in said]
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
