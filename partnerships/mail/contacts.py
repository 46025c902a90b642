"""Mails about points of contact."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from partnerships.models import Organisation, PointOfContact


def person_contact_asked(point: PointOfContact, act: StateChange) -> None:
    """Someone was named; the link leads to the yes and the no."""
    letters.to_person(
        point.person,
        "partnerships/mail/person_contact_asked.txt",
        link=reverse("partnerships:own-contact", args=[point.public_id]),
        about=act,
        by=act.by,
        of=point.of,
    )


def person_contact_ended(point: PointOfContact, act: StateChange) -> None:
    """Someone else ended it."""
    letters.to_person(
        point.person,
        "partnerships/mail/person_contact_ended.txt",
        link=reverse("partnerships:own-card"),
        by=act.by,
        of=point.of,
    )


def namer_contact_answered(point: PointOfContact, namer: Person) -> None:
    """Yes, no or no longer: for whoever asked."""
    letters.to_person(
        namer,
        "partnerships/mail/namer_contact_answered.txt",
        link=_list_of(point),
        who=point.person,
        of=point.of,
        answer=point.state,
    )


def _list_of(point: PointOfContact) -> str:
    if isinstance(point.of, Organisation):
        return reverse("partnerships:organisation-contacts", args=[point.of.slug])
    partnership = getattr(point.of, "partnership", point.of)
    return reverse("partnerships:coordination-contacts", args=[partnership.slug])
