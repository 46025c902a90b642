"""Mails about work situations."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from students.models import WorkSituation


def student_situation_treated(situation: WorkSituation) -> None:
    """The asker hears back what came out of a work situation."""
    user = situation.enrolment.student.user
    if user is None or not user.is_active:
        return
    letters.to_user(
        user,
        "students/mail/student_situation_treated.txt",
        link=reverse("student-work"),
        theme=situation.session.theme if situation.session else "",
    )
