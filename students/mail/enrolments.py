"""Mails about enrolments."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.models import FieldChange, StateChange
from core.text import full_name
from partnerships.models import Initiative
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.mail.letters import to_student
from students.models import Enrolment
from students.queries.asks import of_cohort

NAME_PARTS = ("first_name", "name_prefix", "last_name")


def student_enrolment_made(enrolment: Enrolment) -> None:
    """A student who has an account hears of a new enrolment; others get an invitation instead."""
    person = enrolment.student.person
    letters.to_person(
        person,
        "students/mail/student_enrolment_made.txt",
        link=reverse("home"),
        signs_in=True,
        programme=enrolment.cohort.programme.name,
        school=enrolment.cohort.programme.school.name,
        starts_on=enrolment.starts_on,
    )


def student_enrolment_ended(enrolment: Enrolment, act: StateChange) -> None:
    """You left or finished the programme: since when, what stays, and whom to ask. The school's reason is not in it."""
    to_student(
        enrolment.student,
        "students/mail/student_enrolment_ended.txt",
        link=reverse("student-start"),
        about=act,
        has_finished=enrolment.state == EnrolmentState.COMPLETED,
        programme=enrolment.cohort.programme.name,
        school=enrolment.cohort.programme.school.name,
        last_day=enrolment.ended_on,
        ask=of_cohort(enrolment.cohort_id),
    )


def student_cohort_changed(enrolment: Enrolment, teachers: Iterable[Person]) -> None:
    """You are in another group of the same programme from now on; these are its teachers."""
    to_student(
        enrolment.student,
        "students/mail/student_cohort_changed.txt",
        link=reverse("student-start"),
        cohort=enrolment.cohort.name,
        programme=enrolment.cohort.programme.name,
        teachers=[teacher.full_name for teacher in teachers],
        ask=of_cohort(enrolment.cohort_id),
    )


def teacher_student_transferred(enrolment: Enrolment, person: Person, *, former: Cohort) -> None:
    """A student comes into your cohort from another one, with plan, place and agreement."""
    cohort = enrolment.cohort
    letters.to_person(
        person,
        "students/mail/teacher_student_transferred.txt",
        link=reverse(
            "enrolment-detail",
            args=[cohort.programme.school.slug, cohort.public_id, enrolment.public_id],
        ),
        student=enrolment.student.full_name,
        student_first=enrolment.student.first_name,
        cohort=cohort.name,
        former=former.name,
    )


def teacher_student_takes_part(enrolment: Enrolment, person: Person, initiative: Initiative) -> None:
    """A student takes part in an initiative of a partnership, by the own yes."""
    cohort = enrolment.cohort
    letters.to_person(
        person,
        "students/mail/teacher_student_takes_part.txt",
        link=reverse(
            "enrolment-detail",
            args=[cohort.programme.school.slug, cohort.public_id, enrolment.public_id],
        ),
        student=enrolment.student.full_name,
        student_first=enrolment.student.first_name,
        initiative=initiative.title,
        partnership=initiative.partnership.name,
    )


def teacher_student_changed(enrolment: Enrolment, person: Person, made: Iterable[FieldChange]) -> None:
    """A student has another name or address: what it was, and what it is now."""
    cohort, student = enrolment.cohort, enrolment.student
    before = {change.field: change.before for change in made}
    former = {name: str(before.get(name, getattr(student.person, name))) for name in NAME_PARTS}
    name = full_name(
        first_name=former["first_name"], last_name=former["last_name"], prefix=former["name_prefix"]
    )
    letters.to_person(
        person,
        "students/mail/teacher_student_changed.txt",
        link=reverse(
            "enrolment-detail",
            args=[cohort.programme.school.slug, cohort.public_id, enrolment.public_id],
        ),
        student=student.full_name,
        student_first=student.first_name,
        former_name=name if name != student.full_name else "",
        has_another_address="email" in before,
        address=student.address,
    )
