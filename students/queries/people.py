"""The people behind the three parties of a student: who may answer for a party now.

The same people as `students.rules.party_of` lets act, asked from the other side: for mails and reminders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, Q

from accounts.enums import Role
from accounts.models import Person
from partnerships.enums import MandateKind
from partnerships.models import Affiliation, Membership, SignUp
from partnerships.models.memberships import carries
from partnerships.queries.people import people as people_at
from partnerships.roles import EMPLOYER_PARTY
from students.enums import Party
from students.models import Enrolment, Student


def known_elsewhere(student: Student, school_id: int) -> dict[str, bool]:
    """Who besides this school knows the student: another school, or that or anyone else the person; as the rule asks it."""
    school = Enrolment.objects.filter(student=student.pk).exclude(cohort__programme__school=school_id)
    roles = Membership.objects.filter(person=student.person_id).exclude(organisation=school_id)
    takes_part = Affiliation.objects.filter(person=student.person_id).exclude(organisation=school_id)
    signed_up = SignUp.objects.filter(contact=student.person_id)
    anyone = Exists(roles) | Exists(takes_part) | Exists(signed_up)
    found = Student.objects.filter(pk=student.pk).annotate(at_school=Exists(school), elsewhere=Q(anyone))
    at_school, elsewhere = found.values_list("at_school", "elsewhere").get()
    return {"is_at_another_school": at_school, "is_known_elsewhere": at_school or elsewhere}


def people(enrolments: Collection[Enrolment]) -> dict[int, dict[Party, list[Person]]]:
    """Per enrolment and party the working accounts, each person once; two queries for a whole batch.

    The student; the teachers of the cohort; contacts and practice trainers of today's employer, with the own
    supervisors who may agree on its behalf. Rows need `with_parties()` and the student's person.
    """
    around = [row.parties for row in enrolments]
    contacts = people_at({one.employer for one in around if one.employer is not None}, EMPLOYER_PARTY)
    members = _members({pk for one in around for pk in one.teacher_memberships | one.own_supervisors})
    found: dict[int, dict[Party, list[Person]]] = {}
    for row in enrolments:
        parties, student = row.parties, row.student.person
        employer: list[Person] = []
        if parties.employer is not None:
            employer = [
                *contacts.get(parties.employer, []),
                *_held(members, parties.own_supervisors, Role.SUPERVISOR),
            ]
        found[row.pk] = {
            Party.STUDENT: [student] if student.can_sign_in else [],
            Party.EMPLOYER: _once(employer),
            Party.SCHOOL: _once(_held(members, parties.teacher_memberships, Role.TEACHER)),
        }
    return found


def people_of(enrolment: Enrolment, *parties: Party) -> list[Person]:
    """Accounts of the named parties of one enrolment, each person once; who has no account hears nothing."""
    found = people([enrolment])[enrolment.pk]
    return _once(person for party in parties for person in found[party])


def people_at_work(enrolment: Enrolment) -> list[Person]:
    """Working accounts of all who stand on the employer's side today, also in an exchange; as `rules.side_of` asks it."""
    around = enrolment.parties
    places = {*around.employers, *around.exchange_hosts}
    guides = around.supervisors | around.exchange_supervisors
    rows = Membership.objects.working().filter(
        Q(organisation__in=places, role__in=EMPLOYER_PARTY) | Q(pk__in=guides, role=Role.SUPERVISOR)
    )
    return _once(row.person for row in rows.select_related("person__user").order_by("pk"))


def _members(memberships: Collection[int]) -> dict[int, Membership]:
    """Running memberships that act for a party: teachers, and supervisors with a mandate to consent."""
    rows = Membership.objects.working().filter(
        Q(role=Role.TEACHER) | Q(carries(MandateKind.CONSENT)), pk__in=memberships
    )
    return {row.pk: row for row in rows.select_related("person__user").order_by("pk")}


def _held(members: dict[int, Membership], memberships: Collection[int], role: Role) -> list[Person]:
    found = (members[pk] for pk in sorted(memberships) if pk in members)
    return [row.person for row in found if row.role == role]


def _once(recipients: Iterable[Person]) -> list[Person]:
    return list({person.pk: person for person in recipients}.values())
