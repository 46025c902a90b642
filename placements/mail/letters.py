"""How this app's mails on places are sent: to accounts, and to students and supervisors who have none yet."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from accounts.models import User
from core import mail
from placements.models import Supervisor
from students.models import Student


def to_user(user: User, template: str, /, *, link: str, **context: Any) -> None:
    mail.send(
        kind=_kind(template),
        to_email=user.email,
        user=user,
        language=user.language,
        template=template,
        link=link,
        context={"name": user.get_short_name(), **context},
    )


def to_student(student: Student, template: str, /, *, link: str, **context: Any) -> None:
    """The student's account, or the address the school gave while there is none."""
    if student.user is not None:
        if student.user.is_active:
            to_user(student.user, template, link=link, **context)
        return
    _to_address(student.email, student.first_name, template, link=link, **context)


def to_supervisor(supervisor: Supervisor, template: str, /, *, link: str, **context: Any) -> None:
    """The supervisor's account, or just her address: then without a link, for she could not follow it."""
    membership = supervisor.membership
    if membership is not None and membership.user.is_active:
        to_user(membership.user, template, link=link, **context)
    else:
        _to_address(supervisor.email, supervisor.name, template, link="", **context)


def _to_address(address: str, name: str, template: str, /, *, link: str, **context: Any) -> None:
    mail.send(
        kind=_kind(template),
        to_email=address,
        language=settings.LANGUAGE_CODE,
        template=template,
        link=link,
        context={"name": name, **context},
    )


def _kind(template: str) -> str:
    """A mail is known by the name of its text."""
    return PurePosixPath(template).stem
