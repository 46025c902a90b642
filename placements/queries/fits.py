"""Why a slot suits a student: crebo, period, distance, wishes, accreditation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import towns
from core.lookups import keys_of
from core.readlog import unseen
from core.text import unaccented
from placements.enums import OPEN_MATCH, Setting
from placements.models import Match, Slot
from placements.models.slots import SlotQuerySet
from placements.queries.placed import seeking
from placements.queries.seats import period_of
from programmes.models import AccreditationCheck, Qualification
from students.models import Enrolment
from students.models.enrolments import EnrolmentQuerySet

NEAR_KM = 15
FAR_KM = 10_000.0
Accreditations = dict[int, list[AccreditationCheck]]


@dataclass(frozen=True)
class Fit:
    """What speaks for a pair and what to look out for, in words."""

    slot: Slot
    enrolment: Enrolment
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    kilometres: float | None
    # Of the reasons those that say nothing of where the student lives or what was wished: an employer reads them.
    shared: tuple[str, ...] = ()

    @property
    def distance(self) -> str:
        """How far it is from home, in words; empty where that is not known. A town is known by its middle."""
        if self.kilometres is None:
            return ""
        number = round(self.kilometres)
        return _("%(km)d km") % {"km": number} if number else _("less than 1 km")

    @property
    def reason(self) -> str:
        """Why this pair, as it stands in a proposal unless someone writes another reason."""
        return ". ".join(self.shared) + "." if self.shared else ""

    @property
    def order(self) -> tuple[int, int, float, int, int]:
        """What the best fits are sorted by: few warnings, many reasons, near; never by name."""
        return (
            len(self.warnings),
            -len(self.reasons),
            FAR_KM if self.kilometres is None else self.kilometres,
            self.slot.pk,
            self.enrolment.pk,
        )


def with_crebos(slots: SlotQuerySet, crebos: Any) -> SlotQuerySet:
    """The slots for one of these crebos; no other slot can fit."""
    meant = keys_of(Qualification.objects.filter(crebo__in=crebos))
    return slots.filter(qualification_ids__overlap=meant)


def slots_for(enrolment: Enrolment, slots: SlotQuerySet) -> list[Fit]:
    """All slots given that one student could have, the best first, with why; `enrolment` has its programme loaded."""
    crebos = enrolment.cohort.programme.qualifications.values("crebo")
    asked = Match.objects.filter(slot=OuterRef("pk"), enrolment=enrolment, state__in=OPEN_MATCH)
    found = list(
        with_crebos(slots, crebos)
        .filter(~Exists(asked), starts_on__lt=enrolment.ends_on)
        .with_free()
        .for_list()
    )
    known = accreditations_of({slot.organisation_id for slot in found})
    return _best(weigh(slot, enrolment, known) for slot in found)


@unseen()
def students_for(slot: Slot, enrolments: EnrolmentQuerySet) -> list[Fit]:
    """All students given who could come to one slot, whom it suits best first, with why."""
    crebos = [row.crebo for row in slot.qualifications.all()]
    asked = Match.objects.filter(slot=slot, enrolment=OuterRef("pk"), state__in=OPEN_MATCH)
    candidates = (
        seeking(enrolments)
        .filter(
            ~Exists(asked),
            cohort__programme__qualifications__crebo__in=crebos,
            ends_on__gt=slot.starts_on,
        )
        .distinct()
        .select_related("student__person", "cohort__programme__school")
        .prefetch_related("cohort__programme__qualifications")
        .order_by("pk")
    )
    known = accreditations_of({slot.organisation_id})
    return _best(weigh(slot, enrolment, known) for enrolment in candidates)


def accreditations_of(organisation_ids: Iterable[int]) -> Accreditations:
    """What every school and the national source know of the accreditation of employers, in one query, oldest first."""
    found: Accreditations = defaultdict(list)
    rows = AccreditationCheck.objects.counting().of_employers(list(organisation_ids))
    for row in rows.select_related("organisation", "school").order_by("checked_on", "pk"):
        found[row.employer_id].append(row)
    return found


def weigh(slot: Slot, enrolment: Enrolment, known: Accreditations) -> Fit:
    """Everything about one pair; both are loaded with their qualifications."""
    offered = {row.crebo for row in slot.qualifications.all()}
    needed = [row.crebo for row in enrolment.cohort.programme.qualifications.all()]
    kilometres = _kilometres(slot, enrolment)
    reasons, shared, warnings = [], [], []
    missing = [crebo for crebo in needed if crebo not in offered]
    if needed and not missing:
        shared.append(_("The programme fits"))
        reasons.append(shared[-1])
    else:
        warnings.append(
            _("The training place is not meant for crebo %(crebos)s") % {"crebos": ", ".join(missing) or "?"}
        )
    if kilometres is not None and kilometres <= NEAR_KM:
        reasons.append(_from_home(kilometres))
    wish = _wish(slot, enrolment)
    if wish:
        reasons.append(_("Fits the wish: %(wish)s") % {"wish": wish})
    if period := _weigh_period(slot, enrolment, warnings):
        shared.append(period)
        reasons.append(period)
    unproved = missing_accreditation(slot, enrolment, known)
    if unproved:
        warnings.append(
            _("No accreditation known on the first day for crebo %(crebos)s")
            % {"crebos": ", ".join(unproved)}
        )
    return Fit(slot, enrolment, tuple(reasons), tuple(warnings), kilometres, tuple(shared))


def _from_home(kilometres: float) -> str:
    """Towns are known by their middle, so a place in one's own town is near, not at no distance."""
    number = round(kilometres)
    return _("%(km)d km from home") % {"km": number} if number else _("Less than 1 km from home")


