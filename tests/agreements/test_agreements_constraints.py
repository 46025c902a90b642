"""What the database refuses around agreements, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from agreements.enums import AgreementState, Signer, VersionKind, VersionState
from agreements.models import Agreement, AgreementVersion
from core.dates import today
from placements.enums import PlacementState
from tests.agreements.cases import agreement_case
from tests.factories.agreements import (
    AccreditationGroundFactory,
    AgreementFactory,
    AgreementVersionFactory,
    SignatureFactory,
    SignatureObjectionFactory,
)
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import PlacementFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Refused:
    """Something written inside is refused, at the latest at the end of the transaction."""

    def __enter__(self):
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, kind, error, trace):
        try:
            if kind is None:
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except IntegrityError as refusal:
            kind, error, trace = type(refusal), refusal, refusal.__traceback__
        finally:
            with connection.cursor() as cursor:
                if kind is None:
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            self.block.__exit__(kind, error, trace)
        assert kind is not None, "the database let it pass"
        return issubclass(kind, IntegrityError)


def at_the_end():
    """What is written here is looked at as at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def signed(version, *signers, **found):
    """The text as it is signed by these, at once, past every service; `found` says what its accreditation is like."""
    for signer in signers or ("student", "employer", "school"):
        SignatureFactory(version=version, signer=signer)
    for item in version.parties["qualifications"]:
        check = {"crebo": item["crebo"], **found}
        AccreditationGroundFactory(
            version=version, **{f"accreditation__{name}": value for name, value in check.items()}
        )
    put_down_as_signed(version)


def put_down_as_signed(version):
    AgreementVersion.objects.filter(pk=version.pk).update(
        state=VersionState.SIGNED,
        holds=DateRange(version.effective_from, version.ends_on + DAY),
        signed_at=timezone.now(),
        signed_digest=version.digest,
    )


# Agreements


def test_one_open_agreement_on_a_placement():
    first = AgreementFactory()
    with Refused():
        AgreementFactory(placement=first.placement, number=2, follows=first)
    Agreement.objects.filter(pk=first.pk).update(state=AgreementState.LAPSED)
    AgreementFactory(placement=first.placement, number=2, follows=first)


@pytest.mark.parametrize(
    "values",
    [
        {"state": AgreementState.ACTIVE},
        {"state": AgreementState.ENDED, "ended_on": today()},
        {"state": AgreementState.COMPLETED},
        {"state": AgreementState.ENDED, "activated_at": timezone.now()},
        {"state": AgreementState.LAPSED, "activated_at": timezone.now()},
        {"state": AgreementState.DRAFT, "activated_at": timezone.now()},
        {"state": AgreementState.ACTIVE, "activated_at": timezone.now(), "ended_on": today()},
        {"number": 2},
    ],
)
def test_agreement_that_contradicts_itself_is_refused(values):
    agreement = AgreementFactory()
    with Refused():
        Agreement.objects.filter(pk=agreement.pk).update(**values)


# Texts


def test_one_text_waits_at_a_time():
    version = AgreementVersionFactory()
    with Refused():
        AgreementVersionFactory(agreement=version.agreement, kind=VersionKind.HOURS, changes=version)


def test_two_signed_texts_do_not_hold_on_one_day():
    version = AgreementVersionFactory(asked=True)
    signed(version)
    second = AgreementVersionFactory(
        agreement=version.agreement, kind=VersionKind.HOURS, changes=version, asked=True
    )
    with Refused():
        signed(second)


@pytest.mark.parametrize(
    "values",
    [
        {"guidance": "Anders."},
        {"ends_on": today() + 900 * DAY},
        {"parties": {}},
        {"digest": "0" * 64},
        {"asked_at": None},
        {"effective_from": today() + 9 * DAY},
    ],
)
def test_text_that_was_asked_never_changes(values):
    version = AgreementVersionFactory(asked=True)
    with Refused():
        AgreementVersion.objects.filter(pk=version.pk).update(**values)


def test_text_that_was_asked_is_not_deleted_and_a_draft_is():
    version = AgreementVersionFactory(asked=True)
    with Refused():
        version.delete()
    AgreementVersionFactory().delete()


@pytest.mark.parametrize(
    "values",
    [
        {"state": VersionState.SIGNING},
        {"state": VersionState.SIGNED},
        {"holds": DateRange(today(), today() + DAY)},
        {"signed_digest": "0" * 64},
        {"kind": VersionKind.HOURS},
        {"week": [480, 480]},
        {"week": [480] * 14, "minutes_per_week": 14 * 480},
        {"week": [480] * 7, "minutes_per_week": None},
        {"total_hours": 611},
        {"hours_per_year": {}, "total_hours": 1},
        {"hours_per_year": [610]},
        {"hours_per_year": {"2026": 600}},
        {"hours_per_year": {"2026": "610"}},
        {"hours_per_year": {"2026": 610.5}, "total_hours": 610},
        {"hours_per_year": {"2026": 610, "2027": 0}},
        {"hours_per_year": {"next year": 610}},
    ],
)
def test_text_that_contradicts_itself_is_refused(values):
    version = AgreementVersionFactory()
    with Refused():
        AgreementVersion.objects.filter(pk=version.pk).update(**values)


# Signed means signed by all


