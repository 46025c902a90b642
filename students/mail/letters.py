"""How mails to students are sent, with or without an account."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from students.models import Student


def to_student(student: Student, template: str, /, *, link: str, **context: Any) -> None:
    """Write to the student's account, or to the address the school gave while there is none.

    Nothing goes out when the account was closed.
    """
    letters.to_person(student.person, template, link=link, **context)
