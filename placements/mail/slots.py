"""Mails about a slot that closes while students are placed on it."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from core.models import StateChange
from partnerships.queries.asks import of_employer
from placements.models import Placement
from programmes.queries.teachers import teachers_of
from students.mail.letters import to_student


def parties_slot_closed(placement: Placement, act: StateChange) -> None:
    """Nobody new comes here, and this student stays: for the student and the teachers."""
    facts: dict[str, Any] = {
        "employer": placement.slot.organisation.name,
        "slot": placement.slot.title,
        "ends_on": placement.ends_on,
        "student": placement.student.full_name,
        "student_first": placement.student.first_name,
        "reason": act.reason,
        "about": act,
        "link": placement.get_absolute_url(),
    }
    ask = of_employer(placement.organisation_id)
    to_student(placement.student, "placements/mail/student_slot_closed.txt", **facts)
    for person in teachers_of(placement.enrolment.cohort_id):
        letters.to_person(person, "placements/mail/teacher_slot_closed.txt", ask=ask, **facts)
