"""Agreements and their signatures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import time_machine

from agreements.enums import AgreementState, Signer
from agreements.models import Agreement
from agreements.queries import readiness, signers
from core.dates import local_day
from placements.enums import PlacementKind
from placements.models import Placement
from programmes.models import AccreditationCheck
from tests.demo.rules.base import Faults, past, rule


def _agreements() -> Iterable[Agreement]:
    for agreement in Agreement.objects.for_page():
        agreement.take_current()
        yield agreement


@rule(lambda: Placement.objects.select_related("agreement"))
def ordinary_placement_has_an_agreement(placement: Placement) -> Faults:
    if hasattr(placement, "agreement") != (placement.kind == PlacementKind.ORDINARY):
        yield "without an agreement, or an exchange with one"


@rule(_agreements)
def agreement_is_the_text_that_was_made(agreement: Agreement) -> Faults:
    for version in agreement.versions.all():
        version.agreement = agreement
        if version.digest != version.fingerprint():
            yield f"version {version.number} is not what its digest was taken of"
        if version.total_hours != sum(hours for _year, hours in version.years):
            yield f"the hours of version {version.number} do not add up"
        if version.asked_at:
            yield from (str(text) for text in readiness.problems(agreement, version))
    made = agreement.versions.all()[0].created_at if agreement.current else None
    if made is None or made < agreement.placement.created_at:
        yield "without a text, or with one from before the placement"


@rule(_agreements)
def agreement_is_signed_as_its_state_says(agreement: Agreement) -> Faults:
    signed = [*agreement.current.signatures.all()] if agreement.current else []
    complete = not signers.missing(agreement, signed)
    if (
        agreement.state in {AgreementState.ACTIVE, AgreementState.ENDED, AgreementState.COMPLETED}
        and not complete
    ):
        yield "in force without all signatures"
    if agreement.state == AgreementState.DRAFT and signed:
        yield "a draft that is signed"
    if agreement.state == AgreementState.SIGNING and complete and _accredited(agreement):
        yield "everybody has signed, and it is not in force"
    if agreement.current and [change.at for change in past(agreement, "ask")][-1:] != (
        [agreement.current.asked_at] if agreement.current.asked_at else []
    ):
        yield "asked at another moment than the history says"


@rule(lambda: [row for row in _agreements() if past(row, "activate")])
def agreement_in_force_was_ready(agreement: Agreement) -> Faults:
    if not _accredited_then(agreement):
        yield "the employer was not accredited on the first day"
    last = (
        max((item.at for item in agreement.current.signatures.all()), default=None)
        if agreement.current
        else None
    )
    if last is None or agreement.activated_at is None or agreement.activated_at < last:
        yield "in force before the last signature"
    if past(agreement, "activate")[-1].at != agreement.activated_at:
        yield "in force from another moment than the history says"
    version = agreement.current
    if agreement.ended_on and version and not version.starts_on <= agreement.ended_on <= version.ends_on:
        yield "ended outside its period"


def _accredited(agreement: Agreement) -> bool:
    version = agreement.current
    return version is not None and readiness.accredited(agreement, version.starts_on).holds


def _accredited_then(agreement: Agreement) -> bool:
    """As the school knew when the agreement came into force; what was found later does not undo it."""
    version, programme = agreement.current, agreement.placement.enrolment.cohort.programme
    if version is None or agreement.activated_at is None:
        return False
    known = {}
    checks = AccreditationCheck.objects.filter(organisation=agreement.placement.slot.organisation_id)
    for check in checks.filter(recorded_at__lte=agreement.activated_at).order_by("checked_on", "pk"):
        if check.school_id in (None, programme.school_id):
            known[check.crebo] = check.holds_on(version.starts_on)
    return all(known.get(crebo) for crebo in programme.qualifications.values_list("crebo", flat=True))


def _signatures() -> Iterable[Any]:
    for agreement in _agreements():
        for version in agreement.versions.all():
            for signature in version.signatures.all():
                signature.version, version.agreement = version, agreement
                yield signature


@rule(_signatures)
def signature_is_of_someone_who_signs(signature: Any) -> Faults:
    version, agreement = signature.version, signature.version.agreement
    if version.asked_at is None or signature.at < version.asked_at:
        yield "signed before it was asked"
    if signature.is_paper:
        if not local_day(version.created_at) <= signature.signed_on <= local_day(signature.at):
            yield "signed on a day before the text, or after it was recorded"
    else:
        with time_machine.travel(signature.at, tick=False):
            able = {user.pk: user for user in signers.able_for(agreement).get(Signer(signature.signer), [])}
        if signature.by_id not in able or signature.name != able[signature.by_id].get_full_name():
            yield "signed by someone who could not sign for this party, or under another name"
        if signature.signed_on != local_day(signature.at):
            yield "signed on another day than it was recorded"
    others = [item for item in version.signatures.all() if item.signer != signature.signer]
    if signature.signer not in signers.needed(agreement, others, signature.signed_on):
        yield "signed by a representative of someone who is 18"
    if [item.name for item in version.signatures.all()].count(signature.name) > 1:
        yield "one name signs for two parties"
