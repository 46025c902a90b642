"""Notes of what happened around accounts."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.db import transaction
from django.utils.crypto import salted_hmac

from accounts.enums import SecurityKind
from accounts.models import SecurityEvent, SupportAct
from accounts.services import throttles
from accounts.services.throttles import Limit

logger = logging.getLogger(__name__)

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
    fields = {
        "event": str(kind),
        "who": _mark(person_id),
        "what": what[:120],
        "by_support": support is not None,
    }
    transaction.on_commit(partial(logger.info, "security", extra={"fields": fields}))


def _mark(person_id: int | None) -> str:
    """By which lines about the same person are seen to be so; it leads to nobody without the key of the host."""
    if person_id is None:
        return ""
    return salted_hmac("accounts.security.log", str(person_id), algorithm="sha256").hexdigest()[:12]


@transaction.atomic
def note_denied(*, person_id: int, page: str, network: str) -> None:
    """Someone was refused a page; `page` is its name, never the address that was asked."""
    if throttles.take(limit=DENIALS, key=f"{person_id} {page}"):
        note(kind=SecurityKind.DENIED, person_id=person_id, what=page, network=network)
