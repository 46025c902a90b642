"""Mails about roles in an organisation."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from core.models import StateChange
from partnerships.models import Membership


def person_role_ended(membership: Membership, act: StateChange) -> None:
    """Someone else ended the role; the link leads to one's own roles, also to those that are over."""
    letters.to_person(
        membership.person,
        "partnerships/mail/person_role_ended.txt",
        link=reverse("partnerships:own-roles"),
        about=act,
        membership=membership,
        by=act.by,
    )
