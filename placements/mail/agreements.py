"""Mails about practice agreements, each in the language of who gets it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core import mail
from core.models import OutgoingMail
from placements.models import Agreement, AgreementVersion
from placements.models.agreements import Difference


def _page(name: str, agreement: Agreement) -> str:
    return reverse(f"placements:{name}", args=[agreement.public_id])


def _send(
    template: str, agreement: Agreement, to: User, link: str, context: dict[str, Any] | None = None
) -> OutgoingMail:
    placement = agreement.placement
    return mail.send(
        kind=template.rpartition("/")[2].removesuffix(".txt"),
        to_email=to.email,
        user=to,
        language=to.language,
        template=template,
        link=link,
        context={
            "recipient": to,
            "student": placement.student.full_name,
            "employer": placement.slot.organisation.name,
            "is_own": placement.student.user_id == to.pk,
            **(context or {}),
        },
    )


def differences_for(
    version: AgreementVersion, older: AgreementVersion | None, language: str
) -> list[Difference]:
    """What changed since the version that was asked before, in the words of the reader."""
    if older is None:
        return []
    with translation.override(language):
        return [Difference(str(item.label), item.before, item.after) for item in version.differences(older)]


def signer_agreement_asked(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None, people: Iterable[User]
) -> None:
    """Please sign; with what changed since the version asked before."""
    for user in people:
        changes = differences_for(version, older, user.language)
        _send(
            "placements/mail/signer_agreement_asked.txt",
            agreement,
            user,
            _page("agreement-sign", agreement),
            {"version": version, "changes": changes},
        )


def signer_agreement_voided(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion, people: Iterable[User]
) -> None:
    """Your signature lapsed, because the text changed; this is what."""
    for user in people:
        changes = differences_for(version, older, user.language)
        _send(
            "placements/mail/signer_agreement_voided.txt",
            agreement,
            user,
            agreement.get_absolute_url(),
            {"version": version, "changes": changes},
        )


def party_agreement_activated(agreement: Agreement, people: Iterable[User]) -> None:
    for user in people:
        _send(
            "placements/mail/party_agreement_activated.txt",
            agreement,
            user,
            agreement.get_absolute_url(),
            {"version": agreement.current},
        )


def party_agreement_ended(agreement: Agreement, people: Iterable[User], reason: str) -> None:
    for user in people:
        _send(
            "placements/mail/party_agreement_ended.txt",
            agreement,
            user,
            agreement.get_absolute_url(),
            {"reason": reason, "last_day": agreement.ended_on},
        )


def teacher_accreditation_missing(
    agreement: Agreement, people: Iterable[User], crebos: Sequence[str], starts_on: Any
) -> None:
    """All have signed, but the agreement cannot start before the accreditation is recorded."""
    for user in people:
        _send(
            "placements/mail/teacher_accreditation_missing.txt",
            agreement,
            user,
            agreement.get_absolute_url(),
            {"crebos": ", ".join(crebos), "starts_on": starts_on},
        )
