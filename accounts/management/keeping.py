"""What the keeper of the database does in one go: many people and many terms, each in a transaction of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import ErasureState
from accounts.models import ErasureLedger, ErasureRequest, Person, RetentionRun
from accounts.models.privacy import digest_of_person
from accounts.queries import privacy
from accounts.services import retention
from core.dates import today
from core.privacy import keeping

Reports = tuple[list[ErasureRequest], dict[str, list[str]]]


def retain(*, dry_run: bool) -> RetentionRun:
    """Take away what has been kept for its whole term, and keep a report; a dry run only counts."""
    begun_at, kept = timezone.now(), privacy.all_first_kept(today())
    report: dict[str, Any] = keeping.counted(kept) if dry_run else keeping.carried_out(kept)
    people = list(privacy.warned_long_enough(kept).order_by("pk").values_list("pk", flat=True))
    done: Counter[str] = Counter()
    for person_id in people:
        done += Counter({"accounts.Person": 1}) if dry_run else retention.erase_by_term(person_id=person_id)
    report["identity"] = dict(done)
    return retention.keep_report(begun_at=begun_at, dry_run=dry_run, report=report)


def erase() -> Reports:
    """Every request that was granted, in the order in which they were asked; and why some could not be, by their id.

    One that cannot be does not hold up the others, and is tried again at the next run.
    """
    done, waiting = [], {}
    granted = ErasureRequest.objects.filter(state=ErasureState.GRANTED).order_by("asked_at", "pk")
    for pk, public_id in list(granted.values_list("pk", "public_id")):
        try:
            done.append(retention.carry_out(request_id=pk))
        except ValidationError as error:
            waiting[str(public_id)] = error.messages
    return done, waiting


def erase_again(*, digests: Collection[str]) -> int:
    """Erase whoever is there after a back-up was put back and stands in the ledger. Gives how many.

    `digests` are those of the file beside the database, since the ledger in it is as old as the back-up.
    """
    known = set(digests) | set(ErasureLedger.objects.values_list("digest", flat=True))
    there = Person.objects.order_by("pk").values_list("pk", "public_id")
    found = [pk for pk, public_id in there.iterator() if digest_of_person(public_id) in known]
    for person_id in found:
        retention.erase_again(person_id=person_id)
    return len(found)


def read_ledger(path: Path) -> set[str]:
    """The hashes of a ledger on disk: the first word of each line."""
    lines = path.read_text(encoding="ascii").splitlines()
    return {line.split()[0] for line in lines if line.strip()}
