"""Mails about evidence."""

from __future__ import annotations

from django.urls import reverse

from students.mail.letters import to_student
from students.models import Evidence
from students.queries.asks import of_cohort


def student_file_found(evidence: Evidence) -> None:
    """The scanner found something in a file that you added: give another one, or take it away."""
    enrolment = evidence.goal.plan.enrolment
    to_student(
        enrolment.student,
        "students/mail/student_file_found.txt",
        link=reverse("students:evidence-replace", args=[evidence.public_id]),
        file_name=evidence.file_name,
        ask=of_cohort(enrolment.cohort_id),
    )
