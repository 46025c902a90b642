"""Who must sign: the table of the rule, and the same answer from the database and from rows."""

import random
from datetime import date

import pytest

from agreements.enums import Signer, VersionState
from agreements.models import Agreement, Signature
from agreements.queries import signers
from core.dates import today
from tests.factories.agreements import AgreementVersionFactory, SignatureFactory, SignatureObjectionFactory

STUDENT, EMPLOYER, SCHOOL, REPRESENTATIVE = Signer
THREE = (STUDENT, EMPLOYER, SCHOOL)
FOUR = (*THREE, REPRESENTATIVE)


def years_ago(years: int, day: date | None = None) -> date:
    day = day or today()
    return day.replace(year=day.year - years, day=min(day.day, 28))


def agreement(born_on: date, state: str = VersionState.SIGNING) -> Agreement:
    """With a text in this state, and nobody's signature yet."""
    born = {"agreement__placement__enrolment__student__born_on": born_on}
    asked = {"asked": True} if state == VersionState.SIGNING else {"state": state}
    row: Agreement = AgreementVersionFactory(**asked, **born).agreement
    return row


def sign(row: Agreement, signer: str, day: date) -> Signature:
    paper = {"paper": True, "person": None} if signer == REPRESENTATIVE else {}
    return SignatureFactory(version=row.versions.get(), signer=signer, signed_on=day, **paper)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "signed", "needed", "missing"),
    [
        # who has signed, with the student's age on that day; born: the age today
        (25, {}, THREE, THREE),
        (25, {STUDENT: 25}, THREE, (EMPLOYER, SCHOOL)),
        (25, dict.fromkeys(THREE, 25), THREE, ()),
        (17, {}, FOUR, FOUR),
        (17, dict.fromkeys(THREE, 17), FOUR, (REPRESENTATIVE,)),
        (17, {REPRESENTATIVE: 17}, FOUR, THREE),
        (17, dict.fromkeys(FOUR, 17), FOUR, ()),
        # What counts is the day on which the student signed, not today ...
        (18, {STUDENT: 17}, FOUR, (EMPLOYER, SCHOOL, REPRESENTATIVE)),
        # ... nor the day on which someone else did.
        (18, {EMPLOYER: 17}, THREE, (STUDENT, SCHOOL)),
        # A representative who has signed stays, also when the student signs after turning 18.
        (18, {REPRESENTATIVE: 17}, FOUR, THREE),
        (18, {REPRESENTATIVE: 17, STUDENT: 18}, FOUR, (EMPLOYER, SCHOOL)),
    ],
)
def test_who_is_needed_and_who_is_missing(born, signed, needed, missing):
    row = agreement(years_ago(born))
    for signer, age in signed.items():
        sign(row, signer, years_ago(born - age))
    loaded = Agreement.objects.for_list().get(pk=row.pk)
    assert signers.needed(loaded, loaded.pending.standing) == needed
    assert signers.missing(loaded.pending) == signers.missing_now(loaded) == missing


@pytest.mark.django_db
def test_signature_that_was_objected_to_is_missing_again():
    row = agreement(years_ago(20))
    SignatureObjectionFactory(signature__version=row.versions.get(), signature__signer=SCHOOL)
    loaded = Agreement.objects.for_list().get(pk=row.pk)
    assert SCHOOL in signers.missing_now(loaded)
    assert Agreement.objects.filter(signers.waits_for(SCHOOL)).get() == row


@pytest.mark.django_db
def test_representative_is_needed_until_the_eighteenth_birthday():
    born_on = date(2008, 2, 29)
    row = agreement(born_on)
    for day, is_minor in [(date(2026, 2, 28), True), (date(2026, 3, 1), False), (date(2025, 12, 1), True)]:
        assert (REPRESENTATIVE in signers.needed(row, [], day)) == is_minor


def is_schools_turn(row: Agreement) -> bool:
    """Ask for the signatures, sign, record one from paper, or see to the accreditation."""
    pending = row.pending
    if pending is None or pending.state == VersionState.DRAFT:
        return pending is not None
    left = signers.missing_now(row)
    return not left or SCHOOL in left or REPRESENTATIVE in left


def assert_same_answer() -> int:
    """SQL and rows agree on every agreement in the database; gives how many there are."""
    rows = list(Agreement.objects.for_list())
    for signer in Signer:
        expected = {row.pk for row in rows if signer in signers.missing_now(row)}
        assert (
            set(Agreement.objects.filter(signers.waits_for(signer)).values_list("pk", flat=True)) == expected
        )
    turn = {row.pk for row in rows if is_schools_turn(row)}
    assert set(Agreement.objects.filter(signers.schools_turn()).values_list("pk", flat=True)) == turn
    return len(rows)


@pytest.mark.django_db
def test_database_and_rows_give_the_same_answer_over_random_agreements():
    chance = random.Random(10)
    states = [VersionState.DRAFT, *[VersionState.SIGNING] * 6, VersionState.LAPSED]
    for _ in range(40):
        row = agreement(years_ago(chance.choice([16, 17, 18, 18, 19])), chance.choice(states))
        for signer in Signer:
            if chance.random() < 0.6:
                signature = sign(row, signer, years_ago(chance.choice([0, 0, 1, 2])))
                if signature.is_paper and chance.random() < 0.3:
                    SignatureObjectionFactory(signature=signature)
    assert assert_same_answer() == 40
