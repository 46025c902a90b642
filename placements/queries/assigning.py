"""Which student for which place when many are chosen at once: the best pairs first, and no seat offered twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.readlog import unseen
from placements.models import Slot
from placements.models.slots import SlotQuerySet
from placements.queries.fits import Accreditations, Fit, accreditations_of, weigh, with_crebos
from students.models import Enrolment


@unseen()
def candidates(enrolments: Sequence[Enrolment], slots: SlotQuerySet) -> dict[int, list[Fit]]:
    """By enrolment the places with room that its whole programme fits, in days that overlap, the best first.

    The enrolments have their programmes loaded with the qualifications. What is loaded of a place: for lists, with the
    proposals that wait there.
    """
    crebos = {row.crebo for one in enrolments for row in one.cohort.programme.qualifications.all()}
    rows = [
        slot for slot in with_crebos(slots, crebos).with_free().with_open_matches().for_list() if _room(slot)
    ]
    known = accreditations_of({slot.organisation_id for slot in rows})
    return {one.pk: _fitting(one, rows, known) for one in enrolments}


def _fitting(enrolment: Enrolment, slots: Sequence[Slot], known: Accreditations) -> list[Fit]:
    needed = {row.crebo for row in enrolment.cohort.programme.qualifications.all()}
    found = [
        weigh(slot, enrolment, known)
        for slot in slots
        if needed and needed <= {row.crebo for row in slot.qualifications.all()}
    ]
    return sorted((fit for fit in found if fit.reason and _overlaps(fit)), key=lambda fit: fit.order)


def _overlaps(fit: Fit) -> bool:
    slot, enrolment = fit.slot, fit.enrolment
    return max(slot.starts_on, enrolment.starts_on) < min(slot.ends_on, enrolment.ends_on)


def _room(slot: Slot) -> int:
    """For how many more students one can be proposed: seats that nobody has and for which nobody waits."""
    waiting = slot.open_matches
    return max(0, min(slot.seats - slot.taken - waiting, slot.most_open - waiting))


def assign(found: Mapping[int, Sequence[Fit]]) -> dict[int, Fit]:
    """A place for as many as there is room for, by enrolment: whoever fits somewhere best comes first there."""
    room = {fit.slot.pk: _room(fit.slot) for fits in found.values() for fit in fits}
    chosen: dict[int, Fit] = {}
    for fit in sorted((fit for fits in found.values() for fit in fits), key=lambda fit: fit.order):
        if fit.enrolment.pk not in chosen and room[fit.slot.pk]:
            chosen[fit.enrolment.pk] = fit
            room[fit.slot.pk] -= 1
    return chosen
