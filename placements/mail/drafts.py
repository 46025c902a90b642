"""Mails about draft places that a coordinator made of a sign-up."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from partnerships.actors import Actor
from partnerships.models import SignUp
from partnerships.queries.people import people_of
from partnerships.roles import KEEPS_SLOTS


def employer_slots_drafted(sign_up: SignUp, number: int, *, by: Actor) -> None:
    """Drafts stand ready: for everyone who keeps the places of the employer."""
    organisation = sign_up.organisation
    if organisation is None:
        return
    maker = Person.objects.select_related("user").get(pk=by.person_id)
    for person in people_of(organisation.pk, KEEPS_SLOTS):
        letters.to_person(
            person,
            "placements/mail/employer_slots_drafted.txt",
            link=reverse("placements:slot-list", args=[organisation.slug]),
            signs_in=True,
            number=number,
            call=sign_up.call.title,
            employer=organisation.name,
            by=maker,
        )
