"""Mails about a signature that was recorded from paper, and about the objection to one."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.mail import letters
from accounts.mail.links import path_of
from accounts.models import Person
from agreements.enums import Signer, VersionState
from agreements.models import Agreement, AgreementVersion, Signature
from students.queries.asks import of_cohort


def named_signature_recorded(agreement: Agreement, signature: Signature, told: Person, token: str) -> None:
    """Your signature was recorded from paper. Is it not yours? Say so before this day, without signing in.

    A legal representative hears it at the address given; where there is none the student is told instead.
    """
    student, employer = agreement.placement.student, agreement.placement.slot.organisation
    letters.to_person(
        told,
        "agreements/mail/named_signature_recorded.txt",
        link=path_of(token),
        is_secret=True,
        student=student.full_name,
        ask=of_cohort(agreement.placement.enrolment.cohort_id),
        employer=employer.name,
        signed_on=signature.signed_on,
        until=signature.objections_until,
        recorder=signature.by.full_name if signature.by else "",
        for_representative=signature.signer == Signer.REPRESENTATIVE,
        signed_by=signature.name,
    )


def recorder_scan_found(agreement: Agreement, signature: Signature, recorder: Person) -> None:
    """The scanner found something in the scan that you added: the signature counts, and the paper is what there is now."""
    letters.to_person(
        recorder,
        "agreements/mail/recorder_scan_found.txt",
        link=reverse("agreements:agreement-version", args=[agreement.public_id, signature.version.number]),
        student=agreement.placement.student.full_name,
        signed_by=signature.name,
        ask=of_cohort(agreement.placement.enrolment.cohort_id),
    )


def party_signature_objected(
    agreement: Agreement, version: AgreementVersion, signature: Signature, people: Iterable[Person]
) -> None:
    """Someone named says that a signature is not theirs: what that means for the text, and for an end that stays."""
    ask = of_cohort(agreement.placement.enrolment.cohort_id)
    for person in people:
        letters.to_person(
            person,
            "agreements/mail/party_signature_objected.txt",
            link=agreement.get_absolute_url(),
            student=agreement.placement.student.full_name,
            student_first=agreement.placement.student.first_name,
            ask=ask,
            employer=agreement.placement.slot.organisation.name,
            signed_by=signature.name,
            waits=version.state == VersionState.SIGNING,
            ended_on=agreement.ended_on,
            reason=signature.objection.reason,
        )
