"""Reminders: what waits, in the language of the reader, with the one act as a link."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core import mail
from core.links import absolute_url


def _send(kind: str, template: str, user: User, items: list[dict[str, Any]]) -> None:
    """One thing: the link does the act. More: the link shows them together, and each has its own."""
    single = items[0] if len(items) == 1 else None
    mail.send(
        kind=kind,
        to_email=user.email,
        user=user,
        language=user.language,
        template=template,
        link=single["path"] if single else items[0]["overview"],
        context={
            "recipient": user,
            "items": [item | {"url": absolute_url(item["path"])} for item in items],
            "first": items[0],
            "number": len(items),
        },
    )


def signer_agreement_waiting(user: User, items: list[dict[str, Any]]) -> None:
    """Agreements that wait for this person's signature, or for one that they record from paper."""
    _send("reminder_agreement_signature", "placements/mail/signer_agreement_waiting.txt", user, items)


def employer_slot_unconfirmed(user: User, items: list[dict[str, Any]]) -> None:
    """Places that nobody confirmed for 30 days."""
    _send("reminder_slot_confirm", "placements/mail/employer_slot_unconfirmed.txt", user, items)


def employer_match_waiting(user: User, items: list[dict[str, Any]]) -> None:
    """Students proposed for a place, first name only."""
    _send("reminder_match_answer", "placements/mail/employer_match_waiting.txt", user, items)


def student_match_waiting(user: User, items: list[dict[str, Any]]) -> None:
    """A place that the employer said yes to."""
    _send("reminder_match_answer", "placements/mail/student_match_waiting.txt", user, items)


def student_goal_due(user: User, items: list[dict[str, Any]]) -> None:
    """Goals to hand in, a week ahead or today."""
    _send("reminder_goal_due", "placements/mail/student_goal_due.txt", user, items)


def party_plan_waiting(user: User, items: list[dict[str, Any]]) -> None:
    """Learning plans that wait for the consent of this person's party."""
    _send("reminder_plan_consent", "placements/mail/party_plan_waiting.txt", user, items)
