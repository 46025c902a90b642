"""Mails about two entries of one human."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person


def owner_people_merged(kept: Person, dropped: Person, *, by: Person) -> None:
    """Someone said that another entry is the owner of this account too: who, and whom to ask when that is wrong."""
    letters.to_person(
        kept,
        "accounts/mail/owner_people_merged.txt",
        link=reverse("partnerships:own-roles"),
        other=dropped.full_name,
        other_first=dropped.first_name,
        by=by,
    )
