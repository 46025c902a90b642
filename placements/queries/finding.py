"""The places that someone finds: the first page in one statement, further ones by their keys."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, IntegerField, QuerySet
from django.utils.functional import SimpleLazyObject

from core.limits import MOST_COUNTED
from core.walks import Walk
from core.written import written
from partnerships.actors import Actor
from placements.models import Slot
from placements.models.slots import SlotQuerySet, in_sight
from placements.queries.sight import Sight
from programmes.models import Qualification

PER_PAGE = 25
MOST_WALKED = 4 * PER_PAGE  # further on, as many are read of each partnership as of all together
IN_ORDER = ("starts_on", "title", "pk")
Narrowed = Callable[[SlotQuerySet], SlotQuerySet]  # by what is asked of a list


def found_by(actor: Actor, sight: Sight) -> SlotQuerySet:
    """Everything that is found, in the order of the list."""
    return Slot.objects.found_by(actor, sight).order_by(*IN_ORDER)


def with_whereabouts(slots: SlotQuerySet) -> SlotQuerySet:
    """With what a line of the finder shows, but for the names of qualifications."""
    shown = "public_id title seats taken state starts_on week hours_per_week setting route confirmed_on qualification_ids"
    around = ("organisation__name", "location__name", "location__municipality")
    return slots.select_related("organisation", "location").only(*shown.split(), *around)


def _head_of(actor: Actor, sight: Sight, narrowed: Narrowed, most: int) -> SlotQuerySet:
    """The first so many of what is found, in the order of the list: each partnership's first, put together."""
    walk = Walk(in_sight(actor, sight))
    found = narrowed(Slot.objects.found_along(walk, actor, sight))
    return Slot.objects.filter(pk__in=walk.first(found, IN_ORDER, most)).order_by(*IN_ORDER)


class Found:
    """What someone finds, for `paginate`; `narrowed` is what filters do to places."""

    def __init__(self, actor: Actor, sight: Sight, narrowed: Narrowed) -> None:
        self.actor, self.sight, self.narrowed = actor, sight, narrowed
        # The first page is read without it.
        self.all: Any = SimpleLazyObject(lambda: narrowed(found_by(actor, sight)))

    @property
    def is_near(self) -> bool:
        """Whether it is in the order of a distance, which each of its rows then knows and prints."""
        return "distance" in self.all.query.annotations

    def head(self, most: int) -> Any:
        """The first so many."""
        if self.is_near or most > MOST_WALKED:
            return self.all
        return _head_of(self.actor, self.sight, self.narrowed, most)

    def first(self) -> list[Slot]:
        """The first page of the list without filters: one statement, which tells how many there are too."""
        return self._begin

    def number(self) -> int:
        """How many there are without filters, as far as they are counted."""
        return self._begin[0].number if self._begin else 0

    def rows(self, *, keys: list[int]) -> list[Slot]:
        """Those with these keys."""
        return list(with_whereabouts(self.all.filter(pk__in=keys))) if self.is_near else by_key(keys=keys)

    @cached_property
    def _begin(self) -> list[Any]:
        return _first_found(PER_PAGE, MOST_COUNTED + 1, actor=self.actor, sight=self.sight)


@written
def _first_found(most: int, counted: int, *, actor: Actor, sight: Sight) -> QuerySet[Slot]:
    found = found_by(actor, sight)
    all_of_them = ArraySubquery(found.order_by().values("pk")[:counted])
    number = Func(all_of_them, function="cardinality", output_field=IntegerField())
    rows = _head_of(actor, sight, lambda slots: slots, most)
    return with_whereabouts(rows).annotate(number=number)


@written
def by_key(*, keys: list[int]) -> QuerySet[Slot]:
    """Places of a list that says which are found."""
    return with_whereabouts(Slot.objects.filter(pk__in=keys))


def named(slots: Collection[Slot]) -> dict[int, str]:
    """The qualifications that any of these places is for, by name."""
    wanted = {pk for slot in slots for pk in slot.qualification_ids}
    return dict(_named(keys=sorted(wanted))) if wanted else {}


@written
def _named(*, keys: list[int]) -> QuerySet[Any, Any]:
    return Qualification.objects.filter(pk__in=keys).values_list("pk", "name")
