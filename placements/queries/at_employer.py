"""What the first page of an employer shows: its places, and who learns there."""

from __future__ import annotations

from django.db.models import QuerySet

from core.dates import today
from core.written import written
from partnerships.actors import Actor
from placements.models import Placement, Slot

MOST_SLOTS = 12
MOST_STUDENTS = 16


@written
def offered(*, actor: Actor, employer: int) -> QuerySet[Slot]:
    """Own places that are not over, the first of them."""
    own = Slot.objects.own(actor).filter(organisation=employer, ends_on__gte=today())
    return own.for_list().prefetch_related(None)[:MOST_SLOTS]


@written
def learning(*, actor: Actor, employer: int) -> QuerySet[Placement]:
    """Who learns there, those first whose place ends first."""
    live = Placement.objects.visible_to(actor).filter(slot__organisation=employer).live()
    return live.for_list().order_by("ends_on", "student__person__sort_name", "pk")[:MOST_STUDENTS]
