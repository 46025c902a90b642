"""Faults in agreements, their texts and signatures."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F
from django.utils import timezone

from agreements.enums import AgreementState, SigningMethod, VersionState
from agreements.models import Agreement, AgreementVersion, Signature
from core.models import StateChange
from placements.enums import PlacementKind
from placements.models import Placement
from programmes.enums import AccreditationStatus
from programmes.models import AccreditationCheck
from students.models import Student
from tests.demo.faults.base import DAY, LONG_AGO, Fault, change, dutch, step, stranger

IN_FORCE = Agreement.objects.filter(state=AgreementState.ACTIVE)
SIGNED = AgreementVersion.objects.filter(state=VersionState.SIGNED)
DRAFTS = AgreementVersion.objects.filter(state=VersionState.DRAFT)
TEXT = "agreements.agreementversion"
FAULTS: list[Fault] = [
    (
        "ordinary_placement_has_an_agreement",
        "without an agreement",
        change(
            Agreement.objects.all(),
            placement=lambda: Placement.objects.filter(kind=PlacementKind.EXCHANGE).earliest("pk").pk,
        ),
    ),
    (
        "agreement_is_the_text_that_was_made",
        "not what its digest was taken of",
        change(AgreementVersion.objects.all(), guidance="Niemand"),
    ),
    (
        "agreement_is_the_text_that_was_made",
        dutch("Name the practice trainer of the workplace."),
        change(AgreementVersion.objects.filter(asked_at__isnull=False), practice_trainer=""),
    ),
    (
        "agreement_is_the_text_that_was_made",
        "from before the placement",
        change(AgreementVersion.objects.all(), created_at=LONG_AGO),
    ),
    (
        "agreement_says_what_its_texts_are",
        "while its first text is",
        change(IN_FORCE, state=AgreementState.SIGNING),
    ),
    (
        "agreement_says_what_its_texts_are",
        "without a history",
        lambda: StateChange.objects.filter(action="activate").delete(),
    ),
    (
        "agreement_says_what_its_texts_are",
        "another than that of the placement",
        change(Placement.objects.filter(agreements__in=IN_FORCE), ends_on=F("ends_on") + DAY),
    ),
    (
        "text_is_signed_as_its_state_says",
        "signed without all signatures",
        lambda: (
            Signature.objects.filter(version__in=SIGNED, objection=None, replaces=None).latest("pk").delete()
        ),
    ),
    (
        "text_is_signed_as_its_state_says",
        "a draft that is signed",
        change(Signature.objects.filter(objection=None), version=lambda: DRAFTS.earliest("pk").pk),
    ),
    (
        "text_is_signed_as_its_state_says",
        "it does not hold",
        change(SIGNED, state=VersionState.SIGNING, holds=None, signed_at=None, signed_digest=""),
    ),
    ("text_is_signed_as_its_state_says", "asked at another moment", step("ask", TEXT, at=LONG_AGO)),
    (
        "text_holds_when_it_was_ready",
        "not accredited",
        change(AccreditationCheck.objects.all(), status=AccreditationStatus.UNKNOWN),
    ),
    (
        "text_holds_when_it_was_ready",
        "before the last signature",
        change(Signature.objects.filter(version__in=SIGNED), at=timezone.now),
    ),
    (
        "text_holds_when_it_was_ready",
        "in force from another moment",
        change(SIGNED, signed_at=timezone.now),
    ),
    (
        "text_holds_when_it_was_ready",
        "holds on other days",
        change(SIGNED, holds=DateRange(LONG_AGO.date(), LONG_AGO.date() + DAY)),
    ),
    (
        "signature_is_of_someone_who_signs",
        "signed before it was asked",
        change(Signature.objects.all(), at=LONG_AGO),
    ),
    (
        "signature_is_of_someone_who_signs",
        "on a day before it was asked",
        change(Signature.objects.filter(method=SigningMethod.PAPER), signed_on=LONG_AGO.date()),
    ),
    (
        "signature_is_of_someone_who_signs",
        "recorded by someone who could not",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), by=stranger),
    ),
    (
        "signature_is_of_someone_who_signs",
        "who could not sign for this party",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), person=stranger),
    ),
    (
        "signature_is_of_someone_who_signs",
        "on another day than it was recorded",
        change(Signature.objects.filter(method=SigningMethod.DIGITAL), signed_on=LONG_AGO.date()),
    ),
    (
        "signature_is_of_someone_who_signs",
        "someone who is 18",
        lambda: Student.objects.update(born_on=dt.date(1980, 1, 1)),
    ),
    (
        "signature_is_of_someone_who_signs",
        "one name signs for two parties",
        lambda: Signature.objects.update(name="Eén Naam"),
    ),
]
