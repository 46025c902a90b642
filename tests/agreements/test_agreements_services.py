"""Practice agreements: drafted from the data, changed, asked, signed, active once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from agreements.enums import AgreementState
from agreements.models import Agreement, Signature
from agreements.queries import readiness
from agreements.services import agreements, signatures
from agreements.tasks import complete
from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from partnerships.actors import actor_of
from programmes.models import AccreditationCheck
from tests.agreements.cases import agreement_case
from tests.factories.agreements import AgreementVersionFactory, SignatureFactory
from tests.factories.partnerships import OrganisationFactory
from tests.factories.programmes import AccreditationFactory

pytestmark = pytest.mark.django_db


# Draft


def test_draft_is_made_from_the_data(case):
    version = case.agreement.current
    assert (version.number, case.agreement.state) == (1, AgreementState.DRAFT)
    assert (version.starts_on, version.ends_on) == (case.placement.starts_on, case.placement.ends_on)
    assert version.total_hours == sum(hours for _year, hours in version.years)
    assert version.practice_trainer == case.colleague.get_full_name()
    assert version.school_contact == case.teacher.get_full_name()
    assert version.parties["employer"] == case.employer.name
    assert len(version.parties["qualifications"]) == 2
    assert "B1-K1 Biedt zorg" in version.content
    assert version.digest == version.fingerprint()


def test_draft_spreads_the_norm_over_study_years_in_proportion():
    with time_machine.travel("2026-09-15 10:00+02:00"):
        version = agreement_case().agreement.current
    assert version.years == [(2026, 610), (2027, round(610 * 46 / 304))]


def test_draft_takes_the_hours_a_week_of_the_place():
    with time_machine.travel("2026-09-15 10:00+02:00"):
        version = agreement_case(hours_per_week=28).agreement.current
    assert version.years[0] == (2026, round(320 / 7 * 40 / 52 * 28))


def test_draft_twice_gives_the_same_agreement(case):
    again = agreements.draft(placement_id=case.placement.pk, by=None)
    assert (again.pk, again.versions.count()) == (case.agreement.pk, 1)


def test_touched_row_no_longer_fits_its_digest(case):
    version = case.agreement.current
    version.total_hours += 1
    assert version.fingerprint() != version.digest


# Ask


def test_ask_mails_every_signer_once_with_the_link_to_sign(case):
    case.ask()
    mails = OutgoingMail.objects.filter(kind="signer_agreement_asked")
    assert {mail.user_id for mail in mails} == {case.student.pk, case.contact.pk}  # the teacher asked
    assert all(mail.link.endswith(f"/overeenkomsten/{case.agreement.public_id}/tekenen/") for mail in mails)
    assert case.agreement.state == AgreementState.SIGNING


def test_ask_twice_is_refused(case):
    case.ask()
    with pytest.raises(IllegalTransition):
        case.ask()


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        ({"practice_trainer": ""}, "praktijkopleider"),
        ({"school_contact": ""}, "school"),
        ({"hours_per_year": {"2026": 10}}, "norm"),
        ({"ends_on": date(2040, 1, 1)}, "inschrijving"),
    ],
)
def test_ask_with_something_missing_says_what(case, terms, word):
    agreements.change(agreement_id=case.agreement.pk, by=None, **terms)
    with pytest.raises(ValidationError, match=word):
        case.ask()
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.DRAFT


def test_fewer_hours_with_a_reason_can_be_asked(case):
    agreements.change(
        agreement_id=case.agreement.pk,
        by=None,
        hours_per_year={"2026": 400},
        hours_reason="Vrijstelling voor een deel.",
    )
    case.ask()
    assert case.agreement.state == AgreementState.SIGNING


# Sign


def test_last_signature_activates_once_and_tells_everyone(case):
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.ACTIVE
    assert case.agreement.activated_at is not None
    assert StateChange.objects.filter(action="activate").count() == 1
    told = OutgoingMail.objects.filter(kind="party_agreement_activated")
    assert sorted(mail.user_id for mail in told) == sorted(
        [case.student.pk, case.contact.pk, case.teacher.pk]
    )


def test_nobody_signs_twice(case):
    case.ask()
    case.sign("student", case.student)
    with pytest.raises(ValidationError, match="al getekend"):
        case.sign("student", case.student)
    assert Signature.objects.count() == 1


@pytest.mark.parametrize(
    ("signer", "who"),
    [
        ("employer", "student"),
        ("school", "contact"),
        ("student", "teacher"),
        ("employer", "colleague"),
        ("representative", "student"),
        ("nobody", "student"),
    ],
)
def test_signing_for_the_wrong_party_is_refused(case, signer, who):
    case.ask()
    with pytest.raises(ValidationError):
        case.sign(signer, getattr(case, who))
    assert Signature.objects.count() == 0


def test_same_person_signs_for_one_party_only(case):
    case.agreement.placement.slot.organisation.memberships.create(
        user=case.teacher, role="contact", may_sign=True
    )
    case.ask()
    case.sign("school", case.teacher)
    with pytest.raises(ValidationError, match="andere partij"):
        case.sign("employer", case.teacher)


def test_signature_on_an_old_version_is_refused(case):
    case.ask()
    old = case.version_id
    agreements.change(agreement_id=case.agreement.pk, by=actor_of(case.teacher), guidance="Anders.")
    case.ask()
    with pytest.raises(ValidationError, match="veranderd"):
        case.sign("student", case.student, version_id=old)
    assert Signature.objects.count() == 0


def test_signature_before_it_is_asked_is_refused(case):
    with pytest.raises(ValidationError, match="niets te tekenen"):
        case.sign("student", case.student)


def test_ended_membership_signs_no_more(case):
    case.ask()
    case.contact.memberships.update(ends_on=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        case.sign("employer", case.contact)


# Change


def test_change_voids_signatures_and_says_what_changed(case):
    case.ask()
    case.sign("student", case.student)
    case.sign("employer", case.contact)
    version = agreements.change(
        agreement_id=case.agreement.pk, by=actor_of(case.teacher), guidance="Elke dag samen."
    )
    case.agreement.refresh_from_db()
    assert (case.agreement.state, version.number) == (AgreementState.DRAFT, 2)
    assert case.agreement.current.signatures.count() == 0
    assert case.agreement.versions.get(number=1).signatures.count() == 2  # history keeps them
    mails = OutgoingMail.objects.filter(kind="signer_agreement_voided")
    assert {mail.user_id for mail in mails} == {case.student.pk, case.contact.pk}
    assert "Nu: Elke dag samen." in mails[0].body


def test_asking_again_tells_what_changed_since_the_version_asked_before(case):
    case.ask()
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Eerste.")
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Tweede.")
    case.ask()
    body = OutgoingMail.objects.filter(kind="signer_agreement_asked", user=case.student).latest("pk").body
    assert "Nu: Tweede." in body
    assert "Eerste." not in body


def test_change_without_difference_keeps_the_signatures(case):
    case.ask()
    case.sign("student", case.student)
    version = agreements.change(
        agreement_id=case.agreement.pk, by=None, guidance=case.agreement.current.guidance
    )
    case.agreement.refresh_from_db()
    assert (version.number, case.agreement.state) == (1, AgreementState.SIGNING)


def test_change_of_an_active_agreement_starts_signing_afresh(case):
    case.ask()
    case.sign_all()
    agreements.change(agreement_id=case.agreement.pk, by=None, assessment="Anders.")
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.agreement.activated_at) == (AgreementState.DRAFT, None)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.ACTIVE


def test_change_from_a_version_that_is_no_longer_the_newest_is_refused(case):
    first = case.version_id
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Van een collega.")
    with pytest.raises(ValidationError, match="gewijzigd"):
        agreements.change(agreement_id=case.agreement.pk, by=None, from_version_id=first, guidance="Van mij.")


# Accreditation


def test_without_accreditation_it_stays_in_signing_and_the_school_hears():
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING
    mail = OutgoingMail.objects.get(kind="teacher_accreditation_missing")
    assert mail.user_id == case.teacher.pk
    accredited = readiness.accredited(case.agreement, case.agreement.current.starts_on)
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
    crebos = readiness.accredited(case.agreement, today()).crebos
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


def test_programme_without_crebo_is_not_activated(case):
    case.placement.enrolment.cohort.programme.qualifications.clear()
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING


# End


def test_end_needs_a_reason_and_tells_the_parties(case):
    case.ask()
    case.sign_all()
    with pytest.raises(ValidationError):
        agreements.end(agreement_id=case.agreement.pk, reason=" ", by=actor_of(case.teacher))
    agreements.end(agreement_id=case.agreement.pk, reason="De locatie sluit.", by=actor_of(case.teacher))
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ENDED, today())
    mails = OutgoingMail.objects.filter(kind="party_agreement_ended")
    assert {mail.user_id for mail in mails} == {case.student.pk, case.contact.pk}
    assert "De locatie sluit." in mails[0].body


def test_end_outside_the_period_is_refused(case):
    case.ask()
    case.sign_all()
    with pytest.raises(ValidationError, match="periode"):
        agreements.end(agreement_id=case.agreement.pk, reason="x", by=None, last_day=date(2090, 1, 1))


def test_complete_after_the_last_day_only(case):
    case.ask()
    case.sign_all()
    last = case.agreement.current.ends_on
    for day, done in [(last, 0), (last + timedelta(days=1), 1), (last + timedelta(days=1), 0)]:
        with time_machine.travel(f"{day} 12:00+01:00"):
            assert complete() == done
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.COMPLETED


@pytest.mark.parametrize(("active", "state"), [(False, AgreementState.LAPSED), (True, AgreementState.ENDED)])
def test_broken_placement_closes_its_agreement(case, active, state):
    case.ask()
    if active:
        case.sign_all()
    agreements.close_for_placement(placement_id=case.placement.pk, reason="Gestopt.", by=None)
    agreements.close_for_placement(placement_id=case.placement.pk, reason="Gestopt.", by=None)
    case.agreement.refresh_from_db()
    assert case.agreement.state == state


# Constraints


@pytest.mark.parametrize(
    "second",
    [
        {"signer": "student"},  # the same party twice
        {"signer": "employer"},  # the same person for another party
        {"signer": "representative"},  # a representative in the portal
    ],
)
def test_database_refuses_a_second_signature(case, second):
    first = SignatureFactory(version=case.agreement.current, by=case.student)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignatureFactory(version=first.version, by=case.student, **second)


def test_database_refuses_active_without_a_moment():
    version = AgreementVersionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=version.agreement_id).update(state=AgreementState.ACTIVE)


def test_database_refuses_ended_without_a_day():
    version = AgreementVersionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=version.agreement_id).update(state=AgreementState.ENDED)


@pytest.mark.parametrize("action", list(Agreement.TRANSITIONS))
@pytest.mark.parametrize("state", list(AgreementState))
def test_every_state_and_action(state, action):
    version = AgreementVersionFactory()
    fields = {"activated_at": version.created_at} if state == AgreementState.ACTIVE else {}
    if state == AgreementState.ENDED:
        fields["ended_on"] = today()
    Agreement.objects.filter(pk=version.agreement_id).update(state=state, **fields)
    agreement = Agreement.objects.get(pk=version.agreement_id)
    sources, target = Agreement.TRANSITIONS[action]
    values = {"activate": {"activated_at": version.created_at}, "end": {"ended_on": today()}}.get(action, {})

    if state in sources:
        advance(agreement, action, by=None, reason="x", **values)
        assert Agreement.objects.get(pk=agreement.pk).state == target
    else:
        with pytest.raises(IllegalTransition):
            advance(agreement, action, by=None, reason="x", **values)
        assert Agreement.objects.get(pk=agreement.pk).state == state
