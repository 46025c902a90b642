"""Students into cohorts and out of them; a cohort is never fuller than it may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Person
from accounts.services import invitations, people
from core import changes, emails, states, versions
from core.access import ensure
from core.constraints import explained
from core.likeness import unanswered
from core.text import full_name
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.models import Organisation
from partnerships.services.locks import organisation_under_lock
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.mail import enrolments as mail
from students.models import Enrolment, Student
from students.models.enrolments import IS_IN_COHORT
from students.queries.cohorts import free_seats
from students.queries.likeness import students_like
from students.queries.people import known_elsewhere
from students.rules import enrolments as rules
from students.services import locks, plans
from students.signals import enrolment_days_changed

INVITATION_PAUSE = dt.timedelta(minutes=10)  # between two mails with a link to the same student


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStudent:
    """What a school fills in about a student; `starts_on` is the cohort's first day when left out."""

    first_name: str
    last_name: str
    email: str
    born_on: dt.date
    town: str
    pc4: str
    name_prefix: str = ""
    starts_on: dt.date | None = None
    wishes: str = ""
    # The student of the school who is meant; the keys of those who were said to be someone else, None when not asked.
    known: int | None = None
    seen: frozenset[int] | None = None


@transaction.atomic
def enrol(
    *,
    cohort_id: int,
    first_name: str,
    last_name: str,
    email: str,
    born_on: dt.date,
    town: str,
    pc4: str,
    name_prefix: str = "",
    starts_on: dt.date | None = None,
    wishes: str = "",
    by: Actor,
    known: int | None = None,
    seen: frozenset[int] | None = None,
) -> Enrolment:
    """Put a student in a cohort and invite; when it is full, on its waiting list.

    `known` is the student of the school who is meant, `seen` are the keys of those who were said to be someone else.
    """
    student = NewStudent(
        first_name=first_name,
        last_name=last_name,
        email=email,
        born_on=born_on,
        town=town,
        pc4=pc4,
        name_prefix=name_prefix,
        starts_on=starts_on,
        wishes=wishes,
        known=known,
        seen=seen,
    )
    return enrol_all(cohort_id=cohort_id, students=[student], by=by)[0]


@transaction.atomic
def enrol_all(*, cohort_id: int, students: Sequence[NewStudent], by: Actor) -> list[Enrolment]:
    """Enrol all of them or none, in their order; the last ones may come on the waiting list.

    Two of them who look alike were read side by side: about each other nothing is asked.
    """
    cohort = locks.cohort(cohort_id, by)
    ensure(rules.can_enrol(by, cohort))
    # The same person must not be made twice by two cohorts of a school that enrol at one moment.
    school = organisation_under_lock(cohort.programme.school_id)
    free = free_seats(cohort)
    enrolments: list[Enrolment] = []
    for number, given in enumerate(students):
        beside = {made.student_id for made in enrolments}
        enrolment = _enrol(cohort, school, given, beside, has_seat=number < free)
        enrolments.append(enrolment)
        if enrolment.state == EnrolmentState.ENROLLED:
            tell(enrolment=enrolment, school=school, by=by)
    return enrolments


@transaction.atomic
def change(*, enrolment_id: int, by: Actor, version: str | None, **values: Any) -> Enrolment:
    """Correct an enrolment or its student. Another address before there is an account gets an invitation of its own.

    `version` is what was read of enrolment, student and person.
    """
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_edit_enrolment(by, enrolment.cohort, enrolment))
    student = enrolment.student
    known = known_elsewhere(student, enrolment.cohort.programme.school_id)
    ensure(rules.can_correct(values, student, **known))
    versions.claim(version, enrolment, student, student.person)
    before, former = student.address, (enrolment.starts_on, enrolment.ends_on)
    for name, value in values.items():
        setattr(_home(name, enrolment), name, value)
    with explained(enrolment):
        made = [
            changes.save(row, by=by.person_id, subject=student.public_id)
            for row in (student.person, student, enrolment)
        ]
    if (enrolment.starts_on, enrolment.ends_on) != former:
        enrolment_days_changed.send(sender=Enrolment, enrolment=enrolment, former=former)
    people.tell_of(person=student.person, made=made[0], by=by.person_id)
    if student.address != before and enrolment.state == EnrolmentState.ENROLLED and not student.has_account:
        _send_invitation(student, enrolment.cohort.programme.school, by)
    return enrolment


@transaction.atomic
def tell_wishes(*, enrolment_id: int, wishes: str, by: Actor, version: str | None) -> None:
    """Write down what the student would like in a training place, in the student's own words."""
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_tell_wishes(by, enrolment))
    versions.claim(version, enrolment)
    enrolment.wishes = wishes
    changes.save(enrolment, by=by.person_id, subject=enrolment.student.public_id)


def _home(field: str, enrolment: Enrolment) -> Enrolment | Student | Person:
    """Whose field it is: each fact about a student stands in one place."""
    if field in {"starts_on", "ends_on", "wishes"}:
        return enrolment
    return enrolment.student.person if field in rules.OF_PERSON else enrolment.student


