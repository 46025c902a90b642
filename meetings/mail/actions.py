"""Mails to who has an action to do."""

from __future__ import annotations

from accounts.mail import letters
from accounts.models import Person
from meetings.models import Action
from partnerships.actors import Actor


def owner_action_given(action: Action, *, by: Actor) -> None:
    """Someone else gave it: what is to be done, and by when."""
    letters.to_person(
        action.owner,
        "meetings/mail/owner_action_given.txt",
        link=action.get_absolute_url(),
        signs_in=True,
        action=action,
        by=Person.objects.select_related("user").get(pk=by.person_id),
    )
