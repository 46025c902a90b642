"""Mails about work supervisors who leave, and about those who take their students over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from core.models import StateChange
from partnerships.models import Membership
from partnerships.queries.asks import of_employer
from partnerships.queries.people import people_of
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Placement, Supervisor
from programmes.queries.teachers import teachers
from students.mail.letters import to_student
from students.queries.asks import of_cohorts


def parties_supervisor_left(
    membership: Membership, guided: Sequence[Placement], act: StateChange, *, until: date | None
) -> None:
    """Students are guided by nobody any more: the employer names someone else; student and teachers hear it.

    `until` is the last day of the supervisor where that is to come.
    """
    facts: dict[str, Any] = {
        "supervisor": membership.person.full_name,
        "supervisor_first": membership.person.first_name,
        "employer": membership.organisation.name,
        "about": act,
        "until": until,
    }
    for person in people_of(membership.organisation_id, EMPLOYER_PARTY):
        if person.pk != membership.person_id:
            letters.to_person(
                person,
                "placements/mail/employer_supervisor_left.txt",
                link=reverse("placements:supervisor-gaps", args=[membership.organisation.slug]),
                students=[row.student.full_name for row in guided],
                number=len(guided),
                **facts,
            )
    _student_and_teachers(
        guided,
        "placements/mail/student_supervisor_left.txt",
        "placements/mail/teacher_supervisor_left.txt",
        facts,
    )


def parties_handed_over(
    membership: Membership,
    to: Supervisor,
    guided: Sequence[Placement],
    act: StateChange,
    *,
    until: date | None,
) -> None:
    """One supervisor takes students of another over: whoever takes over, the students and the teachers hear it.

    The day after `until`, or today when there is none.
    """
    facts: dict[str, Any] = {
        "about": act,
        "supervisor": membership.person.full_name,
        "supervisor_first": membership.person.first_name,
        "successor": to.name,
        "successor_first": to.person.first_name,
        "until": until,
        "employer": membership.organisation.name,
    }
    letters.to_person(
        to.person,
        "placements/mail/supervisor_students_handed_over.txt",
        link=reverse("placements:placement-list") if to.person.has_account else "",
        ask=of_cohorts({row.enrolment.cohort_id for row in guided}),
        students=[row.student.full_name for row in guided],
        number=len(guided),
        **facts,
    )
    _student_and_teachers(
        guided,
        "placements/mail/student_supervisor_changed.txt",
        "placements/mail/teacher_supervisor_changed.txt",
        facts,
    )


def _student_and_teachers(
    guided: Sequence[Placement], to_the_student: str, to_teachers: str, facts: dict[str, Any]
) -> None:
    ask = of_employer(guided[0].organisation_id) if guided else []
    taught_by = teachers([row.enrolment.cohort_id for row in guided])
    for row in guided:
        link, name = row.get_absolute_url(), row.student.full_name
        to_student(row.student, to_the_student, link=link, **facts)
        for person in taught_by.get(row.enrolment.cohort_id, []):
            letters.to_person(
                person,
                to_teachers,
                link=link,
                student=name,
                student_first=row.student.first_name,
                ask=ask,
                **facts,
            )
