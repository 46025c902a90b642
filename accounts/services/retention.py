"""What the keeper of the database does to one person: by the clock, on request, and again after a back-up was put back."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.enums import ErasureGround, ErasureState
from accounts.models import ErasureLedger, ErasureRequest, Person, RetentionRun
from accounts.models.privacy import digest_of_person
from accounts.queries import privacy
from core import states
from core.dates import today
from core.privacy import erasing

logger = logging.getLogger(__name__)

KINDS = ("gone", "blanked")


@transaction.atomic
def keep_report(*, begun_at: dt.datetime, dry_run: bool, report: dict[str, Any]) -> RetentionRun:
    """What a night took away, or would have."""
    return RetentionRun.objects.create(begun_at=begun_at, day=today(), is_dry_run=dry_run, report=report)


@transaction.atomic
def erase_by_term(*, person_id: int) -> Counter[str]:
    """Erase someone who has been known for the whole term. Gives how many rows of which model went."""
    _note(Person.objects.get(pk=person_id), ErasureGround.TERM)
    done = erasing.erase(person_id, lengths=privacy.lengths_on(today()))
    return Counter({"accounts.Person": 1}) + Counter(
        {f"{label} {kind}": number for kind in KINDS for label, number in getattr(done, kind).items()}
    )


@transaction.atomic
def carry_out(*, request_id: int) -> ErasureRequest:
    """Erase who asked it and was granted it; the report stays with the request.

    Raises ValidationError when it was not granted, or something runs that stands in the way by now.
    """
    request = ErasureRequest.objects.select_for_update(of=("self",)).get(pk=request_id)
    person = Person.objects.select_related("user").get(pk=request.person_id)
    if running := privacy.what_runs(person, today()):
        raise ValidationError(f"Something of this person goes on: {', '.join(running)}.")
    _note(person, ErasureGround.REQUEST)
    done = erasing.erase(person.pk, lengths=privacy.lengths_on(today()))
    states.advance(request, "carry_out", by=None, done_at=timezone.now(), report=done.report())
    return request


@transaction.atomic
def erase_again(*, person_id: int) -> None:
    """Erase someone who was erased after the back-up was made that is there now."""
    _note(Person.objects.get(pk=person_id), ErasureGround.REQUEST)
    erasing.erase(person_id, lengths=privacy.lengths_on(today()))
    ErasureRequest.objects.open().filter(person=person_id).update(state=ErasureState.WITHDRAWN)


def _note(person: Person, ground: ErasureGround) -> None:
    """In the ledger, with whoever was merged into this person; and in the file once it is certain."""
    same = [person, *Person.objects.filter(merged_into=person)]
    digests = [digest_of_person(one.public_id) for one in same]
    ErasureLedger.objects.bulk_create(
        [ErasureLedger(digest=digest, erased_on=today(), ground=ground) for digest in digests],
        ignore_conflicts=True,
    )
    transaction.on_commit(lambda: _write_down(digests))


def _write_down(digests: Collection[str]) -> None:
    logger.info("security", extra={"fields": {"event": "erased", "people": len(digests)}})
    path: Path = settings.ERASURE_LEDGER
    with path.open("a", encoding="ascii") as ledger:
        ledger.writelines(f"{digest} {today().isoformat()}\n" for digest in digests)
