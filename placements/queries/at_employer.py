"""What the first page of an employer shows: its places, and who learns there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Q, QuerySet

from accounts.enums import Role
from core.dates import today
from core.written import written
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.models import Location, Membership
from partnerships.roles import EMPLOYER_PARTY, SIGNS_FOR_EMPLOYER
from placements.enums import SlotState
from placements.models import Placement, Slot
from programmes.models import AccreditationCheck

MOST_SLOTS = 12
MOST_STUDENTS = 16


@written
def offered(*, actor: Actor, employer: int) -> QuerySet[Slot]:
    """Own places that are not over, the first of them; each says of the employer whether all is there that is `needed`."""
    own = Slot.objects.own(actor).filter(organisation=employer, ends_on__gte=today())
    return own.for_list().prefetch_related(None).annotate(is_complete=_is_complete(employer))[:MOST_SLOTS]


def lacks_nothing(slots: Sequence[Any]) -> bool:
    """Whether an employer with these places surely has all that a student needs there."""
    return any(slot.state != SlotState.DRAFT for slot in slots) and slots[0].is_complete


def needed(employer: int) -> dict[str, QuerySet[Any]]:
    """What a student needs at an employer besides a place, each by the rows that say that it is there."""
    people = Membership.objects.running().filter(organisation=employer)
    signers = Membership.objects.able().filter(organisation=employer, role__in=SIGNS_FOR_EMPLOYER)
    checks = AccreditationCheck.objects.of_employers([employer])
    return {
        "location": Location.objects.open().filter(organisation=employer),
        "contact": people.filter(role__in=EMPLOYER_PARTY),
        "trainer": people.filter(role=Role.PRACTICE_TRAINER),
        "signer": signers.mandated(MandateKind.SIGN),
        "checked": checks.standing().verified_on(today()),
    }


def _is_complete(employer: int) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(Q(*map(Exists, needed(employer).values())), output_field=BooleanField())


@written
def learning(*, actor: Actor, employer: int) -> QuerySet[Placement]:
    """Who learns there, those first whose place ends first."""
    live = Placement.objects.visible_to(actor).filter(slot__organisation=employer).live()
    return live.with_seats().order_by("ends_on", "student__person__sort_name", "pk")[:MOST_STUDENTS]
