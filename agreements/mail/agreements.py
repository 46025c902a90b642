"""Mails about practice agreements, each in the language of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import User
from agreements.mail.differences import differences_for
from agreements.models import Agreement, AgreementVersion


def _page(name: str, agreement: Agreement) -> str:
    return reverse(f"agreements:{name}", args=[agreement.public_id])


def _tell(user: User, template: str, agreement: Agreement, link: str, **context: Any) -> None:
    """One mail about an agreement, with whose it is."""
    placement = agreement.placement
    letters.to_user(
        user,
        template,
        link=link,
        student=placement.student.full_name,
        employer=placement.slot.organisation.name,
        is_own=placement.student.user_id == user.pk,
        **context,
    )


def signer_agreement_asked(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None, people: Iterable[User]
) -> None:
    """Please sign; with what changed since the version asked before."""
    for user in people:
        changes = differences_for(version, older, user.language)
        _tell(
            user,
            "agreements/mail/signer_agreement_asked.txt",
            agreement,
            _page("agreement-sign", agreement),
            version=version,
            changes=changes,
        )


def signer_agreement_voided(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion, people: Iterable[User]
) -> None:
    """Your signature lapsed, because the text changed; this is what."""
    for user in people:
        changes = differences_for(version, older, user.language)
        _tell(
            user,
            "agreements/mail/signer_agreement_voided.txt",
            agreement,
            agreement.get_absolute_url(),
            version=version,
            changes=changes,
        )


def party_agreement_activated(agreement: Agreement, people: Iterable[User]) -> None:
    """All have signed and the accreditation holds: the agreement is in force."""
    for user in people:
        _tell(
            user,
            "agreements/mail/party_agreement_activated.txt",
            agreement,
            agreement.get_absolute_url(),
            version=agreement.current,
        )


def party_agreement_ended(agreement: Agreement, people: Iterable[User], reason: str) -> None:
    """The agreement ends early; this is why and on which day."""
    for user in people:
        _tell(
            user,
            "agreements/mail/party_agreement_ended.txt",
            agreement,
            agreement.get_absolute_url(),
            reason=reason,
            last_day=agreement.ended_on,
        )


def teacher_accreditation_missing(
    agreement: Agreement, people: Iterable[User], crebos: Sequence[str], starts_on: date
) -> None:
    """All have signed, but the agreement cannot start before the accreditation is recorded."""
    for user in people:
        _tell(
            user,
            "agreements/mail/teacher_accreditation_missing.txt",
            agreement,
            agreement.get_absolute_url(),
            crebos=", ".join(crebos),
            starts_on=starts_on,
        )
