"""Who relies on whose accreditation: which employers a school may check, and which placements a check touches."""

from __future__ import annotations

from collections.abc import Collection

from partnerships.models import Member, Organisation
from partnerships.models.organisations import OrganisationQuerySet
from placements.models import Placement
from programmes.models import AccreditationCheck


def employers_relied_on(school_id: int | None) -> OrganisationQuerySet:
    """Employers in a partnership with the school, or where its students are; without a school all employers."""
    employers = Organisation.objects.employers()
    if school_id is None:
        return employers
    running = Member.objects.running()
    shared = running.filter(partnership__in=running.filter(organisation=school_id).values("partnership"))
    placed = Placement.objects.live().filter(enrolment__cohort__programme__school=school_id)
    there = shared.values("organisation").union(placed.values("slot__organisation"))
    return employers.filter(pk__in=there)


def counting(check: AccreditationCheck) -> AccreditationCheck | None:
    """The check that counts now for the same school, employer and crebo; nothing when there is none."""
    return AccreditationCheck.objects.counting().of_the_same(check).first()


def without_accreditation(check: AccreditationCheck) -> Collection[Placement]:
    """The live placements at this employer that lost the accreditation for this crebo, by the checks of today."""
    return list(Placement.objects.relying_on(check).without_accreditation(crebo=check.crebo))
