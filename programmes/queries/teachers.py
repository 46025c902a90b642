"""Who teaches a cohort: asked when a mail is written, in one query for a whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from accounts.enums import Role
from accounts.models import User
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.queries.people import People
from programmes.models import CohortTeacher


def teachers(cohort_ids: Collection[int], *, may_sign: bool = False) -> People:
    """The teachers of each cohort whose membership runs and whose account works, each person once.

    `may_sign` leaves only those who sign for the school.
    """
    teaching = Membership.objects.running().filter(role=Role.TEACHER, user__is_active=True)
    if may_sign:
        teaching = teaching.filter(may_sign=True)
    rows = CohortTeacher.objects.filter(cohort__in=cohort_ids, membership__in=teaching)
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for row in rows.select_related("membership__user").order_by("membership__user_id", "pk"):
        found[row.cohort_id][row.membership.user_id] = row.membership.user
    return {cohort: list(users.values()) for cohort, users in found.items()}


def teachers_of(cohort_id: int) -> list[User]:
    """The same for one cohort."""
    return teachers([cohort_id]).get(cohort_id, [])


def own_teaching(actor: Actor) -> list[int]:
    """The actor's memberships as a teacher, at whatever school."""
    return sorted(actor.memberships(Role.TEACHER))
