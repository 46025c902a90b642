"""How much one person can make the portal mail in a day: whatever the act is, its mails are counted here.

Looked at while the mail is written, so that an act past a limit is undone whole; counted once it is committed, so that
nobody waits for somebody and an act that failed costs nothing. One act may go past a limit, the next one may not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.services import throttles
from accounts.services.throttles import Limit

A_DAY = dt.timedelta(days=1)
# Wide enough for who enrols a whole school or closes a large employer, and narrow for one mailbox.
ALL = Limit("mails", 2_000, A_DAY)
TO_STRANGERS = Limit("mails_to_strangers", 500, A_DAY)  # people without account: invitations, links
TO_ONE = Limit("mails_to_one", 60, A_DAY)
TO_ONE_STRANGER = Limit("mails_to_one_stranger", 8, A_DAY)


class TooManyMails(ValidationError):
    """The act would mail more than one person may in a day."""

    def __init__(self) -> None:
        super().__init__(
            _("This would send more emails than one person may send in a day. Wait until tomorrow."),
            code="too_many_mails",
        )


@dataclass
class _Tally:
    """What one transaction mails; counted when it commits."""

    counts: Counter[tuple[Limit, str]] = field(default_factory=Counter)
    is_done: bool = False

    def __call__(self) -> None:
        self.is_done = True
        throttles.add(counts=self.counts)


@transaction.atomic
def count(*, by: int, to: Collection[tuple[str, bool]]) -> None:
    """More mails of this person: each address with whether its owner has an account. Raises TooManyMails past a limit."""
    keys: Counter[tuple[Limit, str]] = Counter()
    for email, is_known in to:
        one = (TO_ONE if is_known else TO_ONE_STRANGER, f"{by} {email}")
        keys.update([(ALL, str(by)), one] + ([] if is_known else [(TO_STRANGERS, str(by))]))
    if throttles.is_any_reached(limits=keys):
        raise TooManyMails
    waiting = [hook for _sids, hook, _robust in transaction.get_connection().run_on_commit]
    tally = next((hook for hook in waiting if isinstance(hook, _Tally) and not hook.is_done), None)
    if tally is None:
        tally = _Tally()
        transaction.on_commit(tally)
    tally.counts.update(keys)
