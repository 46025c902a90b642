"""Who teaches a cohort: asked when a mail is written, in one query for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from accounts.enums import Role
from accounts.models import Person
from partnerships.actors import Actor
from partnerships.enums import MandateKind
from partnerships.models import Membership
from partnerships.queries.people import People
from programmes.models import Cohort, CohortTeacher


def teachers(cohort_ids: Collection[int], *, may_sign: bool = False) -> People:
    """The teachers of each cohort whose membership runs and whose account works, each person once.

    `may_sign` leaves only those with a mandate to sign for the school.
    """
    teaching = Membership.objects.working().filter(role=Role.TEACHER)
    if may_sign:
        teaching = teaching.mandated(MandateKind.SIGN)
    rows = CohortTeacher.objects.running().filter(cohort__in=cohort_ids, membership__in=teaching)
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in rows.select_related("membership__person__user").order_by("membership__person_id", "pk"):
        found[row.cohort_id][row.membership.person_id] = row.membership.person
    return {cohort: list(recipients.values()) for cohort, recipients in found.items()}


def teachers_of(cohort_id: int) -> list[Person]:
    """The same for one cohort."""
    return teachers([cohort_id]).get(cohort_id, [])


def teaching_roles(cohort: Cohort) -> list[int]:
    """The roles by which the teachers of today teach a cohort, also of those who left the school."""
    return list(cohort.cohort_teachers.running().order_by("pk").values_list("membership", flat=True))


def lead_role(cohort: Cohort) -> int | None:
    """The role by which someone teaches a cohort who is asked first; None when nobody is."""
    return cohort.cohort_teachers.running().filter(is_lead=True).values_list("membership", flat=True).first()


def own_teaching(actor: Actor) -> list[int]:
    """The actor's memberships as a teacher, at whatever school."""
    return sorted(actor.memberships(Role.TEACHER))
