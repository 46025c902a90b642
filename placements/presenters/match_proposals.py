"""The page on which a student and a slot are chosen for each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.lookups import keys_of
from partnerships.models import Partnership
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries import fits
from placements.queries.placed import seeking
from placements.queries.sight import sight_of
from placements.rules.slots import takes_proposals
from programmes.models import Cohort
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet

if TYPE_CHECKING:
    from partnerships.actors import Actor


@dataclass(frozen=True)
class Scope:
    """Whose students and which slots this page is about."""

    title: str
    back_label: str
    enrolments: EnrolmentQuerySet
    slots: SlotQuerySet
    space: str

    @property
    def chooseable_enrolments(self) -> EnrolmentQuerySet:
        """With what a chosen student needs to be weighed."""
        return self.enrolments.select_related(
            "student__person", "cohort__programme__school"
        ).prefetch_related("cohort__programme__qualifications")

    @property
    def students_without_place(self) -> EnrolmentQuerySet:
        """The list to begin with, by name."""
        return seeking(self.enrolments).order_by("student__person__sort_name", "pk")

    @property
    def slots_with_room(self) -> SlotQuerySet:
        """The other list to begin with."""
        return self.slots.with_free().order_by("starts_on", "title", "pk")


def of_cohort(actor: Actor, cohort: Cohort) -> Scope:
    """A teacher: the students of a cohort, and the slots that its programme can use."""
    visible = Enrolment.objects.visible_to(actor).filter(cohort=cohort)
    found = Slot.objects.found_by(actor, sight_of(actor))
    slots = fits.with_crebos(found, cohort.programme.qualifications.values("crebo"))
    return Scope(cohort.name, cohort.programme.school.name, visible, slots, "teacher")


def of_partnership(actor: Actor, partnership: Partnership) -> Scope:
    """A coordinator: all students and slots of the partnership."""
    cohorts = keys_of(Cohort.objects.filter(programme__partnership=partnership))
    enrolments = Enrolment.objects.visible_to(actor).filter(cohort__in=cohorts)
    slots = Slot.objects.visible_to(actor).filter(partnership=partnership).findable()
    return Scope(partnership.name, partnership.name, enrolments, slots, "coordinator")


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
