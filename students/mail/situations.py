"""Mails about work situations."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from students.models import Treatment, WorkSituation


def student_situation_treated(situation: WorkSituation, treatment: Treatment) -> None:
    """The asker hears back what came out of a work situation."""
    person = situation.enrolment.student.person
    letters.to_person(
        person,
        "students/mail/student_situation_treated.txt",
        link=reverse("student-work"),
        signs_in=True,
        theme=treatment.session.theme if treatment.session else "",
    )


def student_situation_blanked(situation: WorkSituation) -> None:
    """A teacher removed what the student wrote; why stays in the portal, for the reason may speak of it."""
    person = situation.enrolment.student.person
    letters.to_person(
        person,
        "students/mail/student_situation_blanked.txt",
        link=reverse("student-work"),
        signs_in=True,
    )
