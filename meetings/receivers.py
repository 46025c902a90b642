"""What happens here when the apps below tell something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.models import Person, PersonalLink
from accounts.signals import people_merging, personal_link_renewed
from core.models import StoredFile
from core.signals import something_found
from meetings.queries import leaving
from meetings.services import answers, papers, people
from partnerships.models import Membership, Partnership
from partnerships.queries.leaving import Hanging
from partnerships.signals import partnership_closing_considered, role_leaving_considered


@receiver(personal_link_renewed, dispatch_uid="meetings.renew_link")
def renew_link(sender: Any, former: PersonalLink, link: PersonalLink, **kwargs: Any) -> None:
    """A personal link took the place of another: it is about the same invitation, if the other was about one."""
    answers.renew_link(former=former, link=link)


@receiver(people_merging, dispatch_uid="meetings.merge")
def merge(sender: Any, kept: Person, dropped: Person, **kwargs: Any) -> list[str]:
    """Two people turned out to be one: to each meeting that one is asked once."""
    return people.merge(kept=kept, dropped=dropped)


@receiver(role_leaving_considered, dispatch_uid="meetings.actions_hang_on")
def actions_hang_on(sender: Any, membership: Membership, **kwargs: Any) -> list[Hanging]:
    """Someone is about to end a role: the actions and proposals that the person still has there."""
    return [*leaving.hangs_on(membership), *leaving.answers_for(membership)]


@receiver(partnership_closing_considered, dispatch_uid="meetings.what_stays_open")
def what_stays_open(sender: Any, partnership: Partnership, **kwargs: Any) -> list[str]:
    """A partnership is about to be closed: what is planned and promised there stays as it is."""
    return leaving.stays_open(partnership)


@receiver(something_found, dispatch_uid="meetings.something_found")
def tell_found(sender: Any, file: StoredFile, **kwargs: Any) -> None:
    """The scanner found something in a file that was kept: as a paper it concerns who put it in."""
    papers.tell_found(file=file)
