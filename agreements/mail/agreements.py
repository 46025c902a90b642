"""Mails about practice agreements, each in the language of its reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from agreements.enums import AgreementState
from agreements.mail.differences import differences_for
from agreements.models import Agreement, AgreementVersion
from agreements.queries.spans import first_day
from core.models import StateChange
from students.queries.asks import of_cohort, of_cohorts


def _page(name: str, agreement: Agreement) -> str:
    return reverse(f"agreements:{name}", args=[agreement.public_id])


def _tell(person: Person, template: str, agreement: Agreement, link: str, **context: Any) -> None:
    """One mail about an agreement, with whose it is."""
    placement = agreement.placement
    letters.to_person(
        person,
        template,
        link=link,
        student=placement.student.full_name,
        student_first=placement.student.first_name,
        ask=of_cohort(placement.enrolment.cohort_id),
        employer=placement.slot.organisation.name,
        is_own=placement.student.person_id == person.pk,
        **context,
    )


def signer_agreement_asked(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None, people: Iterable[Person]
) -> None:
    """Please sign; with what changes, or changed since the text asked before, why and from which day."""
    for person in people:
        _tell(
            person,
            "agreements/mail/signer_agreement_asked.txt",
            agreement,
            _page("agreement-sign", agreement),
            version=version,
            changes=differences_for(version, older, person.language),
        )


def signer_agreements_asked(agreements: Sequence[Agreement], person: Person) -> None:
    """Please sign several agreements that were put to signature at once: one mail, with each of them."""
    for agreement in agreements if len(agreements) == 1 else ():
        if agreement.pending is not None:
            older = agreement.asked_before(agreement.pending)
            signer_agreement_asked(agreement, agreement.pending, older, [person])
        return
    link = reverse("agreements:agreements-sign") + "?rij=alle"
    _tell_of_many(agreements, person, "agreements/mail/signer_agreements_asked.txt", link)


def signer_agreements_recalled(agreements: Sequence[Agreement], person: Person) -> None:
    """Signatures that were asked are not needed now: the texts are drafts again."""
    link = reverse("start") if len(agreements) > 1 else agreements[0].get_absolute_url()
    _tell_of_many(agreements, person, "agreements/mail/signer_agreements_recalled.txt", link)


def _tell_of_many(agreements: Sequence[Agreement], person: Person, template: str, link: str) -> None:
    placements = [agreement.placement for agreement in agreements]
    lines = [{"student": row.student.full_name, "employer": row.slot.organisation.name} for row in placements]
    ask = of_cohorts({row.enrolment.cohort_id for row in placements})
    letters.to_person(person, template, link=link, ask=ask, number=len(lines), lines=lines)


def signer_agreement_voided(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion, people: Iterable[Person]
) -> None:
    """Your signature lapsed, because the text changed before everyone had signed; this is what."""
    for person in people:
        _tell(
            person,
            "agreements/mail/signer_agreement_voided.txt",
            agreement,
            agreement.get_absolute_url(),
            version=version,
            changes=differences_for(version, older, person.language),
        )


def party_agreement_activated(
    agreement: Agreement, version: AgreementVersion, people: Iterable[Person]
) -> None:
    """All have signed and the accreditation holds: the agreement is in force."""
    for person in people:
        _tell(
            person,
            "agreements/mail/party_agreement_activated.txt",
            agreement,
            agreement.get_absolute_url(),
            version=version,
        )


def party_agreements_activated(agreements: Sequence[Agreement], person: Person) -> None:
    """Several agreements are in force, signed at once by the last who had to: one mail, with each of them."""
    for agreement in agreements if len(agreements) == 1 else ():
        if agreement.agreed is not None:
            party_agreement_activated(agreement, agreement.agreed, [person])
        return
    _tell_of_many(agreements, person, "agreements/mail/party_agreements_activated.txt", reverse("start"))


def party_agreement_changed(
    agreement: Agreement, version: AgreementVersion, older: AgreementVersion | None, people: Iterable[Person]
) -> None:
    """All have signed a change: this is what, and from which day it holds."""
    first = first_day(version, version.signed_at) if version.signed_at else version.effective_from
    for person in people:
        _tell(
            person,
            "agreements/mail/party_agreement_changed.txt",
            agreement,
            agreement.get_absolute_url(),
            first_day=first,
            changes=differences_for(version, older, person.language),
        )


def party_agreement_declined(
    agreement: Agreement, version: AgreementVersion, people: Iterable[Person], reason: str
) -> None:
    """Someone does not sign, and says why; what was in force stays so."""
    for person in people:
        _tell(
            person,
            "agreements/mail/party_agreement_declined.txt",
            agreement,
            agreement.get_absolute_url(),
            is_base=version.is_base,
            reason=reason,
        )


def party_change_withdrawn(
    agreement: Agreement, version: AgreementVersion, people: Iterable[Person], reason: str
) -> None:
    """A change that signatures were asked for does not go on; what was in force stays so, unless that is over."""
    for person in people:
        _tell(
            person,
            "agreements/mail/party_change_withdrawn.txt",
            agreement,
            agreement.get_absolute_url(),
            number=version.number,
            reason=reason,
            is_in_force=agreement.state == AgreementState.ACTIVE,
        )


def party_agreement_ended(
    agreement: Agreement, people: Iterable[Person], reason: str, *, about: StateChange
) -> None:
    """The agreement ends early; this is why and on which day."""
    for person in people:
        _tell(
            person,
            "agreements/mail/party_agreement_ended.txt",
            agreement,
            agreement.get_absolute_url(),
            about=about,
            reason=reason,
            last_day=agreement.ended_on,
        )


def teacher_accreditation_missing(
    agreement: Agreement, people: Iterable[Person], crebos: Sequence[str], starts_on: date
) -> None:
    """All have signed, but the agreement cannot start before the accreditation is recorded."""
    for person in people:
        _tell(
            person,
            "agreements/mail/teacher_accreditation_missing.txt",
            agreement,
            agreement.get_absolute_url(),
            crebos=", ".join(crebos),
            starts_on=starts_on,
        )


def teacher_accreditations_missing(agreements: Sequence[Agreement], person: Person) -> None:
    """Several agreements were signed at once by the last who had to, and wait for an accreditation: one mail."""
    link = reverse("placements:accreditation-list")
    _tell_of_many(agreements, person, "agreements/mail/teacher_accreditations_missing.txt", link)
