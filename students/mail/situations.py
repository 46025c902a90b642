"""Mails about work situations."""

from __future__ import annotations

from django.urls import reverse

from core import mail
from students.models import WorkSituation


def student_situation_treated(situation: WorkSituation) -> None:
    """The asker hears back what came out of a work situation (product.md, students)."""
    user = situation.enrolment.student.user
    if user is None or not user.is_active:
        return
    mail.send(
        kind="situation_treated",
        to_email=user.email,
        user=user,
        language=user.language,
        template="students/mail/student_situation_treated.txt",
        context={
            "greeting": user.get_short_name(),
            "theme": situation.session.theme if situation.session else "",
        },
        link=reverse("student-work"),
    )
