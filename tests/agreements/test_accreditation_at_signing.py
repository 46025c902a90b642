"""A text is signed on the accreditation of the employer on its first day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agreements.enums import AgreementState, VersionState
from agreements.models import AccreditationGround
from agreements.queries import readiness
from agreements.services import signatures
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from programmes.models import AccreditationCheck
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import AccreditationFactory

pytestmark = pytest.mark.django_db


def test_without_accreditation_it_stays_in_signing_and_the_school_hears():
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING
    mail = OutgoingMail.objects.get(kind="teacher_accreditation_missing")
    assert mail.person.user_id == case.teacher.pk
    accredited = readiness.accredited(case.pending)
    assert (len(accredited.missing), accredited.holds) == (2, False)


@pytest.mark.parametrize(
    "change",
    [
        {"status": "withdrawn", "valid_until": today()},
        {"status": "unknown"},
        {"valid_from": date(2090, 1, 1)},
        {"valid_until": date(2020, 1, 2), "valid_from": date(2020, 1, 1)},
    ],
)
def test_accreditation_that_does_not_hold_on_the_start_date_is_none(case, change):
    known = AccreditationCheck.objects.earliest("pk")
    AccreditationFactory(school=case.school, organisation=case.employer, crebo=known.crebo, **change)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING


def test_recording_the_last_accreditation_activates():
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    crebos = readiness.accredited(case.pending).crebos
    AccreditationFactory(organisation=case.employer, crebo=crebos[0])
    elsewhere = OrganisationFactory(school=True)  # what another school found does not count here
    AccreditationFactory(school=elsewhere, organisation=case.employer, crebo=crebos[1])
    assert signatures.activate_ready(organisation_id=case.employer.pk, by=actor_of(case.teacher)) == 0
    AccreditationFactory(organisation=case.employer, crebo=crebos[1])
    assert signatures.activate_ready(organisation_id=case.employer.pk, by=actor_of(case.teacher)) == 1
    assert signatures.activate_ready(organisation_id=case.employer.pk, by=actor_of(case.teacher)) == 0
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.ACTIVE


def test_accreditation_does_not_activate_what_is_not_fully_signed(case):
    case.ask()
    case.sign("student", case.student)
    assert signatures.activate_ready(organisation_id=case.employer.pk, by=None) == 0


def test_signatures_are_not_asked_for_a_programme_without_crebo(case):
    case.placement.enrolment.cohort.programme.qualifications.clear()
    with pytest.raises(ValidationError, match="geen kwalificatie met een crebo"):
        case.ask()
    assert case.pending.state == VersionState.DRAFT


def test_what_is_signed_keeps_on_which_checks_and_a_change_rests_on_the_same(case):
    first = set(AccreditationCheck.objects.all())
    case.ask()
    assert not AccreditationGround.objects.exists()
    case.sign_all()
    assert {row.accreditation for row in case.agreed.grounds.all()} == first
    for check in first:  # found later: what was signed stands
        AccreditationFactory(
            school=case.school,
            organisation=case.employer,
            crebo=check.crebo,
            status="withdrawn",
            valid_until=today(),
        )
    case.amend()
    case.sign_all()
    assert case.agreed.number == 2
    assert {row.accreditation for row in case.agreed.grounds.all()} == first


def test_what_is_signed_again_after_an_objection_rests_on_what_is_found_then(case):
    before = AccreditationCheck.objects.earliest("pk")
    case.ask()
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    by_hand = case.on_paper("student")
    later = AccreditationFactory(school=case.school, organisation=case.employer, crebo=before.crebo)
    signatures.object(signature_id=by_hand.pk, reason="Niet door mij.")
    case.sign("student", case.student)
    crebos = [row.accreditation for row in case.agreed.grounds.filter(accreditation__crebo=before.crebo)]
    assert crebos == [before, later]  # the first stays on record
