"""The people behind the three parties of a student, computed when a mail is made."""

from __future__ import annotations

from accounts.enums import Role
from accounts.models import User
from partnerships.models import Membership
from students.enums import Party
from students.models import Enrolment


def people_of(enrolment: Enrolment, *parties: Party) -> list[User]:
    """Accounts of the named parties, each person once; who has no account hears nothing."""
    found: dict[int, User] = {}
    if Party.STUDENT in parties and enrolment.student.user is not None:
        found[enrolment.student.user.pk] = enrolment.student.user
    memberships = Membership.objects.running().select_related("user").order_by("pk")
    if Party.SCHOOL in parties:
        teaching = memberships.filter(pk__in=enrolment.parties.teacher_memberships)
        found |= {row.user_id: row.user for row in teaching}
    if Party.EMPLOYER in parties and enrolment.parties.employer is not None:
        trainers = memberships.filter(
            organisation=enrolment.parties.employer, role__in=[Role.CONTACT, Role.PRACTICE_TRAINER]
        )
        found |= {row.user_id: row.user for row in trainers}
    return [user for user in found.values() if user.is_active]