@pytest.mark.parametrize("left_out", ["student", "employer", "school"])
def test_signed_without_a_party_is_refused(left_out):
    version = AgreementVersionFactory(asked=True)
    with Refused():
        signed(version, *({"student", "employer", "school"} - {left_out}))


def test_signed_by_all_three_passes():
    version = AgreementVersionFactory(asked=True)
    signed(version)
    at_the_end()


def test_agreement_in_force_does_not_go_to_a_placement_with_another_end():
    version = AgreementVersionFactory(asked=True)
    signed(version)
    Agreement.objects.update(state=AgreementState.ACTIVE, activated_at=timezone.now())
    at_the_end()
    placement = version.agreement.placement
    other = PlacementFactory(
        state=PlacementState.RUNNING, starts_on=placement.starts_on, ends_on=placement.ends_on + DAY
    )
    with Refused():
        Agreement.objects.update(placement=other)


def test_signed_without_the_representative_of_a_minor_is_refused():
    case = agreement_case(minor=True)
    case.ask()
    version = case.pending
    with Refused():
        signed(version)
    SignatureFactory(
        version=version, signer=Signer.REPRESENTATIVE, person=None, by=case.teacher.person, paper=True
    )
    signed(version)
    at_the_end()


def test_objection_leaves_no_text_signed():
    version = AgreementVersionFactory(asked=True)
    SignatureFactory(version=version, signer="student", paper=True)
    signed(version, "employer", "school")
    with Refused():
        SignatureObjectionFactory(signature=version.signatures.get(signer="student"))


# Signed means accredited on the first day


def signatures_of_all(version):
    for signer in ("student", "employer", "school"):
        SignatureFactory(version=version, signer=signer)


def test_signed_without_an_accreditation_is_refused():
    version = AgreementVersionFactory(asked=True)
    signatures_of_all(version)
    with Refused():
        put_down_as_signed(version)
    AccreditationGroundFactory(version=version)
    put_down_as_signed(version)
    at_the_end()


def test_signed_text_without_a_crebo_is_refused():
    version = AgreementVersionFactory(asked=True, parties={})
    signatures_of_all(version)
    AccreditationGroundFactory(version=version)
    with Refused():
        put_down_as_signed(version)


def test_signed_with_one_of_two_crebos_accredited_is_refused():
    case = agreement_case()
    case.ask()
    version = case.pending
    signatures_of_all(version)
    first, second = (item["crebo"] for item in version.parties["qualifications"])
    AccreditationGroundFactory(version=version, accreditation__crebo=first)
    with Refused():
        put_down_as_signed(version)
    AccreditationGroundFactory(version=version, accreditation__crebo=second)
    with transaction.atomic():
        put_down_as_signed(version)
        Agreement.objects.filter(pk=case.agreement.pk).update(
            state=AgreementState.ACTIVE, activated_at=timezone.now()
        )
        at_the_end()


@pytest.mark.parametrize(
    "found",
    [
        {"crebo": "95009"},
        {"status": "withdrawn", "valid_until": today() + 900 * DAY},
        {"status": "unknown"},
        {"valid_from": today() + 800 * DAY},
        {"valid_from": today() - 800 * DAY, "valid_until": today() - 700 * DAY},
    ],
)
def test_signed_on_a_check_that_says_something_else_is_refused(found):
    version = AgreementVersionFactory(asked=True)
    with Refused():
        signed(version, **found)


def test_signed_on_a_check_of_another_employer_or_by_another_school_is_refused():
    version = AgreementVersionFactory(asked=True)
    with Refused():
        signed(version, organisation=OrganisationFactory())
    with Refused():
        signed(version, school=OrganisationFactory(school=True))


def test_signed_on_the_check_of_a_row_that_was_merged_passes():
    version = AgreementVersionFactory(asked=True)
    placement = version.agreement.placement
    employer, school = placement.slot.organisation, placement.enrolment.cohort.programme.school
    signed(
        version,
        organisation=OrganisationFactory(merged_into=employer),
        school=OrganisationFactory(school=True, merged_into=school),
    )
    at_the_end()


# Signatures


@pytest.fixture
def signature():
    return SignatureFactory(version=AgreementVersionFactory(asked=True))


def test_party_signs_once(signature):
    with Refused():
        SignatureFactory(version=signature.version)


def test_person_signs_for_one_party(signature):
    with Refused():
        SignatureFactory(version=signature.version, signer="employer", person=signature.person)


def test_representative_signs_on_paper_only(signature):
    with Refused():
        SignatureFactory(version=signature.version, signer="representative")


@pytest.mark.parametrize("values", [{"scan": None}, {"scan_digest": ""}])
def test_paper_needs_its_scan(signature, values):
    with Refused():
        SignatureFactory(version=signature.version, signer="employer", paper=True, **values)


@pytest.mark.parametrize("signer", ["employer", "school"])
def test_party_signs_as_a_known_person(signature, signer):
    with Refused():
        SignatureFactory(version=signature.version, signer=signer, person=None)


def test_only_a_signature_that_was_objected_to_is_replaced(signature):
    with Refused():
        SignatureFactory(version=signature.version, replaces=signature)
    void = SignatureObjectionFactory(
        signature__version=signature.version, signature__signer="employer"
    ).signature
    with Refused():
        SignatureFactory(version=signature.version, signer="school", replaces=void)
    SignatureFactory(version=signature.version, signer="employer", replaces=void)
    with Refused():
        SignatureFactory(version=signature.version, signer="employer", replaces=void)
