"""Someone says that two which look alike are two: they are not offered again, until that is taken back."""

from __future__ import annotations

from operator import attrgetter
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Person
from core import states, versions
from core.access import Verdict, deny, ensure
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Location, Organisation
from partnerships.queries.apart import APART, pair_of
from partnerships.rules.memberships import NOT_A_MANAGER
from partnerships.rules.merging import can_tell_apart, can_tell_people_apart

Row = Organisation | Location | Person


@transaction.atomic
def say(*, one: Row, other: Row, by: Actor, read: str | None, of: Organisation | None = None) -> None:
    """These are two. Said before, it stays as it was said; `read` are the versions that were on the page.

    People are told apart by the organisation that knows both, `of`.
    """
    ensure(_may(by, one, other, of))
    rows = _under_lock(one, other)
    if _standing(one, other) is not None:
        return
    versions.ensure(read, *rows)
    older, newer = sorted(rows, key=attrgetter("pk"))
    states.record(older, APART, after=str(newer.pk), by_id=by.person_id)


@transaction.atomic
def take_back(*, one: Row, other: Row, act_id: int, by: Actor, of: Organisation | None = None) -> None:
    """They may be one after all, and are offered again. Raises ValidationError when `act_id` is not what stands."""
    ensure(_may(by, one, other, of))
    older = min(_under_lock(one, other), key=attrgetter("pk"))
    act = _said(one, other).filter(pk=act_id).select_related("undone_by").first()
    if act is None:
        raise ValidationError(states.CHANGED, code="changed")
    if hasattr(act, "undone_by"):
        return
    states.record(older, states.UNDO, before=act.to_state, by_id=by.person_id, undoes=act)


def _may(by: Actor, one: Row, other: Row, of: Organisation | None) -> Verdict:
    if isinstance(one, Person) and isinstance(other, Person):
        return can_tell_people_apart(by, of, one, other) if of else deny(NOT_A_MANAGER)
    return can_tell_apart(by, cast("Organisation", one), cast("Organisation", other))


def _under_lock(one: Row, other: Row) -> list[Row]:
    """Both as they are now, in the order in which they were given."""
    rows = type(one)._base_manager.select_for_update(of=("self",), no_key=True)
    found = {row.pk: row for row in rows.filter(pk__in=[one.pk, other.pk]).order_by("pk")}
    return [found[one.pk], found[other.pk]]


def _said(one: Row, other: Row) -> QuerySet[StateChange]:
    pair = pair_of(one, other)
    return StateChange.objects.filter(
        model=one._meta.label_lower, object_id=str(pair.one), to_state=str(pair.other), action=APART
    )


def _standing(one: Row, other: Row) -> StateChange | None:
    return _said(one, other).filter(undone_by__isnull=True).first()
