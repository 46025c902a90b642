"""Students of a whole list into a cohort at once, and out of it again while nobody has touched them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.enums import Role
from accounts.models import Invitation, Person
from accounts.services import invitations
from core import bulk, changes, outbox
from core.access import ensure
from core.models import OutgoingMail
from core.text import sort_key
from partnerships.actors import Actor
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.models import Enrolment, Student
from students.queries.enrolments import versions_of
from students.rules import enrolments as rules

OF_STUDENT = ("town", "pc4")
OF_ENROLMENT = ("wishes",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A student of a list, new to the school; `has_seat` is False for one who comes on the waiting list."""

    first_name: str
    name_prefix: str
    last_name: str
    email: str
    born_on: dt.date
    town: str
    pc4: str
    starts_on: dt.date
    wishes: str
    has_seat: bool


@transaction.atomic
def enrol(*, cohort: Cohort, students: Sequence[Listed], invite: bool, by: Actor) -> list[Enrolment]:
    """Enrol all of them, in their order, as they were checked under the lock of the cohort and its school.

    The number of statements is the same for one and for a thousand. With `invite` those who have a seat get the link to make
    an account, as when a teacher enrols one of them.
    """
    ensure(rules.can_enrol(by, cohort))
    people = Person.objects.bulk_create([_person(given) for given in students])
    seated = [person for person, given in zip(people, students, strict=True) if given.has_seat]
    invited: dict[int, Invitation] = {}
    if invite and seated:
        made = invitations.invite_all(
            people=seated,
            purpose=Role.STUDENT,
            party_name=cohort.programme.school.name,
            invited_by=by.person_id,
        )
        invited = {invitation.person_id: invitation for invitation in made}
    learners = Student.objects.bulk_create(
        [
            Student(
                person=person,
                invitation=invited.get(person.pk),
                born_on=given.born_on,
                town=given.town,
                pc4=given.pc4,
            )
            for person, given in zip(people, students, strict=True)
        ]
    )
    return Enrolment.objects.bulk_create(
        [
            Enrolment(
                student=student,
                cohort=cohort,
                state=EnrolmentState.ENROLLED if given.has_seat else EnrolmentState.WAITING,
                starts_on=given.starts_on,
                ends_on=cohort.ends_on,
                wishes=given.wishes,
            )
            for student, given in zip(learners, students, strict=True)
        ]
    )


def _person(given: Listed) -> Person:
    return Person(
        first_name=given.first_name,
        name_prefix=given.name_prefix,
        last_name=given.last_name,
        email=given.email,
        sort_name=sort_key(last_name=given.last_name, first_name=given.first_name, prefix=given.name_prefix),
    )


@transaction.atomic
def correct(
    *, cohort: Cohort, values: Mapping[int, Mapping[str, Any]], by: Actor
) -> dict[int, tuple[dict[str, Any], str]]:
    """Write town, postcode and wishes of students of the cohort, by enrolment; the record of each change is kept.

    Returns per enrolment what it was before and the versions after.
    """
    ensure(rules.can_enrol(by, cohort))
    found = list(
        Enrolment.objects.filter(pk__in=values, cohort=cohort)
        .select_for_update(of=("self", "student"), no_key=True)
        .select_related("student")
        .order_by("pk")
    )
    before: dict[int, dict[str, Any]] = {}
    recorded = []
    for enrolment in found:
        student, new = enrolment.student, values[enrolment.pk]
        was = {name: getattr(student, name) for name in OF_STUDENT if name in new}
        recorded.append((student, was, student.public_id))
        before[enrolment.pk] = was | {name: getattr(enrolment, name) for name in OF_ENROLMENT if name in new}
        for name, value in new.items():
            setattr(student if name in OF_STUDENT else enrolment, name, value)
    Student.objects.bulk_update([row.student for row in found], OF_STUDENT)
    Enrolment.objects.bulk_update(found, OF_ENROLMENT)
    changes.record_all(recorded, by=by.person_id)
    after = versions_of(before)
    return {key: (was, after[key]) for key, was in before.items()}


@transaction.atomic
def take_out(*, cohort: Cohort, enrolments: Mapping[int, str], by: Actor) -> set[int]:
    """Take students out that a list put in: as if they had never been there. Returns the keys of those that are gone.

    By key the versions right after the list. Who has an account by now, or was changed, or has a plan, a proposal or
    anything else, stays. Links that were mailed stop working, and mails that still wait are not sent.
    """
    ensure(rules.can_enrol(by, cohort))
    present = versions_of(enrolments)
    rows = (
        Enrolment.objects.filter(pk__in=[key for key, was in enrolments.items() if present.get(key) == was])
        .filter(cohort=cohort, student__person__user__isnull=True)
        .select_related("student")
        .order_by("pk")
    )
    return {row.pk for row in bulk.removed(list(rows), _delete)}


def _delete(enrolments: Sequence[Enrolment]) -> None:
    """Delete them with the people behind them. Raises ProtectedError when anything else points to one of those."""
    students = {row.student_id for row in enrolments}
    people = {row.student.person_id for row in enrolments}
    waiting = OutgoingMail.objects.filter(person__in=people, state__in=outbox.NEVER_OUT)
    waiting.update(**outbox.STOPPED_FOR_GOOD)
    OutgoingMail.objects.filter(person__in=people).update(person=None)
    Enrolment.objects.filter(pk__in=[row.pk for row in enrolments]).delete()
    Student.objects.filter(pk__in=students).delete()
    Invitation.objects.filter(person__in=people, accepted_at__isnull=True).delete()
    Person.objects.filter(pk__in=people).delete()