@transaction.atomic
def admit(*, enrolment_id: int, by: Actor, read: str | None) -> Enrolment:
    """Give someone of the waiting list a seat that has come free, and invite."""
    enrolment = locks.enrolment(enrolment_id, by)
    cohort = locks.cohort(enrolment.cohort_id, by)
    ensure(rules.can_admit(by, cohort, enrolment))
    versions.ensure(read, enrolment)
    if not free_seats(cohort):
        raise ValidationError(_("The cohort is full. A seat must come free first."))
    states.advance(enrolment, "admit", by=by.person_id)
    plans.go_on(enrolment=enrolment, by=by)
    tell(enrolment=enrolment, school=cohort.programme.school, by=by)
    return enrolment


@transaction.atomic
def invite(*, enrolment_id: int, by: Actor, read: str | None) -> Enrolment:
    """Mail the student a (new) link to make an account; not twice in ten minutes."""
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_invite(by, enrolment.cohort, enrolment))
    versions.ensure(read, enrolment, enrolment.student.person)
    known = enrolment.student.invitation
    if (
        known
        and max(known.created_at, known.renewed_at or known.created_at) > timezone.now() - INVITATION_PAUSE
    ):
        raise ValidationError(
            _("The invitation was sent a moment ago. Wait ten minutes before sending another.")
        )
    _send_invitation(enrolment.student, enrolment.cohort.programme.school, by)
    return enrolment


def _enrol(
    cohort: Cohort, school: Organisation, given: NewStudent, beside: set[int], *, has_seat: bool
) -> Enrolment:
    starts_on = given.starts_on or cohort.starts_on
    if starts_on >= cohort.ends_on:
        raise ValidationError(_("The start must be before the last day of the cohort."))
    student = _student(school, given, beside)
    if Enrolment.objects.open().filter(student=student, cohort=cohort).exists():
        raise ValidationError(IS_IN_COHORT)
    return Enrolment.objects.create(
        student=student,
        cohort=cohort,
        state=EnrolmentState.ENROLLED if has_seat else EnrolmentState.WAITING,
        starts_on=starts_on,
        ends_on=cohort.ends_on,
        wishes=given.wishes,
    )


def _like(school: Organisation, given: NewStudent) -> list[Student]:
    name = full_name(first_name=given.first_name, last_name=given.last_name, prefix=given.name_prefix)
    return students_like(school_id=school.pk, name=name, email=given.email, born_on=given.born_on)


def _student(school: Organisation, given: NewStudent, beside: set[int]) -> Student:
    """Who has this address in the school already, or a new student.

    Other schools are not looked at: that would tell this one who studies there. When the invitation is accepted by
    someone who is a student elsewhere, the two become one (`students.services.students.merge`).
    """
    of_school = Student.objects.of_school(school.pk)
    if given.known is not None:
        return of_school.get(pk=given.known, born_on=given.born_on)
    if given.seen is not None and unanswered(_like(school, given), given.seen | beside):
        raise ValidationError(people.ASK_WHO)
    known = of_school.with_address(given.email).order_by("pk").first()
    if known is not None:
        if known.born_on != given.born_on:
            raise ValidationError(
                _("The address %(email)s belongs to another student of your school."),
                params={"email": emails.shown(given.email)},
            )
        return known
    person = Person.objects.create(
        first_name=given.first_name,
        name_prefix=given.name_prefix,
        last_name=given.last_name,
        email=given.email,
    )
    return Student.objects.create(
        person=person,
        born_on=given.born_on,
        town=given.town,
        pc4=given.pc4,
    )


@transaction.atomic
def tell(*, enrolment: Enrolment, school: Organisation, by: Actor) -> None:
    """Who has an account hears about the enrolment; who has none gets a link to make one."""
    student = enrolment.student
    if student.has_account:
        mail.student_enrolment_made(enrolment)
    elif student.invitation is None or not student.invitation.is_usable:
        _send_invitation(student, school, by)


def _send_invitation(student: Student, school: Organisation, by: Actor) -> None:
    known = student.invitation
    if known and known.accepted_at is None and known.revoked_at is None:
        if known.email == student.address:
            invitations.renew(invitation_id=known.pk, read=NO_PAGE)
            return
        invitations.revoke(invitation_id=known.pk, read=NO_PAGE)
    student.invitation = invitations.invite(
        person=student.person,
        purpose=Role.STUDENT,
        party_name=school.name,
        invited_by=by.person_id,
    )
    student.save(update_fields=["invitation"])


@transaction.atomic
def uninvite(*, enrolment_id: int, invitation_id: int, by: Actor, read: str | None) -> None:
    """Take the invitation back that was mailed: its link works no more. `read` is the version of the invitation."""
    enrolment = locks.enrolment(enrolment_id, by)
    ensure(rules.can_invite(by, enrolment.cohort, enrolment))
    if enrolment.student.invitation_id != invitation_id:
        raise versions.Changed
    invitations.revoke(invitation_id=invitation_id, read=read)


@transaction.atomic
def withdraw_invitation(*, student: Student) -> None:
    """An unused link to make an account stops working, unless another enrolment of the student is open."""
    known = student.invitation
    elsewhere = Enrolment.objects.open().filter(student=student)
    if known and known.accepted_at is None and known.revoked_at is None and not elsewhere.exists():
        invitations.revoke(invitation_id=known.pk, read=NO_PAGE)
