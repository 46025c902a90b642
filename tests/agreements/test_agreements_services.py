"""Practice agreements: drafted from the data, asked, signed, in force once, ended, followed by a next one."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Role
from agreements.enums import AgreementState, VersionState
from agreements.models import Agreement, Signature
from agreements.services import agreements, signatures, versions
from core import periods, states
from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from partnerships.actors import actor_of
from partnerships.models import Membership
from tests.agreements.cases import agreement_case
from tests.factories.agreements import AgreementFactory
from tests.factories.partnerships import MembershipFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


# Draft


def test_draft_is_made_from_the_data(case):
    version = case.pending
    assert (version.number, version.state, case.agreement.state) == (
        1,
        VersionState.DRAFT,
        AgreementState.DRAFT,
    )
    assert (version.starts_on, version.ends_on) == (case.placement.starts_on, case.placement.ends_on)
    assert version.effective_from == version.starts_on
    assert version.total_hours == sum(hours for _year, hours in version.years)
    assert version.practice_trainer == case.colleague.person.full_name
    assert version.school_contact == case.teacher.person.full_name
    assert version.location == case.placement.slot.location
    assert version.parties["employer"] == case.employer.name
    assert len(version.parties["qualifications"]) == 2
    assert "B1-K1 Biedt zorg" in version.content
    assert version.digest == version.fingerprint()


def test_draft_spreads_the_norm_over_study_years_in_proportion():
    with time_machine.travel("2026-09-15 10:00+02:00"):
        version = agreement_case().pending
    assert version.years == [(2026, 610), (2027, round(610 * 46 / 304))]


def test_draft_takes_the_hours_and_days_of_the_place():
    with time_machine.travel("2026-09-15 10:00+02:00"):
        version = agreement_case(week=[0, 600, 540, 0, 540, 0, 0]).pending
    assert version.years[0] == (2026, round(320 / 7 * 40 / 52 * 28))
    assert version.minutes_per_week == 28 * 60
    assert version.week == [0, 600, 540, 0, 540, 0, 0]


def test_draft_takes_two_weeks_in_turn_and_varying_days_as_the_place_has_them():
    week = [480, 480, 0, 0, 0, 0, 0, 480, 0, 0, 0, 0, 0, 0]
    in_turn, varying = agreement_case(week=week).pending, agreement_case(hours_per_week=20).pending
    assert (in_turn.week, in_turn.minutes_per_week) == (week, 12 * 60)
    assert (varying.week, varying.minutes_per_week) == ([], 20 * 60)


def test_draft_twice_gives_the_same_agreement(case):
    again = agreements.draft(placement_id=case.placement.pk, by=None)
    assert (again.pk, again.versions.count()) == (case.agreement.pk, 1)


def test_draft_follows_a_changed_name_and_what_was_asked_keeps_it(case):
    student = case.placement.student
    for name, asked in (("Eerder", False), ("Later", True)):
        student.person.last_name = name
        student.person.save()
        if asked:
            case.sign("employer", case.contact)
        else:
            case.ask()
        assert case.pending.parties["student"] == f"{student.first_name} Eerder"


# Ask


def test_ask_mails_every_signer_once_with_the_link_to_sign(case):
    case.ask()
    mails = OutgoingMail.objects.filter(kind="signer_agreement_asked")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk}  # the teacher asked
    assert all(mail.link.endswith(f"/overeenkomsten/{case.agreement.public_id}/tekenen/") for mail in mails)
    assert case.agreement.state == AgreementState.SIGNING


def test_ask_twice_is_refused(case):
    case.ask()
    with pytest.raises(ValidationError, match="al gevraagd"):
        case.ask()


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        ({"trainer": None, "practice_trainer": ""}, "praktijkopleider"),
        ({"contact": None, "school_contact": ""}, "school"),
        ({"hours_per_year": {"2026": 10}}, "norm"),
        ({"ends_on": date(2040, 1, 1)}, "inschrijving"),
    ],
)
def test_ask_with_something_missing_says_what(case, terms, word):
    case.change(**terms)
    with pytest.raises(ValidationError, match=word):
        case.ask()
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.DRAFT


def test_fewer_hours_with_a_reason_can_be_asked(case):
    case.change(hours_per_year={"2026": 400}, hours_reason="Vrijstelling voor een deel.")
    case.ask()
    assert case.agreement.state == AgreementState.SIGNING


# Sign


def test_last_signature_activates_once_and_tells_everyone(case):
    case.ask()
    case.sign_all()
    version = case.agreed
    assert case.agreement.state == AgreementState.ACTIVE
    assert case.agreement.activated_at == version.signed_at
    assert version.signed_digest == version.digest == version.fingerprint()
    assert (version.holds.lower, version.holds.upper) == (version.starts_on, version.ends_on + DAY)
    assert StateChange.objects.filter(action="activate").count() == 1
    told = OutgoingMail.objects.filter(kind="party_agreement_activated")
    assert sorted(mail.person.user_id for mail in told) == sorted(
        [case.student.pk, case.contact.pk, case.teacher.pk]
    )


def test_signature_says_as_what_one_signed(case):
    case.ask()
    case.sign_all()
    signed = {item.signer: (item.capacity, item.person_id, item.by_id) for item in Signature.objects.all()}
    assert signed == {
        "student": ("student", case.student.person.pk, case.student.person.pk),
        "employer": ("contact", case.contact.person.pk, case.contact.person.pk),
        "school": ("teacher", case.teacher.person.pk, case.teacher.person.pk),
    }


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
    employer = case.agreement.placement.slot.organisation
    MembershipFactory(person=case.teacher.person, organisation=employer, may_sign=True)
    case.ask()
    case.sign("school", case.teacher)
    with pytest.raises(ValidationError, match="andere partij"):
        case.sign("employer", case.teacher)


def test_signature_on_an_old_version_is_refused(case):
    case.ask()
    old = case.version_id
    case.change(guidance="Anders.")
    case.ask()
    with pytest.raises(ValidationError, match="veranderd"):
        case.sign("student", case.student, version_id=old)
    assert Signature.objects.count() == 0


def test_signature_before_it_is_asked_is_refused(case):
    with pytest.raises(ValidationError, match="niets te tekenen"):
        case.sign("student", case.student)


def test_ended_membership_signs_no_more(case):
    case.ask()
    case.contact.person.memberships.update(ends_on=today() - DAY)
    with pytest.raises(ValidationError):
        case.sign("employer", case.contact)


def test_student_with_another_name_than_in_the_text_is_asked_first_and_signs_by_that_one(case):
    case.ask()
    student = case.placement.student
    before, student.person.last_name = student.full_name, "Getrouwd"
    student.person.save()
    with pytest.raises(ValidationError, match="andere naam"):
        case.sign("student", case.student)
    signature = signatures.sign(
        agreement_id=case.agreement.pk,
        version_id=case.version_id,
        signer="student",
        by=actor_of(case.student),
        is_same_person=True,
    )
    assert signature.name == before


# Change of a text that was not signed by all


def test_change_of_a_draft_changes_the_draft(case):
    case.change(guidance="Elke dag samen.")
    assert (case.pending.number, case.pending.guidance) == (1, "Elke dag samen.")
    assert case.pending.digest == case.pending.fingerprint()


def test_change_after_asking_voids_signatures_and_says_what_changed(case):
    case.ask()
    case.sign("student", case.student)
    case.sign("employer", case.contact)
    version = case.change(guidance="Elke dag samen.")
    assert (case.agreement.state, version.number) == (AgreementState.DRAFT, 2)
    assert case.pending.signatures.count() == 0
    first = case.agreement.versions.get(number=1)
    assert (first.state, first.signatures.count()) == (VersionState.WITHDRAWN, 2)  # history keeps them
    mails = OutgoingMail.objects.filter(kind="signer_agreement_voided")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk}
    assert "Nu: Elke dag samen." in mails[0].body


def test_asking_again_tells_what_changed_since_the_version_asked_before(case):
    case.ask()
    case.change(guidance="Eerste.")
    case.change(guidance="Tweede.")
    case.ask()
    body = (
        OutgoingMail.objects.filter(kind="signer_agreement_asked", person__user=case.student)
        .latest("pk")
        .body
    )
    assert "Nu: Tweede." in body
    assert "Eerste." not in body


def test_change_without_difference_keeps_the_signatures(case):
    case.ask()
    case.sign("student", case.student)
    version = case.change(guidance=case.pending.guidance)
    assert (version.number, case.agreement.state) == (1, AgreementState.SIGNING)


def test_decline_of_a_first_text_gives_it_back_to_the_school_with_the_reason(case):
    case.ask()
    asked = case.version_id
    versions.decline(
        agreement_id=case.agreement.pk,
        version_id=asked,
        reason="De dagen kloppen niet.",
        by=actor_of(case.student),
    )
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.pending.state, case.pending.number) == ("draft", "draft", 2)
    mails = OutgoingMail.objects.filter(kind="party_agreement_declined")
    assert {mail.person.user_id for mail in mails} == {case.contact.pk, case.teacher.pk}
    assert "De dagen kloppen niet." in mails[0].body


@pytest.fixture
def uncommitted(db):
    """What is looked at when a transaction ends is not: the rows have a state and none of the texts that go with it."""
    yield
    transaction.set_rollback(True)


@pytest.mark.usefixtures("uncommitted")
@pytest.mark.parametrize("action", list(Agreement.TRANSITIONS))
@pytest.mark.parametrize("state", list(AgreementState))
def test_every_state_and_action(state, action):
    agreement = AgreementFactory()
    never = {AgreementState.DRAFT, AgreementState.LAPSED}
    moment = None if state in never else "2026-01-01T10:00Z"
    ended = {"ended_on": today()} if state == AgreementState.ENDED else {}
    Agreement.objects.filter(pk=agreement.pk).update(state=state, activated_at=moment, **ended)
    agreement.refresh_from_db()
    sources, target = Agreement.TRANSITIONS[action]
    values = {"end": {"ended_on": today()}}.get(action, {})
    if target in never:
        values["activated_at"] = None
    if state in sources:
        advance(agreement, action, by=None, reason="x", **values)
        assert Agreement.objects.get(pk=agreement.pk).state == target
    else:
        with pytest.raises(IllegalTransition):
            advance(agreement, action, by=None, reason="x", **values)
        assert Agreement.objects.get(pk=agreement.pk).state == state
    assert states.history(agreement).count() == (state in sources)


def leave(membership):
    periods.end(membership)
    membership.save()


def test_who_signed_and_left_since_does_not_hear_that_the_text_changed(case):
    case.ask()
    case.sign("employer", case.contact)
    MembershipFactory(organisation=case.employer, role=Role.CONTACT, may_sign=True)
    leave(Membership.objects.get(person=case.contact.person))
    case.change(guidance="Iemand anders begeleidt.")
    assert not OutgoingMail.objects.filter(
        kind="signer_agreement_voided", person=case.contact.person
    ).exists()


@pytest.mark.parametrize("who", ["trainer", "contact"])
def test_text_that_names_someone_who_left_is_not_put_to_signature(case, who):
    leave(getattr(case.pending, who))
    with pytest.raises(ValidationError, match="vertrokken"):
        versions.ask(agreement_id=case.agreement.pk, by=None, from_digest=None)
