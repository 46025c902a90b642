"""Practice agreements: made from the data, put to signature, signed, active, ended.

Every verb locks the agreement first, so that a change and a signature, or two signatures, come one after the
other: a signature never lands on a text its signer did not see, and the agreement becomes active exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import states
from core.dates import today
from core.formats import local_day
from core.text import unaccented
from placements.enums import AgreementState, Signer, SigningMethod
from placements.mail import agreements as mail
from placements.models import Accreditation, Agreement, AgreementVersion, Placement, Signature
from placements.rules import hours
from placements.services import agreement_texts, recipients

THREE = (Signer.STUDENT, Signer.EMPLOYER, Signer.SCHOOL)


# What an agreement lacks


@dataclass(frozen=True, slots=True)
class Recognition:
    """The crebos of the programme, and those without a verified accreditation on the start date."""

    crebos: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """A programme without any crebo has nothing to rely on: that does not hold either."""
        return bool(self.crebos) and not self.missing


def recognition_of(agreement: Agreement, starts_on: date) -> Recognition:
    """What the law asks before the agreement can be active (WEB article 7.2.10)."""
    programme = agreement.placement.enrolment.cohort.programme
    crebos = tuple(sorted(set(programme.qualifications.values_list("crebo", flat=True).order_by())))
    verified = set(
        Accreditation.objects.verified_on(starts_on)
        .filter(organisation=agreement.placement.slot.organisation_id, crebo__in=crebos)
        .values_list("crebo", flat=True)
    )
    return Recognition(crebos, tuple(crebo for crebo in crebos if crebo not in verified))


def needed_signers(
    agreement: Agreement, signatures: Iterable[Signature], day: date | None = None
) -> tuple[Signer, ...]:
    """Three parties, and the legal representative when the student is under 18 on the day of signing."""
    own = next((item.signed_on for item in signatures if item.signer == Signer.STUDENT), day or today())
    if agreement.placement.student.is_minor_on(own):
        return (*THREE, Signer.REPRESENTATIVE)
    return THREE


def missing_signers(agreement: Agreement, signatures: Sequence[Signature]) -> tuple[Signer, ...]:
    """Who must still sign this version."""
    present = {item.signer for item in signatures}
    return tuple(signer for signer in needed_signers(agreement, signatures) if signer not in present)


def problems(agreement: Agreement, version: AgreementVersion) -> list[str | Promise]:
    """What must be mended before signatures can be asked."""
    found: list[str | Promise] = []
    enrolment = agreement.placement.enrolment
    if not version.practice_trainer:
        found.append(_("Name the practice trainer of the workplace."))
    if not version.school_contact:
        found.append(_("Name the contact at the school."))
    if version.starts_on < enrolment.starts_on or version.ends_on > enrolment.ends_on:
        found.append(_("The period must lie within the enrolment of the student."))
    short = hours.shortfalls(
        route=enrolment.cohort.programme.route,
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        years=version.years,
    )
    if short and not version.hours_reason:
        found.append(_("There are fewer practice hours than the norm. Say why, or change the hours."))
    return found


# Verbs


@transaction.atomic
def draft(*, placement_id: int, by: int | None) -> Agreement:
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
    qualifications = agreement_texts.qualifications_of(placement)
    agreement = Agreement.objects.create(placement=placement)
    _write(agreement, agreement_texts.first_terms(placement, qualifications), qualifications, by)
    agreement.save(update_fields=["current"])
    return agreement


@transaction.atomic
def change(
    *, agreement_id: int, by: int | None, from_version_id: int | None = None, **terms: Any
) -> AgreementVersion:
    """A new version with other terms; signatures under the old one stay there and count no more.

    `from_version_id` is the version the writer had before them: another in between is not overwritten.
    Without any difference the version stays as it is, with its signatures.
    """
    agreement = _locked(agreement_id)
    old = _current(agreement)
    if from_version_id is not None and from_version_id != old.pk:
        raise ValidationError(_("Someone else changed this agreement. Look at the newest version first."))
    wanted = {name: getattr(old, name) for name in AgreementVersion.TERMS} | terms
    if all(getattr(old, name) == value for name, value in wanted.items()):
        return old
    signatures = list(old.signatures.select_related("by"))
    version = _write(agreement, wanted, agreement_texts.qualifications_of(agreement.placement), by)
    states.advance(agreement, "change", by=by, current=version, activated_at=None)
    signed = [item.by for item in signatures if item.by and not item.is_paper and item.by.is_active]
    mail.signer_agreement_voided(agreement, version, old, [user for user in signed if user.pk != by])
    return version


@transaction.atomic
def ask(*, agreement_id: int, by: int | None) -> AgreementVersion:
    """Put the newest version to signature and mail who can sign it."""
    agreement = _locked(agreement_id)
    version = _current(agreement)
    lacking = problems(agreement, version)
    if lacking and states.allowed(agreement, "ask"):
        raise ValidationError([str(item) for item in lacking])
    states.advance(agreement, "ask", by=by)
    version.asked_at = timezone.now()
    version.save(update_fields=["asked_at"])
    people = _unique(recipients.agreement_signers([agreement])[agreement.pk].values(), but=by)
    mail.signer_agreement_asked(agreement, version, agreement.asked_before(version), people)
    return version


@transaction.atomic
def sign(*, agreement_id: int, version_id: int, signer: str, by: int) -> Signature:
    """A signature in the portal, by someone who signs for that party now."""
    agreement = _locked(agreement_id)
    version = _signable(agreement, version_id)
    party = _digital(signer)
    if by not in {user.pk for user in recipients.agreement_signers([agreement])[agreement.pk][party]}:
        raise ValidationError(_("You cannot sign for this party."))
    signatures = _unsigned_by(version, party)
    if any(item.by_id == by and not item.is_paper for item in signatures):
        raise ValidationError(_("You have already signed this version for another party."))
    name = User.objects.get(pk=by).get_full_name()
    _refuse_same_name(signatures, name, party)
    signature = Signature.objects.create(
        version=version, signer=party, name=name[:160], signed_on=today(), by_id=by
    )
    _activate_if_ready(agreement, version, by=by)
    return signature


@transaction.atomic
def record_on_paper(
    *, agreement_id: int, version_id: int, signer: str, name: str, signed_on: date, by: int
) -> Signature:
    """A signature on paper, recorded by the school; the only way for a legal representative."""
    agreement = _locked(agreement_id)
    version = _signable(agreement, version_id)
    party = _party(signer)
    if not local_day(version.created_at) <= signed_on <= today():
        raise ValidationError(
            _("Give the day of signing: not before this version was made, and not in the future.")
        )
    signatures = _unsigned_by(version, party)
    if party == Signer.REPRESENTATIVE and party not in needed_signers(agreement, signatures, signed_on):
        raise ValidationError(_("The student was 18 or older on that day: no representative signs."))
    _refuse_same_name(signatures, name, party)
    signature = Signature.objects.create(
        version=version,
        signer=party,
        name=name.strip(),
        method=SigningMethod.PAPER,
        signed_on=signed_on,
        by_id=by,
    )
    _activate_if_ready(agreement, version, by=by)
    return signature


@transaction.atomic
def activate_ready(organisation_id: int, *, by: int | None = None) -> int:
    """Activate what only waited for an accreditation of this employer; call it where that is recorded.

    It holds the locks until that transaction ends, so a last signature in between sees the accreditation.
    """
    waiting = (
        _rows()
        .filter(state=AgreementState.SIGNING, placement__slot__organisation=organisation_id)
        .order_by("pk")
    )
    return sum(_activate_if_ready(row, _current(row), by=by, tell_school=False) for row in waiting)


@transaction.atomic
def end(*, agreement_id: int, reason: str, by: int | None, last_day: date | None = None) -> Agreement:
    """End an active agreement early, with the reason; the parties are told."""
    agreement = _locked(agreement_id)
    day = last_day or today()
    version = _current(agreement)
    if states.allowed(agreement, "end") and not version.starts_on <= day <= version.ends_on:
        raise ValidationError(_("The last day must lie within the period of the agreement."))
    states.advance(agreement, "end", by=by, reason=reason, ended_on=day)
    mail.party_agreement_ended(agreement, _everyone(agreement, but=by), reason.strip())
    return agreement


@transaction.atomic
def close_for_placement(*, placement_id: int, reason: str, by: int | None) -> None:
    """A placement broke off: end its agreement, or let it lapse when it was never active."""
    agreement = Agreement.objects.filter(placement=placement_id).first()
    if agreement is None:
        return
    agreement = _locked(agreement.pk)
    if states.allowed(agreement, "lapse"):
        states.advance(agreement, "lapse", by=by, reason=reason)
    elif states.allowed(agreement, "end"):
        day = min(max(today(), _current(agreement).starts_on), _current(agreement).ends_on)
        states.advance(agreement, "end", by=by, reason=reason, ended_on=day)
        mail.party_agreement_ended(agreement, _everyone(agreement, but=by), reason.strip())


def complete_due(day: date) -> int:
    """Active agreements whose last day has passed are completed; one transaction each, safe to repeat."""
    done = 0
    over = Agreement.objects.filter(state=AgreementState.ACTIVE, current__ends_on__lt=day)
    for pk in over.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            agreement = _locked(pk)
            if agreement.state == AgreementState.ACTIVE and _current(agreement).ends_on < day:
                states.advance(agreement, "complete", by=None)
                done += 1
    return done


# Inside


def _rows() -> Any:
    """Locked for this transaction; only the agreement's own row, so that others' reads of its parts go on."""
    return Agreement.objects.select_for_update(of=("self",), no_key=True).select_related(
        "current",
        "placement__student__user",
        "placement__slot__organisation",
        "placement__slot__location",
        "placement__enrolment__cohort__programme__school",
    )


def _locked(agreement_id: int) -> Agreement:
    agreement: Agreement = _rows().get(pk=agreement_id)
    if agreement.current_id is not None and agreement.current is not None:
        agreement.current.agreement = agreement
    return agreement


def _current(agreement: Agreement) -> AgreementVersion:
    if agreement.current is None:
        raise ValidationError(_("This agreement has no text yet."))
    return agreement.current


def _write(
    agreement: Agreement, terms: dict[str, Any], qualifications: list[Any], by: int | None
) -> AgreementVersion:
    """The next version; the caller points the agreement to it."""
    number = agreement.current.number + 1 if agreement.current else 1
    version = AgreementVersion(
        agreement=agreement,
        number=number,
        parties=agreement_texts.parties_of(agreement.placement, qualifications),
        total_hours=sum(terms["hours_per_year"].values()),
        created_by_id=by,
        **terms,
    )
    version.digest = version.fingerprint()
    version.save()
    agreement.current = version
    return version


def _signable(agreement: Agreement, version_id: int) -> AgreementVersion:
    """The newest version, when it is the one the signer has read and signatures are asked."""
    version = _current(agreement)
    if version.pk != version_id:
        raise ValidationError(
            _("The agreement has changed since you read it. Read the newest version first."), code="changed"
        )
    if agreement.state != AgreementState.SIGNING:
        raise ValidationError(_("There is nothing to sign now."), code="not_signing")
    return version


def _party(signer: str) -> Signer:
    try:
        return Signer(signer)
    except ValueError:
        raise ValidationError(_("Choose who signed.")) from None


def _digital(signer: str) -> Signer:
    party = _party(signer)
    if party not in THREE:
        raise ValidationError(_("A legal representative signs on paper; the school records it."))
    return party


def _unsigned_by(version: AgreementVersion, party: Signer) -> list[Signature]:
    """The signatures so far, when this party is not among them."""
    signatures = list(version.signatures.order_by("at", "pk"))
    if any(item.signer == party for item in signatures):
        raise ValidationError(_("This party has already signed this version."), code="signed")
    return signatures


def _refuse_same_name(signatures: Iterable[Signature], name: str, party: Signer) -> None:
    """One person signs for one party; on paper the name is all we have."""
    if any(unaccented(item.name) == unaccented(name) and item.signer != party for item in signatures):
        raise ValidationError(
            _(
                "This name has already signed for another party. Is it someone else? "
                "Then add what tells them apart, such as initials."
            )
        )


def _activate_if_ready(
    agreement: Agreement, version: AgreementVersion, *, by: int | None, tell_school: bool = True
) -> bool:
    """Active at the last signature, if the accreditation holds; otherwise the school hears what is missing."""
    if missing_signers(agreement, list(version.signatures.all())):
        return False
    recognition = recognition_of(agreement, version.starts_on)
    if not recognition.holds:
        if tell_school:
            cohort = agreement.placement.enrolment.cohort_id
            people = recipients.teachers({cohort}).get(cohort, [])
            mail.teacher_accreditation_missing(agreement, people, recognition.missing, version.starts_on)
        return False
    states.advance(agreement, "activate", by=by, activated_at=timezone.now())
    mail.party_agreement_activated(agreement, _everyone(agreement))
    return True


def _everyone(agreement: Agreement, but: int | None = None) -> list[User]:
    """The people of the three parties who are told of what happened."""
    cohort = agreement.placement.enrolment.cohort_id
    people = recipients.agreement_signers([agreement])[agreement.pk]
    teachers = recipients.teachers({cohort}).get(cohort, [])
    return _unique([*people.values(), teachers], but=but)


def _unique(groups: Iterable[Iterable[User]], but: int | None = None) -> list[User]:
    found = {user.pk: user for group in groups for user in group}
    found.pop(but or 0, None)
    return [found[pk] for pk in sorted(found)]
