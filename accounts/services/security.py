"""Notes of what happened around accounts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent, SupportAct
from accounts.services import throttles
from accounts.services.throttles import Limit

# One note an hour of one person and one page: who presses again and again fills no table.
DENIALS = Limit("denied", 1, dt.timedelta(hours=1))


@transaction.atomic
def note(
    *,
    kind: SecurityKind,
    person_id: int | None = None,
    what: str = "",
    network: str = "",
    support: SupportAct | None = None,
) -> None:
    """Write one event down; `network` as `core.visitors.rough_network_of` gives it.

    `support` is the act under which an administrator did it.
    """
    SecurityEvent.objects.create(
        kind=kind, person_id=person_id, what=what[:120], network=network, support=support
    )


@transaction.atomic
def note_denied(*, person_id: int, page: str, network: str) -> None:
    """Someone was refused a page; `page` is its name, never the address that was asked."""
    if throttles.take(limit=DENIALS, key=f"{person_id} {page}"):
        note(kind=SecurityKind.DENIED, person_id=person_id, what=page, network=network)
