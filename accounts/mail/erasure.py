"""Mails about requests for erasure."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import ErasureRequest, Person


def administrator_erasure_asked(request: ErasureRequest, *, person: Person) -> None:
    """Someone asks to be erased; who that is, is read under a support act."""
    letters.to_person(
        person,
        "accounts/mail/administrator_erasure_asked.txt",
        link=request.get_absolute_url(),
        asked_at=request.asked_at,
    )


def person_erasure_decided(request: ErasureRequest) -> None:
    """Granted or refused, and why."""
    letters.to_person(
        request.person,
        "accounts/mail/person_erasure_decided.txt",
        link=reverse("accounts:own-data"),
        granted=request.state == "granted",
        by=request.decided_by,
        reason=request.reason,
    )
