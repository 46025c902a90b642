"""Whom one asks, on pages and in mails alike: the nearest people that an app above knows, with what they show."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from accounts.models import Person
from accounts.signals import who_is_asked
from core.mail import Ask


def asked(reader: Person | None, by: Any = None) -> list[Ask]:
    """Those whom `reader` asks, at most those of one answer; `by` is who did what it is about, where that is a person.

    Empty when nobody is nearer than who runs the portal (`core.mail.operator`). Nobody asks oneself.
    """
    facts = {"reader": reader, "by": by if isinstance(by, Person) and by != reader else None}
    answers: list[tuple[Any, Any]] = who_is_asked.send(sender=Person, **facts)
    for _order, look in sorted((answer for _receiver, answer in answers), key=itemgetter(0)):
        if found := look():
            return list(found)
    return []
