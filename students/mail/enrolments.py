"""Mails about enrolments."""

from __future__ import annotations

from django.urls import reverse

from core import mail
from students.models import Enrolment


def student_enrolment_made(enrolment: Enrolment) -> None:
    """A student who has an account hears of a new enrolment; others get an invitation instead."""
    user = enrolment.student.user
    if user is None or not user.is_active:
        return
    mail.send(
        kind="enrolment_made",
        to_email=user.email,
        user=user,
        language=user.language,
        template="students/mail/student_enrolment_made.txt",
        context={
            "greeting": user.get_short_name(),
            "programme": enrolment.cohort.programme.name,
            "school": enrolment.cohort.programme.school.name,
            "starts_on": enrolment.starts_on,
        },
        link=reverse("home"),
    )
