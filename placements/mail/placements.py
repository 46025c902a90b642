"""Mails about placements, to the parties and the supervisor: all of them may know the student now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.mail import letters
from accounts.models import User
from placements.mail.letters import to_supervisor
from placements.models import Placement
from students.mail.letters import to_student


def _facts(placement: Placement) -> dict[str, Any]:
    student = placement.student
    return {
        "student": student.full_name,
        "student_email": student.user.email if student.user else student.email,
        "programme": placement.enrolment.cohort.programme.name,
        "employer": placement.slot.organisation.name,
        "slot": placement.slot.title,
        "place": str(placement.slot.location),
        "starts_on": placement.starts_on,
        "ends_on": placement.ends_on,
        "supervisor": placement.supervisor.name if placement.supervisor else "",
    }


def student_placement_confirmed(placement: Placement) -> None:
    to_student(
        placement.student,
        "placements/mail/student_placement_confirmed.txt",
        link=placement.get_absolute_url(),
        **_facts(placement),
    )


def employer_placement_confirmed(placement: Placement, people: Iterable[User]) -> None:
    """The student said yes as well; from here on with name and address."""
    for user in people:
        letters.to_user(
            user,
            "placements/mail/employer_placement_confirmed.txt",
            link=placement.get_absolute_url(),
            **_facts(placement),
        )


def teacher_placement_confirmed(placement: Placement, people: Iterable[User]) -> None:
    for user in people:
        letters.to_user(
            user,
            "placements/mail/teacher_placement_confirmed.txt",
            link=placement.get_absolute_url(),
            **_facts(placement),
        )


def supervisor_placement_assigned(placement: Placement) -> None:
    """You are going to guide this student."""
    if placement.supervisor is not None:
        to_supervisor(
            placement.supervisor,
            "placements/mail/supervisor_placement_assigned.txt",
            link=placement.get_absolute_url(),
            **_facts(placement),
        )


def student_placement_broken_off(placement: Placement, *, reason: str) -> None:
    to_student(
        placement.student,
        "placements/mail/student_placement_broken_off.txt",
        link=placement.get_absolute_url(),
        **_facts(placement),
        reason=reason,
    )


def employer_placement_broken_off(placement: Placement, people: Iterable[User], *, reason: str) -> None:
    for user in people:
        letters.to_user(
            user,
            "placements/mail/employer_placement_broken_off.txt",
            link=placement.get_absolute_url(),
            **_facts(placement),
            reason=reason,
        )


def teacher_placement_broken_off(placement: Placement, people: Iterable[User], *, reason: str) -> None:
    for user in people:
        letters.to_user(
            user,
            "placements/mail/teacher_placement_broken_off.txt",
            link=placement.get_absolute_url(),
            **_facts(placement),
            reason=reason,
        )
