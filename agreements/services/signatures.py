"""Signatures under an agreement: in the portal or recorded from paper; the last one puts it in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.enums import AgreementState, Signer, SigningMethod
from agreements.mail import agreements as mail
from agreements.models import PARTY_HAS_SIGNED, PERSON_HAS_SIGNED, Agreement, AgreementVersion, Signature
from agreements.queries import readiness, signers
from agreements.services import locks
from core import states
from core.access import ensure
from core.dates import local_day, today
from core.text import unaccented
from partnerships.actors import Actor, id_of
from programmes.queries.teachers import teachers_of


@transaction.atomic
def sign(*, agreement_id: int, version_id: int, signer: str, by: Actor) -> Signature:
    """A signature in the portal, by someone who signs for that party now."""
    agreement = locks.agreement(agreement_id)
    version = _signable(agreement, version_id)
    party = _digital(signer)
    if by.user_id not in {user.pk for user in signers.able_for(agreement)[party]}:
        raise ValidationError(_("You cannot sign for this party."))
    signatures = _unsigned_by(version, party)
    if any(item.by_id == by.user_id and not item.is_paper for item in signatures):
        raise ValidationError(PERSON_HAS_SIGNED)
    name = User.objects.get(pk=by.user_id).get_full_name()
    _refuse_same_name(signatures, name, party)
    signature = Signature.objects.create(
        version=version, signer=party, name=name[:160], signed_on=today(), by_id=by.user_id
    )
    _activate_if_ready(agreement, version, by=by)
    return signature


@transaction.atomic
def record_on_paper(
    *, agreement_id: int, version_id: int, signer: str, name: str, signed_on: date, by: Actor
) -> Signature:
    """A signature on paper, recorded by the school; the only way for a legal representative."""
    agreement = locks.agreement(agreement_id)
    version = _signable(agreement, version_id)
    party = _party(signer)
    if not local_day(version.created_at) <= signed_on <= today():
        raise ValidationError(
            _("Give the day of signing: not before this version was made, and not in the future.")
        )
    signatures = _unsigned_by(version, party)
    if party == Signer.REPRESENTATIVE and party not in signers.needed(agreement, signatures, signed_on):
        raise ValidationError(_("The student was 18 or older on that day: no representative signs."))
    _refuse_same_name(signatures, name, party)
    signature = Signature.objects.create(
        version=version,
        signer=party,
        name=name.strip(),
        method=SigningMethod.PAPER,
        signed_on=signed_on,
        by_id=by.user_id,
    )
    _activate_if_ready(agreement, version, by=by)
    return signature


@transaction.atomic
def activate_ready(*, organisation_id: int, by: Actor | None) -> int:
    """Activate the agreements that only waited for an accreditation of this employer. Gives how many there were.

    Call it in the transaction that records the accreditation. The agreements stay locked until its end, so that a last
    signature at the same moment sees the accreditation.
    """
    waiting = (
        locks.rows()
        .filter(state=AgreementState.SIGNING, placement__slot__organisation=organisation_id)
        .order_by("pk")
    )
    return sum(_activate_if_ready(row, locks.current(row), by=by, tell_school=False) for row in waiting)


def _signable(agreement: Agreement, version_id: int) -> AgreementVersion:
    """The newest version, when it is the one the signer has read and signatures are asked."""
    version = locks.current(agreement)
    if version.pk != version_id:
        raise ValidationError(
            _("The agreement has changed since you read it. Read the newest version first."), code="changed"
        )
    ensure(states.permits(agreement, "activate"))
    return version


def _party(signer: str) -> Signer:
    try:
        return Signer(signer)
    except ValueError:
        raise ValidationError(_("Choose who signed.")) from None


def _digital(signer: str) -> Signer:
    party = _party(signer)
    if party not in signers.PARTIES:
        raise ValidationError(_("A legal representative signs on paper; the school records it."))
    return party


def _unsigned_by(version: AgreementVersion, party: Signer) -> list[Signature]:
    """The signatures so far. Raises ValidationError when this party has signed already."""
    signatures = list(version.signatures.order_by("at", "pk"))
    if any(item.signer == party for item in signatures):
        raise ValidationError(PARTY_HAS_SIGNED, code="signed")
    return signatures


def _refuse_same_name(signatures: Iterable[Signature], name: str, party: Signer) -> None:
    """Refuse a name that signed for another party: one person signs for one, and on paper the name is all we know."""
    if any(unaccented(item.name) == unaccented(name) and item.signer != party for item in signatures):
        raise ValidationError(
            _(
                "This name has already signed for another party. Is it someone else? "
                "Then add what tells them apart, such as initials."
            )
        )


def _activate_if_ready(
    agreement: Agreement, version: AgreementVersion, *, by: Actor | None, tell_school: bool = True
) -> bool:
    """Activate an agreement that all have signed, if the accreditation holds; otherwise tell the school what is missing."""
    if signers.missing(agreement, list(version.signatures.all())):
        return False
    accreditation = readiness.accredited(agreement, version.starts_on)
    if not accreditation.holds:
        if tell_school:
            people = teachers_of(agreement.placement.enrolment.cohort_id)
            mail.teacher_accreditation_missing(agreement, people, accreditation.missing, version.starts_on)
        return False
    states.advance(agreement, "activate", by=id_of(by), activated_at=timezone.now())
    mail.party_agreement_activated(agreement, signers.everyone(agreement))
    return True