def _weigh_period(slot: Slot, enrolment: Enrolment, warnings: list[str]) -> str:
    """What speaks for the period; empty when the days do not overlap, which is a warning."""
    starts_on, ends_on = period_of(slot, enrolment)
    if starts_on >= ends_on:
        warnings.append(_("The periods do not overlap"))
        return ""
    if slot.ends_on >= enrolment.ends_on:
        return _("Lasts until the end of the programme")
    return _("The period fits")


def missing_accreditation(slot: Slot, enrolment: Enrolment, known: Accreditations) -> list[str]:
    """Crebos of the programme for which its school has not found the employer accredited on the first day."""
    first, programme = period_of(slot, enrolment)[0], enrolment.cohort.programme
    relied_on = (None, programme.school_id)
    newest = {row.crebo: row for row in known.get(slot.organisation_id, []) if row.found_by_id in relied_on}
    proved = {crebo for crebo, row in newest.items() if row.holds_on(first)}
    return [row.crebo for row in programme.qualifications.all() if row.crebo not in proved]


def home_of(enrolment: Enrolment) -> tuple[float, float] | None:
    """Where the student lives, as far as a postcode or town tells."""
    town = towns.find(enrolment.student.pc4) or towns.find(enrolment.student.town)
    return town.point if town else None


def _kilometres(slot: Slot, enrolment: Enrolment) -> float | None:
    home, location = home_of(enrolment), slot.location
    there = (
        (location.latitude, location.longitude)
        if location.latitude is not None and location.longitude is not None
        else None
    )
    town = towns.find(location.pc4) if there is None else None
    there = town.point if town else there
    return towns.distance_km(home, there) if home and there else None


def _wish(slot: Slot, enrolment: Enrolment) -> str:
    """The kind or the town of this slot when the student's wishes name it, otherwise nothing."""
    wishes = unaccented(enrolment.wishes)
    for word in (str(Setting(slot.setting).label), slot.location.municipality, slot.location.neighbourhood):
        if word and unaccented(word) in wishes:
            return word
    return ""


def _best(fits: Iterable[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: fit.order)
