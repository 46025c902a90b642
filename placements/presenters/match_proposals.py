"""The page on which a student and a slot are chosen for each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from partnerships.models import Partnership
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries import choosing, fits
from placements.queries.sight import sight_of
from placements.rules.slots import takes_proposals
from programmes.models import Cohort
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet

if TYPE_CHECKING:
    from partnerships.actors import Actor


@dataclass(frozen=True)
class Scope:
    """Whose students and which slots this page is about.

    `seekers` and `rooms` give the keys of its two lists where a written query reads them.
    """

    title: str
    back_label: str
    space: str
    find_enrolments: Callable[[], EnrolmentQuerySet]
    find_slots: Callable[[], SlotQuerySet]
    seekers: Callable[[], list[int]] | None = None
    rooms: Callable[[], list[int]] | None = None

    @cached_property
    def enrolments(self) -> EnrolmentQuerySet:
        """Of students who can be chosen."""
        return self.find_enrolments()

    @cached_property
    def slots(self) -> SlotQuerySet:
        """Those that can be chosen."""
        return self.find_slots()

    @property
    def chooseable_enrolments(self) -> EnrolmentQuerySet:
        """With what a chosen student needs to be weighed."""
        return self.enrolments.select_related(
            "student__person", "cohort__programme__school"
        ).prefetch_related("cohort__programme__qualifications")

    @property
    def students_without_place(self) -> EnrolmentQuerySet:
        """The list to begin with, by name."""
        return choosing.by_name(self.enrolments)

    @property
    def slots_with_room(self) -> SlotQuerySet:
        """The other list to begin with."""
        return choosing.with_room(self.slots)


def of_cohort(actor: Actor, cohort: Cohort) -> Scope:
    """A teacher: the students of a cohort, and the slots that its programme can use."""

    def slots() -> SlotQuerySet:
        found = Slot.objects.found_by(actor, sight_of(actor))
        return fits.with_crebos(found, cohort.programme.qualifications.values("crebo"))

    enrolments = Enrolment.objects.visible_to(actor).filter(cohort=cohort)
    return Scope(cohort.name, cohort.programme.school.name, "teacher", lambda: enrolments, slots)


def of_partnership(actor: Actor, partnership: Partnership) -> Scope:
    """A coordinator: all students and slots of the partnership."""
    whose: dict[str, Any] = {"actor": actor, "partnership": partnership.pk}
    return Scope(
        partnership.name,
        partnership.name,
        "coordinator",
        partial(choosing.enrolments_in, *whose.values()),
        partial(choosing.slots_in, *whose.values()),
        partial(choosing.seekers_in, **whose),
        partial(choosing.rooms_in, **whose),
    )


def what_fits(scope: Scope, slot: Slot | None, enrolment: Enrolment | None) -> dict[str, Any]:
    """How a chosen pair fits, or what fits the one that was chosen; nothing when neither was."""
    if slot and enrolment:
        waiting = Match.objects.open().filter(slot=slot).count()
        return {
            "fit": fits.weigh(slot, enrolment, fits.accreditations_of({slot.organisation_id})),
            "can_propose": takes_proposals(slot, waiting),
        }
    if enrolment:
        return {"fits": fits.slots_for(enrolment, scope.slots)}
    return {"fits": fits.students_for(slot, scope.enrolments)} if slot else {}
