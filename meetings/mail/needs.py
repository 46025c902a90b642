"""Mails about needs: to the coordinators when one comes in, to who brought it when something became of it."""

from __future__ import annotations

from accounts.mail import letters
from accounts.models import Person
from core.models import StateChange
from meetings.models import Need
from partnerships.actors import Actor
from partnerships.queries.people import coordinators_of


def coordinator_need_voiced(need: Need, *, by: Actor) -> None:
    """A need came in: for the coordinators of the partnership, who see who brought it."""
    bringer = Person.objects.select_related("user").get(pk=by.person_id)
    for person in coordinators_of(need.partnership_id):
        if person.pk != by.person_id:
            letters.to_person(
                person,
                "meetings/mail/coordinator_need_voiced.txt",
                link=need.get_absolute_url(),
                need=need,
                by=bringer,
            )


def bringer_need_answered(need: Need, act: StateChange, *, by: Actor) -> None:
    """There is an answer, for who brought it."""
    _tell(need, act, "meetings/mail/bringer_need_answered.txt", by)


def bringer_need_dropped(need: Need, act: StateChange, *, by: Actor) -> None:
    """It is not taken up, and why."""
    _tell(need, act, "meetings/mail/bringer_need_dropped.txt", by)


def _tell(need: Need, act: StateChange, template: str, by: Actor) -> None:
    if need.person_id == by.person_id:
        return
    letters.to_person(
        need.person, template, link=need.get_absolute_url(), about=act, signs_in=True, need=need, by=act.by
    )
