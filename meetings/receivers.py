"""What happens here when the apps below tell something."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.models import Person, PersonalLink
from accounts.signals import people_merging, personal_link_renewed
from meetings.services import answers, people


@receiver(personal_link_renewed, dispatch_uid="meetings.renew_link")
def renew_link(sender: Any, former: PersonalLink, link: PersonalLink, **kwargs: Any) -> None:
    """A personal link took the place of another: it is about the same invitation, if the other was about one."""
    answers.renew_link(former=former, link=link)


@receiver(people_merging, dispatch_uid="meetings.merge")
def merge(sender: Any, kept: Person, dropped: Person, **kwargs: Any) -> list[str]:
    """Two people turned out to be one: to each meeting that one is asked once."""
    return people.merge(kept=kept, dropped=dropped)
