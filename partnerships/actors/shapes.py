"""An actor in a written query: which statement it is, what stands in it, and who stands in while it is written.

For each kind of role (with its mandates, at a kind of organisation) the statement knows of what hangs on it whether there
is none, one or more. In a `visible_to` such sets are only ever united; whoever would ask whether a thing is in one of them
is refused, for the answer would stand in the statement.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from core import written
from core.written import Marks, NotWritten
from partnerships.actors.acting import Actor, HeldRole, Office, OwnPartnership

Values = list[Collection[Any]]


def register() -> None:
    """From now on an actor can be given to a written query."""
    written.SHAPES[Actor] = written.Shape(shape_of=_shape_of, values_of=_values_of, stand_in_of=_stand_in_of)


@dataclass(frozen=True)
class StandIn(Actor):
    """Someone of the same shape as who asks, while a statement is written."""

    def has_role(self, organisation_id: int | None, *roles: Any) -> bool:  # noqa: ARG002 - as an actor has it
        raise NotWritten("whether a role is held at one organisation is asked before a query is written")

    def parts_of(self, organisation_id: int) -> frozenset[int]:  # noqa: ARG002 - as an actor has it
        raise NotWritten("the partnerships of one organisation are given by name")

    def cohorts_at(self, school_id: int) -> frozenset[int]:  # noqa: ARG002 - as an actor has it
        raise NotWritten("the cohorts at one school are given by name")


def _values_of(actor: Actor) -> Values:
    known = actor.__dict__.get("_written_values")
    if known is None:
        known = actor.__dict__["_written_values"] = list(_all_values(actor))
    return known


def _shape_of(actor: Actor) -> Hashable:
    known = actor.__dict__.get("_written_shape")
    if known is None:
        sizes = tuple(min(len(values), 2) for values in _values_of(actor))
        kinds = tuple(_offices(actor))
        known = (actor.is_staff, actor.studies, tuple(_kinds(actor)), kinds, sizes)
        actor.__dict__["_written_shape"] = known
    return known


def _kinds(actor: Actor) -> dict[Any, list[HeldRole]]:
    """The roles by what makes another statement of them."""
    kinds: dict[Any, list[HeldRole]] = {}
    for held in actor.held:
        kinds.setdefault((held.role, held.may_consent, held.may_sign, held.kind), []).append(held)
    return dict(sorted(kinds.items()))


def _offices(actor: Actor) -> dict[Any, list[Office]]:
    kinds: dict[Any, list[Office]] = {}
    for office in actor.offices:
        kinds.setdefault(office.kind, []).append(office)
    return dict(sorted(kinds.items()))


def _all_values(actor: Actor) -> Iterator[Collection[Any]]:
    yield (actor.person_id,)
    for roles in _kinds(actor).values():
        organisations = {held.organisation_id for held in roles}
        parts = [part for part in actor.parts if part[0] in organisations]
        yield {held.membership_id for held in roles}
        yield organisations
        yield {cohort for held in roles for cohort in held.cohorts}
        yield {partnership for _organisation, partnership, _provinces in parts}
        yield {code for *_ids, provinces in parts for code in provinces}
    for offices in _offices(actor).values():
        yield {office.group_id for office in offices}
        yield {office.partnership.partnership_id for office in offices}
    yield actor.coordinates
    yield actor.takes_part
    yield actor.provinces
    yield actor.groups


def _stand_in_of(actor: Actor, marks: Marks) -> Actor:
    found = iter([marks.some(len(values), next(iter(values), 0)) for values in _values_of(actor)])
    (person,) = next(found)
    held: list[HeldRole] = []
    parts: list[tuple[int, int, tuple[str, ...]]] = []
    for role, may_consent, may_sign, kind in _kinds(actor):
        memberships, organisations, cohorts, partnerships, provinces = (next(found) for _turn in range(5))
        day = actor.held[0].starts_on
        held += [
            HeldRole(
                membership, organisation, role, may_consent, may_sign, "", "", kind, day, frozenset(cohorts)
            )
            for membership in memberships
            for organisation in organisations
        ]
        parts += [(one, other, tuple(provinces)) for one in organisations for other in partnerships]
    offices = [
        Office(group, kind, OwnPartnership(partnership, "", ""))
        for kind, groups, partnerships in [(kind, next(found), next(found)) for kind in _offices(actor)]
        for group in groups
        for partnership in partnerships
    ]
    coordinated, takes_part, provinces, groups = found
    return StandIn(
        person_id=person,
        is_staff=actor.is_staff,
        held=tuple(held),
        coordinated=tuple(OwnPartnership(one, "", "") for one in coordinated),
        takes_part=frozenset(takes_part),
        provinces=frozenset(provinces),
        groups=frozenset(groups),
        parts=tuple(parts),
        offices=tuple(offices),
        studies=actor.studies,
    )
