"""One mail for all that one act did: who would get several gets one that names them.

What is written within `together` is written as always, each about its own act. At its end whoever has several gets one
mail that lists them; those are its parts, not sent themselves (`OutgoingMail.told_in`). Of what is taken back before it
went the line goes out of it (`core.outbox.cancel_about`); the last part that is left is sent as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from core.mail import queue_instead, written_here
from core.models import OutgoingMail

State = OutgoingMail.State
Tell = Callable[[Sequence[OutgoingMail]], OutgoingMail]


@contextmanager
def together(tell: Tell) -> Iterator[None]:
    """Put the mails that are written within it together by reader; `tell` writes the one that lists several.

    Call it in the transaction of the act. Within another it does nothing: the widest act tells of all.
    """
    if written_here.get() is not None:
        yield
        return
    keys: list[int] = []
    token = written_here.set(keys)
    try:
        yield
    finally:
        written_here.reset(token)
    _put_together(keys, tell)


def _put_together(keys: Sequence[int], tell: Tell) -> None:
    """What a refused row wrote is gone with its savepoint, so the rows are read again."""
    rows = OutgoingMail.objects.filter(pk__in=keys, state=State.QUEUED, is_secret=False, person__isnull=False)
    by_person: dict[int | None, list[OutgoingMail]] = defaultdict(list)
    for mail in rows.select_related("person__user").order_by("pk") if len(keys) > 1 else ():
        by_person[mail.person_id].append(mail)
    several = [parts for parts in by_person.values() if len(parts) > 1]
    of_all = [tell(parts) for parts in several]
    queue_instead(of_all)
    for one, parts in zip(of_all, several, strict=True):
        for part in parts:
            part.told_in, part.state = one, State.TOLD
    OutgoingMail.objects.bulk_update([part for parts in several for part in parts], ["told_in", "state"])
