"""Delivery reports (RFC 3464): what a mail server says later of a mail that it had taken.

Whatever is in a mailbox is written by strangers: only so much of it is read, and what it claims counts for nothing
unless it knows the Message-ID of a mail of ours, which nobody can guess, and names the address to which that went.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from django.db import transaction

from core import emails, troubles
from core.models import OutgoingMail

MOST_READ = 256 * 1024  # bytes of a report: what says something stands before the mail that came back
MOST_RECIPIENTS = 20  # of our mails each has one
MESSAGE_ID = re.compile(r"<[^<>\s]{1,200}>")
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
State = OutgoingMail.State
# It was with a mail server, or may have been.
WENT = (State.SENT, State.QUEUED, State.HELD)


class Outcome(enum.StrEnum):
    """What became of a report; each is counted."""

    RETURNED = "returned"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    KNOWN_ALREADY = "known_already"
    UNKNOWN_MAIL = "unknown_mail"
    OTHER_ADDRESS = "other_address"
    NO_REPORT = "no_report"
    UNREADABLE = "unreadable"
    BUSY = "busy"  # a worker has the mail in hand: read again later


@dataclass(frozen=True)
class Failure:
    """What a report says of one recipient."""

    addresses: frozenset[str]
    action: str
    text: str


@dataclass(frozen=True)
class Report:
    """The mails that a report may be about, by their Message-IDs, to whom those went, and what it says."""

    message_ids: tuple[str, ...]
    went_to: frozenset[str]
    failures: tuple[Failure, ...]


def take(raw: bytes, *, dry_run: bool = False) -> Outcome:
    """Read one report, and let the mail it is about fail. Safe to do twice."""
    try:
        report = read(raw)
    except Exception:  # the parser recurses, and gives way to what was made to break it
        return Outcome.UNREADABLE
    if report is None:
        return Outcome.NO_REPORT
    failed = [one for one in report.failures if one.action == "failed"]
    if not failed:
        has_delay = any(one.action == "delayed" for one in report.failures)
        return Outcome.DELAYED if has_delay else Outcome.DELIVERED
    outcome = Outcome.UNKNOWN_MAIL
    for one in failed:
        for message_id in report.message_ids:
            outcome = returned(
                message_id=message_id,
                addresses=one.addresses | report.went_to,
                text=one.text,
                dry_run=dry_run,
            )
            if outcome != Outcome.UNKNOWN_MAIL:
                return outcome
    return outcome


@transaction.atomic
def returned(*, message_id: str, addresses: frozenset[str], text: str, dry_run: bool = False) -> Outcome:
    """A mail that was taken did not arrive after all: it failed, for the reason in `text`. `addresses` are where it went."""
    if not (
        message_id.isascii() and message_id.isprintable()
    ):  # ours are; some other signs no database takes
        return Outcome.UNKNOWN_MAIL
    rows = OutgoingMail.objects.filter(message_id=message_id)
    mail = rows.select_for_update(of=("self",), skip_locked=True).first()
    if mail is None:
        return Outcome.BUSY if rows.exists() else Outcome.UNKNOWN_MAIL
    if mail.to_email not in addresses:
        return Outcome.OTHER_ADDRESS
    if mail.state not in WENT or (mail.state == State.QUEUED and not mail.attempts):
        return Outcome.KNOWN_ALREADY
    if not dry_run:
        mail.state, mail.sent_at, mail.claimed_by = State.FAILED, None, None
        mail.trouble = troubles.of_return(text)
        mail.last_error = text[:1000]
        mail.save(update_fields=["state", "sent_at", "claimed_by", "trouble", "last_error"])
    return Outcome.RETURNED


def read(raw: bytes) -> Report | None:
    """What a mail says as a report; none when it is no report."""
    mail = message_from_bytes(raw[:MOST_READ])
    if mail.get_content_type() != "multipart/report":
        return None
    ids: list[str] = []
    went_to: set[str] = set()
    failures: list[Failure] = []
    for part in _parts(mail):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failures += _failures(part)
        elif kind in {"message/rfc822", "text/rfc822-headers", "message/global-headers", "message/global"}:
            original = _original(part)
            ids += MESSAGE_ID.findall(str(original.get("Message-ID", "")))
            went_to |= _addresses(str(original.get("To", "")))
    ids += MESSAGE_ID.findall(" ".join(str(mail.get(name, "")) for name in ("In-Reply-To", "References")))
    if not failures:
        return None
    return Report(tuple(dict.fromkeys(ids))[:MOST_RECIPIENTS], frozenset(went_to), tuple(failures))


def _parts(mail: Message) -> Iterator[Message]:
    """The parts right below: a report that lies deeper was forwarded by someone."""
    payload = mail.get_payload()
    yield from (part for part in payload if isinstance(part, Message)) if isinstance(payload, list) else ()


def _failures(part: Message) -> Iterator[Failure]:
    blocks = [block for block in _parts(part) if block.get("Action")]
    for block in blocks[:MOST_RECIPIENTS]:
        named = (str(block.get(name, "")) for name in ("Final-Recipient", "Original-Recipient"))
        addresses = frozenset(emails.one_form(text.rpartition(";")[2]) for text in named if text)
        yield Failure(addresses, str(block["Action"]).strip().lower(), _said(block))


def _said(block: Message) -> str:
    """Status and code alone: the words of servers repeat addresses, and the mail itself."""
    status = STATUS.search(str(block.get("Status", "")))
    detail = troubles.CODE.match(str(block.get("Diagnostic-Code", "")).rpartition(";")[2])
    return " ".join(filter(None, (detail.group(1) if detail else "", status.group() if status else "")))


def _original(part: Message) -> Message:
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = payload[0] if payload else Message()
        return inner if isinstance(inner, Message) else Message()
    decoded = part.get_payload(decode=True)
    return message_from_bytes(decoded if isinstance(decoded, bytes) else b"")


def _addresses(text: str) -> set[str]:
    return {emails.one_form(address) for _name, address in getaddresses([text]) if address}
