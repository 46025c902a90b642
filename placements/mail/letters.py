"""How mails to work supervisors are sent, with or without an account."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from placements.models import Supervisor


def to_supervisor(supervisor: Supervisor, template: str, /, *, link: str, **context: Any) -> None:
    """Write to the supervisor's account, or just to the address: then without a link, which nobody could follow."""
    membership = supervisor.membership
    if membership is not None and membership.person.can_sign_in:
        letters.to_person(membership.person, template, link=link, **context)
    else:
        letters.to_address(supervisor.email, supervisor.name, template, link="", **context)
