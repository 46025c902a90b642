"""Mails about placements, to the parties and the supervisor: all of them may know the student now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.mail import letters
from accounts.models import Person
from core import emails
from core.models import StateChange
from partnerships.models.contacts import address_shown
from partnerships.queries.asks import of_employer
from placements.enums import PlacementState
from placements.models import Placement, Supervisor
from placements.queries.people import employers_of
from programmes.queries.teachers import teachers_of
from students.mail.letters import to_student
from students.queries.asks import of_cohort


def _facts(placement: Placement) -> dict[str, Any]:
    student, supervisor = placement.student, placement.supervisor
    return {
        "student": student.full_name,
        "student_first": student.first_name,
        "student_email": emails.shown(address_shown(student.person)),
        "programme": placement.enrolment.cohort.programme.name,
        "employer": placement.slot.organisation.name,
        "slot": placement.slot.title,
        "place": str(placement.location),
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "cancelled": placement.state == PlacementState.CANCELLED,
        "supervisor": supervisor.name if supervisor else "",
    }


def parties_placement_confirmed(placement: Placement) -> None:
    """Both said yes: the student, the employer, the teachers and the supervisor hear it."""
    student_placement_confirmed(placement)
    employer_placement_confirmed(placement, employers_of(placement.slot))
    teacher_placement_confirmed(placement, teachers_of(placement.enrolment.cohort_id))
    if placement.supervisor:
        supervisor_placement_assigned(placement, placement.supervisor, starts_on=placement.starts_on)


def parties_placement_broken_off(placement: Placement, act: StateChange) -> None:
    """A placement ends early: the student, the employer and the teachers read why."""
    student_placement_broken_off(placement, act)
    employer_placement_broken_off(placement, employers_of(placement.slot), act)
    teacher_placement_broken_off(placement, teachers_of(placement.enrolment.cohort_id), act)


def student_placement_confirmed(placement: Placement) -> None:
    """You have a place: where, when and who guides you."""
    to_student(
        placement.student,
        "placements/mail/student_placement_confirmed.txt",
        link=placement.get_absolute_url(),
        **_facts(placement),
    )


def employer_placement_confirmed(placement: Placement, people: Iterable[Person]) -> None:
    """The student said yes as well; from here on with name and address."""
    ask = of_cohort(placement.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/employer_placement_confirmed.txt",
            link=placement.get_absolute_url(),
            ask=ask,
            **_facts(placement),
        )


def teacher_placement_confirmed(placement: Placement, people: Iterable[Person]) -> None:
    """Your student has a place: where and when."""
    ask = of_employer(placement.organisation_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/teacher_placement_confirmed.txt",
            link=placement.get_absolute_url(),
            ask=ask,
            **_facts(placement),
        )


def supervisor_placement_assigned(placement: Placement, supervisor: Supervisor, *, starts_on: date) -> None:
    """You will be supervising this student, from this day on; without a link for who could not follow it."""
    person = supervisor.person
    letters.to_person(
        person,
        "placements/mail/supervisor_placement_assigned.txt",
        link=placement.get_absolute_url() if person.has_account else "",
        ask=of_cohort(placement.enrolment.cohort_id),
        **{**_facts(placement), "starts_on": starts_on},
    )


def student_placement_broken_off(placement: Placement, act: StateChange) -> None:
    """Your placement ends; this is why."""
    to_student(
        placement.student,
        "placements/mail/student_placement_broken_off.txt",
        link=placement.get_absolute_url(),
        **_facts(placement),
        reason=act.reason,
        about=act,
    )


def employer_placement_broken_off(placement: Placement, people: Iterable[Person], act: StateChange) -> None:
    """The placement of a student with you ends; this is why."""
    ask = of_cohort(placement.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/employer_placement_broken_off.txt",
            link=placement.get_absolute_url(),
            ask=ask,
            **_facts(placement),
            reason=act.reason,
            about=act,
        )


def teacher_placement_broken_off(placement: Placement, people: Iterable[Person], act: StateChange) -> None:
    """The placement of your student ends; this is why."""
    ask = of_employer(placement.organisation_id)
    for person in people:
        letters.to_person(
            person,
            "placements/mail/teacher_placement_broken_off.txt",
            link=placement.get_absolute_url(),
            ask=ask,
            **_facts(placement),
            reason=act.reason,
            about=act,
        )
