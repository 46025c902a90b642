"""Agreements and their signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import time_machine

from agreements.enums import AgreementState, Signer, VersionState
from agreements.models import Agreement, AgreementVersion
from agreements.queries import readiness, signers, spans
from core.dates import local_day
from placements.enums import PlacementKind
from placements.models import Placement
from programmes.models import AccreditationCheck
from tests.demo.rules.base import Faults, of_then, past, rule


def _agreements() -> Iterable[Agreement]:
    yield from Agreement.objects.for_page()


def _texts() -> Iterable[AgreementVersion]:
    for agreement in _agreements():
        yield from agreement.texts


@rule(lambda: Placement.objects.prefetch_related("agreements"))
def ordinary_placement_has_an_agreement(placement: Placement) -> Faults:
    if bool(placement.agreements.all()) != (placement.kind == PlacementKind.ORDINARY):
        yield "without an agreement, or an exchange with one"


@rule(_texts)
def agreement_is_the_text_that_was_made(version: AgreementVersion) -> Faults:
    if version.digest != version.fingerprint():
        yield "is not what its digest was taken of"
    if version.asked_at:
        yield from (str(text) for text in readiness.problems(version))
    if local_day(version.created_at) < version.agreement.placement.confirmed_on:
        yield "from before the placement"


@rule(_agreements)
def agreement_says_what_its_texts_are(agreement: Agreement) -> Faults:
    states = [text.state for text in agreement.texts if text.is_base]
    expected = {
        AgreementState.DRAFT: VersionState.DRAFT,
        AgreementState.SIGNING: VersionState.SIGNING,
        AgreementState.LAPSED: VersionState.LAPSED,
    }.get(AgreementState(agreement.state), VersionState.SIGNED)
    if expected not in states:
        yield f"{agreement.state}, while its first text is {states}"
    signed = agreement.agreed
    if agreement.activated_at and signed and not past(agreement, "activate"):
        yield "in force without a history"
    if agreement.state == AgreementState.ACTIVE and signed and signed.ends_on != agreement.placement.ends_on:
        yield "its last day is another than that of the placement"


@rule(_texts)
def text_is_signed_as_its_state_says(version: AgreementVersion) -> Faults:
    missing = signers.missing(version)
    if version.state == VersionState.SIGNED and missing:
        yield "signed without all signatures"
    if version.state == VersionState.DRAFT and version.signatures.all():
        yield "a draft that is signed"
    if version.state == VersionState.SIGNING and not missing and readiness.accredited(version).holds:
        yield "everybody has signed, and it does not hold"
    asked = [change.at for change in past(version, "ask")]
    if asked[-1:] != ([version.asked_at] if version.asked_at else []):
        yield "asked at another moment than the history says"


@rule(lambda: [text for text in _texts() if text.state == VersionState.SIGNED])
def text_holds_when_it_was_ready(version: AgreementVersion) -> Faults:
    if version.is_base and not _accredited_then(version):
        yield "the employer was not accredited on the first day"
    last = max(item.at for item in version.standing) if version.standing else None
    if last is None or version.signed_at is None or version.signed_at < last:
        yield "in force before the last signature"
    if [change.at for change in past(version, "sign")][-1:] != [version.signed_at]:
        yield "in force from another moment than the history says"
    signed = [text for text in version.agreement.texts if text.state == VersionState.SIGNED]
    if dict(spans.spans(signed, version.agreement.ended_on))[version] != version.holds:
        yield "holds on other days than it should"


def _accredited_then(version: AgreementVersion) -> bool:
    """As the school knew when the text was signed; what was found later does not undo it."""
    placement = version.agreement.placement
    programme = placement.enrolment.cohort.programme
    known = {}
    checks = AccreditationCheck.objects.filter(organisation=placement.slot.organisation_id)
    for check in checks.filter(recorded_at__lte=version.signed_at).order_by("checked_on", "pk"):
        if check.school_id in (None, programme.school_id):
            known[check.crebo] = check.holds_on(version.starts_on)
    return all(known.get(crebo) for crebo in programme.qualifications.values_list("crebo", flat=True))


def _signatures() -> Iterable[Any]:
    for version in _texts():
        for signature in version.signatures.all():
            signature.version = version
            yield signature


@of_then
def _able_at(agreement: Agreement, moment: dt.datetime) -> dict[Signer, set[int]]:
    """Who could sign for each party at a moment."""
    with time_machine.travel(moment, tick=False):
        return {party: {person.pk for person in able} for party, able in signers.able_for(agreement).items()}


@rule(_signatures)
def signature_is_of_someone_who_signs(signature: Any) -> Faults:
    version, agreement = signature.version, signature.version.agreement
    signer = Signer(signature.signer)
    if version.asked_at is None or signature.at < version.asked_at:
        yield "signed before it was asked"
    if signature.is_paper and not local_day(version.asked_at) <= signature.signed_on <= local_day(
        signature.at
    ):
        yield "signed on a day before it was asked, or after it was recorded"
    able = _able_at(agreement, signature.at)
    recorder = signer if signer in {Signer.EMPLOYER, Signer.SCHOOL} else Signer.SCHOOL
    if signature.by_id not in able[recorder if signature.is_paper else signer]:
        yield "given or recorded by someone who could not"
    if signature.person_id is not None and signature.person_id not in able[signer]:
        yield "of someone who could not sign for this party"
    if not signature.is_paper and signature.signed_on != local_day(signature.at):
        yield "signed on another day than it was recorded"
    others = [item for item in version.standing if item.signer != signature.signer]
    if signature.signer not in signers.needed(agreement, others, signature.signed_on):
        yield "signed by a representative of someone who is 18"
    if [item.name for item in version.standing].count(signature.name) > 1:
        yield "one name signs for two parties"
