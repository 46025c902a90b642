"""Signatures under a text: in the portal or recorded from paper, and the objection that voids one.

The text lets itself be signed by all in `versions.complete_signing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import LinkAct, Role
from accounts.models import Person, PersonalLink
from accounts.services import links, people
from accounts.services.people import Name
from agreements import rules
from agreements.enums import Signer, SigningMethod, VersionState
from agreements.mail import signatures as mail
from agreements.models import (
    PARTY_HAS_SIGNED,
    PERSON_HAS_SIGNED,
    Agreement,
    AgreementVersion,
    Signature,
    SignatureLink,
    SignatureObjection,
)
from agreements.queries import readiness, signers
from agreements.services import locks, unsigning, versions
from core import files, states
from core.access import ensure
from core.attachments import Accepted
from core.dates import local_day, today
from core.models import StoredFile
from core.text import unaccented
from partnerships.actors import Actor


@transaction.atomic
def sign(
    *,
    agreement_id: int,
    version_id: int,
    signer: str,
    by: Actor,
    is_same_person: bool = False,
    among_many: bool = False,
) -> Signature:
    """A signature in the portal, by someone who signs for that party now.

    A student signs by the name in the agreement; `is_same_person` says that a name changed since is the own one.
    `among_many` is for who signs several at once, as in `versions.complete_signing`.
    """
    agreement = locks.with_placement(agreement_id, by)
    version = _signable(agreement, version_id)
    party = _digital(signer)
    person = next(
        (person for person in signers.able_for(agreement)[party] if person.pk == by.person_id), None
    )
    if person is None:
        raise ValidationError(_("You cannot sign for this party."))
    former = _unsigned_by(version, party)
    if any(item.person_id == by.person_id for item in version.standing):
        raise ValidationError(PERSON_HAS_SIGNED)
    name = _name_of(agreement, version, party, person, is_same_person=is_same_person)
    _refuse_same_name(version.standing, name, party)
    signature = Signature.objects.create(
        version=version,
        signer=party,
        person=person,
        name=name[:160],
        capacity=rules.capacity_of(by, agreement, party),
        signed_on=today(),
        by_id=by.person_id,
        replaces=former,
    )
    versions.complete_signing(agreement_id=agreement.pk, by=by, among_many=among_many)
    return signature


@transaction.atomic
def record_on_paper(
    *,
    agreement_id: int,
    version_id: int,
    signer: str,
    signed_on: date,
    scan: Accepted,
    by: Actor,
    person_id: int | None = None,
    name: str = "",
    email: str = "",
) -> Signature:
    """A signature on paper, recorded by the own party with its scan; the only way for a legal representative.

    The school records those of the student and the representative too. `person_id` says who of the own organisation
    signed, who had the mandate on that day and has it now: whoever came after someone who left signs anew. Of a
    representative `name` and `email` are all that is known. Whoever is named hears it at once, and can
    object.
    """
    agreement = locks.with_placement(agreement_id, by)
    version = _signable(agreement, version_id)
    party = _party(signer)
    ensure(rules.can_record(by, agreement, party))
    if not local_day(version.asked_at or version.created_at) <= signed_on <= today():
        raise ValidationError(
            _("Give the day of signing: not before signatures were asked, and not in the future.")
        )
    former = _unsigned_by(version, party)
    if party == Signer.REPRESENTATIVE and party not in signers.needed(agreement, version.standing, signed_on):
        raise ValidationError(_("The student was 18 or older on that day: no representative signs."))
    person = _named(agreement, party, person_id, signed_on)
    written = name.strip() if party == Signer.REPRESENTATIVE else _written(version, party, person)
    if not written:
        raise ValidationError(_("Choose who signed."))
    _refuse_same_name(version.standing, written, party)
    kept = files.keep(
        file=scan.file,
        path=f"signatures/{uuid4()}",
        content_type=scan.content_type,
        subject=agreement.placement.student.public_id,
    )
    signature = Signature.objects.create(
        version=version,
        signer=party,
        person=person,
        name=written[:160],
        capacity=Role.STUDENT if party == Signer.STUDENT else "",
        method=SigningMethod.PAPER,
        signed_on=signed_on,
        by_id=by.person_id,
        replaces=former,
        scan=kept,
        scan_name=scan.name,
        scan_digest=kept.digest,
    )
    told = person or _told_instead(agreement, Name.of(written), email.strip().lower())
    if told.pk != by.person_id and told.is_reachable:
        link, token = links.make(person=told, act=LinkAct.OBJECTION)
        SignatureLink.objects.create(link=link, signature=signature)
        mail.named_signature_recorded(agreement, signature, told, token)
    versions.complete_signing(agreement_id=agreement.pk, by=by)
    return signature


@transaction.atomic
def tell_found(*, file: StoredFile) -> None:
    """The scanner found something in a file that was kept: of a scan, whoever recorded the signature hears of it."""
    rows = Signature.objects.select_related("by__user", "version")
    for signature in rows.filter(scan=file):
        if signature.by is not None:
            agreement = Agreement.objects.for_page().get(pk=signature.version.agreement_id)
            mail.recorder_scan_found(agreement, signature, signature.by)


def _told_instead(agreement: Agreement, name: Name, email: str) -> Person:
    """Who hears of the signature of a legal representative: that person at the address given, else the student."""
    if not email:
        return agreement.placement.student.person
    known = Person.objects.filter(personal_links__signature__signature__version__agreement=agreement)
    return people.find_or_make(among=known, email=email, name=name)


@transaction.atomic
def renew_link(*, former: PersonalLink, link: PersonalLink) -> None:
    """A newer link is about the signature that the former one was about."""
    for row in SignatureLink.objects.filter(link=former):
        SignatureLink.objects.create(link=link, signature=row.signature)


@transaction.atomic
def object(*, signature_id: int, reason: str) -> SignatureObjection:
    """The person named never gave this signature: it counts no more, nor does its text until it has one; all are told.

    It can always be done, whatever rests on that text by now (`unsigning`). Sent again it gives the objection that was
    made.
    """
    version = AgreementVersion.objects.get(signatures=signature_id)
    agreement = locks.with_placement(version.agreement_id)
    signature = Signature.objects.select_related("version", "by").get(pk=signature_id)
    version = next(text for text in agreement.texts if text.pk == version.pk)
    known = SignatureObjection.objects.filter(signature=signature).first()
    if known is not None:
        return known
    ensure(rules.can_object(signature, version))
    objection = SignatureObjection.objects.create(signature=signature, reason=reason.strip())
    unsigning.unsign(agreement=agreement, version=version, reason=objection.reason, by=signature.name)
    version.refresh_from_db(fields=["state"])
    agreement.refresh_from_db(fields=["state", "ended_on"])
    mail.party_signature_objected(agreement, version, signature, signers.everyone(agreement))
    return objection


@transaction.atomic
def activate_ready(*, organisation_id: int, by: Actor | None) -> int:
    """Let hold what only waited for an accreditation of this employer. Gives how many there were.

    Call it in the transaction that records the accreditation. The agreements stay locked until its end, so that a last
    signature at the same moment sees the accreditation.
    """
    waiting = Agreement.objects.filter(
        versions__state=VersionState.SIGNING, placement__slot__organisation=organisation_id
    )
    keys = list(waiting.order_by("pk").values_list("pk", flat=True).distinct())
    return sum(versions.complete_signing(agreement_id=pk, by=by, tell_school=False) for pk in keys)


def _signable(agreement: Agreement, version_id: int) -> AgreementVersion:
    """The text that waits, when it is the one the signer has read and signatures are asked."""
    version = agreement.pending
    if version is None or version.pk != version_id:
        known = agreement.versions.filter(pk=version_id).first()
        if version is None and known is not None and known.state == VersionState.SIGNED:
            raise ValidationError(PARTY_HAS_SIGNED, code="signed")
        raise ValidationError(versions.CHANGED, code="changed")
    ensure(states.permits(version, "sign"))
    if not version.is_base and version.ends_on < today():
        raise ValidationError(_("The last day in this text has passed. Ask for a new one."))
    if readiness.is_outside_enrolment(version):  # moved since the signatures were asked
        raise ValidationError(readiness.OUTSIDE_ENROLMENT)
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


def _unsigned_by(version: AgreementVersion, party: Signer) -> Signature | None:
    """The voided signature that one of this party takes the place of. Raises when the party has signed already."""
    former = [item for item in version.signatures.all() if item.signer == party]
    if any(not item.is_void for item in former):
        raise ValidationError(PARTY_HAS_SIGNED, code="signed")
    return former[-1] if former else None


def _name_of(
    agreement: Agreement, version: AgreementVersion, party: Signer, person: Person, *, is_same_person: bool
) -> str:
    if party != Signer.STUDENT:
        return person.full_name
    if not is_same_person and version.parties.get("student") != agreement.placement.student.full_name:
        raise ValidationError(
            _(
                "The agreement has another name than yours today. Say that it is you, or ask the school to change it."
            ),
            code="name",
        )
    return str(version.parties.get("student", ""))


def _named(agreement: Agreement, party: Signer, person_id: int | None, day: date) -> Person | None:
    """The person of the party who signed on paper: who signs for it, and did on that day."""
    if party == Signer.REPRESENTATIVE:
        return None
    if party == Signer.STUDENT:
        return agreement.placement.student.person
    found = next((person for person in signers.able_for(agreement)[party] if person.pk == person_id), None)
    if found is None:
        raise ValidationError(_("Choose who signed."))
    if not signers.might_sign(found, agreement, party, day):
        raise ValidationError(
            format_lazy(
                _(
                    "On that day {name} did not sign for this party yet. Let the page be signed again, or by someone else."
                ),
                name=found.full_name,
            )
        )
    return found


def _written(version: AgreementVersion, party: Signer, person: Person | None) -> str:
    if party == Signer.STUDENT:
        return str(version.parties.get("student", ""))
    return person.full_name if person else ""


def _refuse_same_name(signatures: Iterable[Signature], name: str, party: Signer) -> None:
    """Refuse a name that signed for another party: one person signs for one, and on paper the name is all we know."""
    if any(unaccented(item.name) == unaccented(name) and item.signer != party for item in signatures):
        raise ValidationError(
            _(
                "This name has already signed for another party. Is it someone else? "
                "Then add what tells them apart, such as initials."
            )
        )
