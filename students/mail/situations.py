"""Mails about work situations."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from students.enums import Party
from students.models import Treatment, WorkSituation
from students.queries.people import people_of


def student_situation_treated(situation: WorkSituation, treatment: Treatment) -> None:
    """The asker hears back what came out of a work situation."""
    person = situation.enrolment.student.person
    if not person.can_sign_in:
        return
    letters.to_person(
        person,
        "students/mail/student_situation_treated.txt",
        link=reverse("student-work"),
        theme=treatment.session.theme if treatment.session else "",
    )


def student_situation_blanked(situation: WorkSituation) -> None:
    """A teacher removed what the student wrote; why stays in the portal, for the reason may speak of it."""
    person = situation.enrolment.student.person
    if not person.can_sign_in:
        return
    letters.to_person(person, "students/mail/student_situation_blanked.txt", link=reverse("student-work"))


def student_situation_reported(situation: WorkSituation) -> None:
    """A reader says that a client can be recognised in it; nothing of the text, nor who said so, is mailed."""
    person = situation.enrolment.student.person
    if not person.can_sign_in:
        return
    letters.to_person(
        person,
        "students/mail/student_situation_reported.txt",
        link=reverse("students:situation-edit", args=[situation.public_id]),
    )


def teachers_situation_reported(situation: WorkSituation) -> None:
    """The teachers, who can remove the text, hear the same; what it says stays in the portal."""
    enrolment = situation.enrolment
    cohort = enrolment.cohort
    address = [cohort.programme.school.slug, cohort.public_id, situation.public_id]
    for person in people_of(enrolment, Party.SCHOOL):
        letters.to_person(
            person,
            "students/mail/teachers_situation_reported.txt",
            link=reverse("students:cohort-situation-treat", args=address),
            student=enrolment.student.full_name,
        )
