"""Row locks for placing, closing and leaving.

Take several of them always in this order, so that no two transactions wait for each other: partnership, location,
enrolment, student, slot, matches by key, placement, agreement. `students.services.enrolments` begins with the enrolment too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from core.versions import Changed
from partnerships.actors import Actor
from partnerships.models import Location, Partnership
from partnerships.services.locks import location_under_lock, partnership_under_lock
from placements.enums import Cause
from placements.models import Match, Placement, Slot
from students.models import Enrolment, Student


def enrolment(pk: int) -> Enrolment:
    """The enrolment: under this lock it cannot end, so what is written for it stays open."""
    return Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def student(pk: int) -> Student:
    """The student: under this lock nobody else gives the same student another place."""
    return Student.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def slot(pk: int) -> Slot:
    """The slot: its seats are given, and their number is lowered, under this lock (docs/domain.md section 4)."""
    return (
        Slot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation", "location", "partnership")
        .get(pk=pk)
    )


def enrolments(pks: Iterable[int]) -> None:
    """Several enrolments, in the order of their keys."""
    rows = Enrolment.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    list(rows.order_by("pk").values_list("pk", flat=True))


def slots(rows: QuerySet[Slot]) -> list[int]:
    """Several slots, in the order of their keys, for acts that lock them one by one; gives those keys."""
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    return list(locked.values_list("pk", flat=True))


def to_open_again(rows: QuerySet[Slot]) -> None:
    """Several slots, after what is locked before them: where they are, and whose proposals ended with them."""
    known = list(rows.order_by().values_list("pk", "partnership_id", "location_id"))
    for partnership_id in sorted({partnership_id for _pk, partnership_id, _location_id in known}):
        partnership_under_lock(partnership_id)
    for location_id in sorted({location_id for _pk, _partnership_id, location_id in known}):
        location_under_lock(location_id)
    pks = [pk for pk, _partnership_id, _location_id in known]
    ended = Match.objects.filter(slot__in=pks, close_cause=Cause.SLOT_CLOSED)
    enrolments(ended.values_list("enrolment_id", flat=True))
    slots(Slot.objects.filter(pk__in=pks))


def offered(pk: int, *, again: bool = False) -> Slot:
    """The slot for whoever puts it online: under the locks of its partnership and location too, taken before all others.

    Those close with what is online there; what comes online at that very moment would stay. Raises Changed when it is
    somewhere else by now. `again`: with the enrolments of the proposals that ended with it.
    """
    known = Slot.objects.values("partnership_id", "location_id").get(pk=pk)
    if again:
        to_open_again(Slot.objects.filter(pk=pk))
    else:
        where(**known)
    found = slot(pk)
    if (found.partnership_id, found.location_id) != (known["partnership_id"], known["location_id"]):
        raise Changed
    return found


def where(*, partnership_id: int, location_id: int) -> tuple[Partnership, Location]:
    """A partnership and a location: under these locks neither closes."""
    return partnership_under_lock(partnership_id), location_under_lock(location_id)


def match(pk: int) -> Match:
    """The match with the people around it, as mails and checks need them."""
    (found,) = matches([pk])
    return found


def matches(pks: Iterable[int]) -> list[Match]:
    """Several matches, locked in the order of their keys."""
    return list(
        Match.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=pks)
        .select_related(
            "slot__organisation",
            "slot__location",
            "slot__partnership",
            "slot__supervisor__person__user",
            "enrolment__student__person__user",
            "enrolment__cohort__programme__school",
            "proposed_by__user",
        )
        .order_by("pk")
    )


def placement(pk: int, by: Actor | None = None) -> Placement:
    """One placement with the people around it, and as the rules need it for who acts; its slot is locked before it.

    That counts who has a seat (`Slot.taken`), so it is written with the placement. `around` comes before it where the act
    may take a seat.
    """
    slots(Slot.objects.filter(placements=pk))
    rows = Placement.objects.with_taught(by) if by else Placement.objects.all()
    return (
        rows.select_for_update(of=("self",), no_key=True)
        .select_related(
            "slot__organisation",
            "slot__location",
            "student__person__user",
            "enrolment__cohort__programme__school",
        )
        .get(pk=pk)
    )


def around(placement_id: int) -> Slot:
    """What a placement takes its days and seat from, in the order of all locks: enrolment, student, slot."""
    known = Placement.objects.values("enrolment_id", "student_id", "slot_id").get(pk=placement_id)
    enrolment(known["enrolment_id"])
    student(known["student_id"])
    return slot(known["slot_id"])


def around_all(placements: Collection[int]) -> None:
    """Enrolments and slots of several placements, for acts that lock those one by one."""
    known = Placement.objects.filter(pk__in=placements)
    enrolments(known.values_list("enrolment_id", flat=True))
    slots(Slot.objects.filter(pk__in=list(known.values_list("slot_id", flat=True))))
