"""Two entries of one human, made one by someone who knows both, without the proof of mailbox and sign-in."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.mail import merging as mail
from accounts.models import Invitation, Person
from accounts.services import invitations, links, people
from accounts.services.locks import both_with_what_waits
from accounts.signals import people_merged
from core import changes, outbox, states, versions
from core.merging import Merging


@transaction.atomic
def by_hand(*, kept_id: int, dropped_id: int, by: int, read: str | None, digest: str | None) -> Merging:
    """Everything of `dropped` is of `kept`, whose name and address stand; `by` is the person who says that they are one.

    Links that went to another address open nothing any more, since it may be that of a stranger: what waits, or is
    not out yet, is mailed to the one that stands. The owner of an account is told. `read` and `digest` are what was on
    the page: the versions of both, and what was shown to move; None where nobody was asked yet. Whoever calls has
    asked whether it may be. Raises ValidationError when it is another by now.
    """
    kept, dropped = both_with_what_waits(kept_id, dropped_id)
    versions.ensure(read, kept, dropped)
    address = dropped.address
    if kept.address:
        outbox.readdress(person_id=dropped.pk, email=kept.address)
    states.record(dropped, "merge", after=str(kept.pk), by_id=by, subject=dropped.public_id)
    merged = people.merge(kept=kept, dropped=dropped, by=by)
    kept.refresh_from_db()
    if not kept.address and address:  # no less reachable than before
        kept.email = address
        changes.save(kept, by=by, subject=kept.public_id, update_fields=["email"])
    answers: list[tuple[Any, Any]] = people_merged.send(sender=Person, kept=kept)
    solved = [*merged.solved, *(words for _receiver, sentences in answers for words in sentences)]
    shown = Merging(merged.moved, solved)
    if digest is not None and digest != shown.digest:
        raise versions.Changed
    for waiting in (
        Invitation.objects.unanswered().filter(person=kept).exclude(email=kept.address).order_by("pk")
    ):
        invitations.send_to(invitation_id=waiting.pk, email=kept.address)
    links.follow_address(person=kept)
    if kept.has_account:
        mail.owner_people_merged(kept, dropped, by=Person.objects.select_related("user").get(pk=by))
    return shown
