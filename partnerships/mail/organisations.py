"""Mails about organisations themselves."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from partnerships.models import Organisation


def manager_organisations_merged(person: Person, kept: Organisation, dropped: Organisation) -> None:
    """Two organisations are one from now on: for the managers of both, who find all of it at the one that stays."""
    letters.to_person(
        person,
        "partnerships/mail/manager_organisations_merged.txt",
        link=reverse("partnerships:people-list", args=[kept.slug]),
        kept=kept,
        dropped=dropped,
    )
