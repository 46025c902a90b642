"""Mails about enrolments."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from students.models import Enrolment


def student_enrolment_made(enrolment: Enrolment) -> None:
    """A student who has an account hears of a new enrolment; others get an invitation instead."""
    person = enrolment.student.person
    if not person.can_sign_in:
        return
    letters.to_person(
        person,
        "students/mail/student_enrolment_made.txt",
        link=reverse("home"),
        programme=enrolment.cohort.programme.name,
        school=enrolment.cohort.programme.school.name,
        starts_on=enrolment.starts_on,
    )
