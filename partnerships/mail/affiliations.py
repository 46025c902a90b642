"""Mails to people who take part in a partnership without working for a member."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from core.models import StateChange
from partnerships.models import Affiliation


def person_affiliation_ended(row: Affiliation, act: StateChange) -> None:
    """You take part in a partnership no more."""
    letters.to_person(
        row.person,
        "partnerships/mail/person_affiliation_ended.txt",
        link=reverse("start"),
        about=act,
        partnership=row.partnership,
        by=act.by,
    )
