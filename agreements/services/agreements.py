"""Practice agreements: made from the data, changed, put to signature, ended.

Every verb locks the agreement first, so that a change and a signature, or two signatures, come one after the
other: a signature never lands on a text its signer did not see, and the agreement becomes active exactly once.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.enums import AgreementState
from agreements.mail import agreements as mail
from agreements.models import Agreement, AgreementVersion
from agreements.queries import readiness, signers
from agreements.queries import terms as texts
from agreements.services import locks
from core import states
from core.dates import today
from core.periods import is_over
from partnerships.actors import Actor, id_of
from placements.models import Placement
from programmes.models import Qualification


@transaction.atomic
def draft(*, placement_id: int, by: Actor | None) -> Agreement:
    """The agreement of a placement with version 1, made from the data; the existing one when there is one."""
    placement = (
        Placement.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "student",
            "supervisor",
            "slot__organisation",
            "slot__location",
            "slot__supervisor",
            "enrolment__cohort__programme__school",
        )
        .get(pk=placement_id)
    )
    existing = Agreement.objects.filter(placement=placement).first()
    if existing is not None:
        return existing
    qualifications = texts.qualifications_of(placement)
    agreement = Agreement.objects.create(placement=placement)
    _write(agreement, texts.first_terms(placement, qualifications), qualifications, by)
    agreement.save(update_fields=["current"])
    return agreement


@transaction.atomic
def change(
    *, agreement_id: int, by: Actor | None, from_version_id: int | None = None, **terms: Any
) -> AgreementVersion:
    """A new version with other terms; signatures under the old one stay there and count no more.

    `from_version_id` is the version the writer had before them: another in between is not overwritten.
    Without any difference the version stays as it is, with its signatures.
    """
    agreement = locks.agreement(agreement_id)
    old = locks.current(agreement)
    if from_version_id is not None and from_version_id != old.pk:
        raise ValidationError(_("Someone else changed this agreement. Look at the newest version first."))
    wanted = {name: getattr(old, name) for name in AgreementVersion.TERMS} | terms
    if all(getattr(old, name) == value for name, value in wanted.items()):
        return old
    signatures = list(old.signatures.select_related("by"))
    version = _write(agreement, wanted, texts.qualifications_of(agreement.placement), by)
    states.advance(agreement, "change", by=id_of(by), current=version, activated_at=None)
    signed = [item.by for item in signatures if item.by and not item.is_paper and item.by.is_active]
    mail.signer_agreement_voided(agreement, version, old, [user for user in signed if user.pk != id_of(by)])
    return version


@transaction.atomic
def ask(*, agreement_id: int, by: Actor | None) -> AgreementVersion:
    """Put the newest version to signature and mail who can sign it."""
    agreement = locks.agreement(agreement_id)
    version = locks.current(agreement)
    lacking = readiness.problems(agreement, version)
    if lacking and states.allowed(agreement, "ask"):
        raise ValidationError([str(item) for item in lacking])
    states.advance(agreement, "ask", by=id_of(by))
    version.asked_at = timezone.now()
    version.save(update_fields=["asked_at"])
    people = signers.each_once(signers.able_for(agreement).values(), but=id_of(by))
    mail.signer_agreement_asked(agreement, version, agreement.asked_before(version), people)
    return version


@transaction.atomic
def end(*, agreement_id: int, reason: str, by: Actor | None, last_day: date | None = None) -> Agreement:
    """End an active agreement early, with the reason; the parties are told."""
    agreement = locks.agreement(agreement_id)
    day = last_day or today()
    version = locks.current(agreement)
    if states.allowed(agreement, "end") and not version.starts_on <= day <= version.ends_on:
        raise ValidationError(_("The last day must lie within the period of the agreement."))
    states.advance(agreement, "end", by=id_of(by), reason=reason, ended_on=day)
    mail.party_agreement_ended(agreement, signers.everyone(agreement, but=id_of(by)), reason.strip())
    return agreement


@transaction.atomic
def close_for_placement(*, placement_id: int, reason: str, by: Actor | None) -> None:
    """A placement broke off: end its agreement, or let it lapse when it was never active."""
    agreement = Agreement.objects.filter(placement=placement_id).first()
    if agreement is None:
        return
    agreement = locks.agreement(agreement.pk)
    if states.allowed(agreement, "lapse"):
        states.advance(agreement, "lapse", by=id_of(by), reason=reason)
    elif states.allowed(agreement, "end"):
        day = min(max(today(), locks.current(agreement).starts_on), locks.current(agreement).ends_on)
        states.advance(agreement, "end", by=id_of(by), reason=reason, ended_on=day)
        mail.party_agreement_ended(agreement, signers.everyone(agreement, but=id_of(by)), reason.strip())


@transaction.atomic
def lapse_for_placement(*, placement_id: int, reason: str) -> None:
    """A placement is over: its agreement lapses when it never got its signatures."""
    known = Agreement.objects.filter(placement=placement_id).first()
    if known is None:
        return
    agreement = locks.agreement(known.pk)
    if states.allowed(agreement, "lapse"):
        states.advance(agreement, "lapse", by=None, reason=reason)


@transaction.atomic
def complete(*, agreement_id: int) -> bool:
    """Complete an active agreement whose last day has passed; says whether it was due. Safe to repeat."""
    agreement = locks.agreement(agreement_id)
    due = agreement.state == AgreementState.ACTIVE and is_over(locks.current(agreement))
    if due:
        states.advance(agreement, "complete", by=None)
    return due


def _write(
    agreement: Agreement, terms: dict[str, Any], qualifications: list[Qualification], by: Actor | None
) -> AgreementVersion:
    """Make the next version, and point the row of the agreement to it; the caller saves that row."""
    number = agreement.current.number + 1 if agreement.current else 1
    version = AgreementVersion(
        agreement=agreement,
        number=number,
        parties=texts.parties_of(agreement.placement, qualifications),
        total_hours=sum(terms["hours_per_year"].values()),
        created_by_id=id_of(by),
        **terms,
    )
    version.digest = version.fingerprint()
    version.save()
    agreement.current = version
    return version
