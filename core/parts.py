"""The parts of a mail that tells of several things at once, as it lists them (`core.gathering`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from core.models import OutgoingMail

State = OutgoingMail.State
MAY_BE_OUT = (State.SENT, State.HELD)
NOT_OUT = (State.QUEUED, State.FAILED, State.HELD)


def line_of(part: OutgoingMail) -> str:
    """A part in the mail that lists it: its subject, and where one reads more."""
    return f"- {part.subject}\n" + (f"  {part.link}\n" if part.link else "")


def may_be_out(mail: OutgoingMail) -> bool:
    """Whether its reader may have it: sent, or tried without an answer."""
    return mail.state in MAY_BE_OUT or (mail.state == State.QUEUED and mail.attempts > 0)


def take_out(parts: Sequence[OutgoingMail], locked: Mapping[int, OutgoingMail]) -> list[OutgoingMail]:
    """Take parts out of the mails that list them, all of them locked; gives those whose readers may have them."""
    out: list[OutgoingMail] = []
    changed: dict[int, OutgoingMail] = {}
    for part in parts:
        told = locked.get(part.told_in_id or 0)
        if told is None or may_be_out(told):
            out.append(part)
        if told is not None and told.state in NOT_OUT:
            told.body = told.body.replace(line_of(part), "", 1)
            part.state = State.CANCELLED
            changed |= {told.pk: told, part.pk: part}
    for told in [mail for mail in changed.values() if mail.told_in_id is None]:
        left = [mail for mail in locked.values() if (mail.told_in_id, mail.state) == (told.pk, State.TOLD)]
        changed |= {part.pk: part for part in _instead_of(told, left)}
    OutgoingMail.objects.bulk_update(changed.values(), ["state", "claimed_by", "due_at", "body", "told_in"])
    return out


def _instead_of(told: OutgoingMail, left: Collection[OutgoingMail]) -> list[OutgoingMail]:
    """A mail with nothing left is not sent, one with a single part goes as that part; one that may be out stays itself."""
    if len(left) > 1 or (left and (may_be_out(told) or not all(part.body for part in left))):
        return []
    for part in left:
        part.told_in, part.state, part.due_at = None, State(told.state), told.due_at
    told.state, told.claimed_by = State.CANCELLED, None
    return list(left)
