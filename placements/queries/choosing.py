"""Who seeks a place and where there is room in a partnership, for its coordinators: the lists by which one chooses."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from core.limits import MOST_COUNTED
from core.lookups import keys_of
from core.written import written
from partnerships.actors import Actor
from placements.models import Slot
from placements.models.slots import SlotQuerySet
from placements.queries.placed import seeking
from programmes.models import Cohort
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet


def enrolments_in(actor: Actor, partnership: int) -> EnrolmentQuerySet:
    """The enrolments of a partnership that its coordinator sees."""
    cohorts = keys_of(Cohort.objects.filter(programme__partnership=partnership))
    return Enrolment.objects.visible_to(actor).filter(cohort__in=cohorts)


def slots_in(actor: Actor, partnership: int) -> SlotQuerySet:
    """The places of a partnership that can be found."""
    return Slot.objects.visible_to(actor).filter(partnership=partnership).findable()


def by_name(enrolments: EnrolmentQuerySet) -> EnrolmentQuerySet:
    """Those of students who seek a place, by name."""
    return seeking(enrolments).order_by("student__person__sort_name", "pk")


def with_room(slots: SlotQuerySet) -> SlotQuerySet:
    """Those with a seat that is free, the first to begin before."""
    return slots.with_free().order_by("starts_on", "title", "pk")


@written
def seekers_in(*, actor: Actor, partnership: int) -> QuerySet[Any, int]:
    """The keys of the list of students, as many as are counted."""
    return by_name(enrolments_in(actor, partnership)).values_list("pk", flat=True)[: MOST_COUNTED + 1]


@written
def rooms_in(*, actor: Actor, partnership: int) -> QuerySet[Any, int]:
    """The keys of the list of places, as many as are counted."""
    return with_room(slots_in(actor, partnership)).values_list("pk", flat=True)[: MOST_COUNTED + 1]
