"""How mails to students are sent, with or without an account."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from students.models import Student


def to_student(student: Student, template: str, /, *, link: str, **context: Any) -> None:
    """Write to the student's account, or to the address the school gave while there is none.

    Nothing goes out when the account was closed.
    """
    if student.user is None:
        letters.to_address(student.email, student.first_name, template, link=link, **context)
    elif student.user.is_active:
        letters.to_user(student.user, template, link=link, **context)
