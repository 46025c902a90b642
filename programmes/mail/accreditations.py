"""Mails about accreditations that are withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.mail import letters
from accounts.models import User
from programmes.models import Accreditation


def employer_accreditation_withdrawn(accreditation: Accreditation, people: Iterable[User]) -> None:
    """A school or coordinator recorded that your accreditation for a crebo was withdrawn."""
    for user in people:
        letters.to_user(
            user,
            "programmes/mail/employer_accreditation_withdrawn.txt",
            link=reverse("programmes:accreditation-own", args=[accreditation.organisation.slug]),
            employer=accreditation.organisation.name,
            crebo=accreditation.crebo,
            withdrawn_on=accreditation.withdrawn_on,
        )
