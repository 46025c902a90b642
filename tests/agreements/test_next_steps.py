"""Next steps around agreements: who is asked what, in a bounded number of queries."""

from datetime import timedelta

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.presenters import next_steps as agreement_steps
from agreements.queries import waiting
from agreements.services import agreements, versions
from core.dates import today
from partnerships.actors import actor_of
from tests.agreements.cases import agreement_case
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory

pytestmark = pytest.mark.django_db


def titles(steps):
    return [str(step.title) for step in steps]


def all_of(case):
    return {
        "student": titles(agreement_steps.for_student(actor_of(case.student))),
        "contact": titles(agreement_steps.for_employer(actor_of(case.contact), case.employer.pk)),
        "colleague": titles(agreement_steps.for_employer(actor_of(case.colleague), case.employer.pk)),
        "teacher": titles(agreement_steps.for_teacher(actor_of(case.teacher), case.school.pk)),
    }


SIGN = ["Teken de praktijkovereenkomst"]


def test_draft_waits_for_the_teacher_only():
    agreement_case()  # of others
    assert all_of(agreement_case()) == {
        "student": [],
        "contact": [],
        "colleague": [],
        "teacher": ["Controleer de praktijkovereenkomst en vraag om handtekeningen"],
    }


def test_asked_agreement_waits_for_each_signer_until_signed(case):
    case.ask()
    assert all_of(case) == {"student": SIGN, "contact": SIGN, "colleague": [], "teacher": SIGN}
    case.sign("student", case.student)
    case.sign("school", case.teacher)
    assert all_of(case) == {"student": [], "contact": SIGN, "colleague": [], "teacher": []}
    case.sign("employer", case.contact)
    assert all_of(case) == {"student": [], "contact": [], "colleague": [], "teacher": []}


def test_minor_waits_for_the_school_to_record_the_representative():
    case = agreement_case(minor=True)
    case.ask()
    case.sign_all()
    assert all_of(case)["teacher"] == ["Leg de handtekening van de wettelijk vertegenwoordiger vast"]


def test_missing_accreditation_waits_for_the_school():
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    assert all_of(case)["teacher"] == ["Een overeenkomst wacht op een erkenning"]


def test_ended_agreement_waits_for_nobody(case):
    case.ask()
    agreements.close_for_placement(
        placement_id=case.placement.pk, last_day=today(), reason="Gestopt.", by=None
    )
    assert all_of(case) == {"student": [], "contact": [], "colleague": [], "teacher": []}


def test_asked_change_waits_for_each_signer(case):
    case.ask()
    case.sign_all()
    case.amend()
    change = ["Teken de wijziging van de praktijkovereenkomst"]
    assert all_of(case) == {"student": change, "contact": change, "colleague": [], "teacher": change}


def test_draft_of_a_next_agreement_waits_for_the_teacher(case):
    case.ask()
    case.sign_all()
    known = {"agreement_id": case.agreement.pk, "reason": "Andere afdeling.", "by": actor_of(case.teacher)}
    agreements.end(last_day=today() + timedelta(days=9), then="next", **known, read=None)
    assert all_of(case)["teacher"] == ["Controleer de praktijkovereenkomst en vraag om handtekeningen"]


def test_contract_that_ran_out_under_a_placement_is_the_schools_next_step(case):
    case.ask()
    case.sign_all()
    Agreement.objects.filter(pk=case.agreement.pk).update(
        state=AgreementState.ENDED, ended_on=today() - timedelta(days=1)
    )
    assert all_of(case)["teacher"] == ["Maak een volgende praktijkovereenkomst: er is er geen meer"]


@pytest.mark.parametrize("count", [1, 3])
def test_steps_ask_the_same_for_one_and_three(count, django_assert_num_queries):
    case = agreement_case(seats=3)
    case.ask()
    for seat in range(2, count + 1):
        placement = PlacementFactory(
            slot=case.placement.slot,
            seat_no=seat,
            enrolment=EnrolmentFactory(cohort=case.placement.enrolment.cohort),
        )
        versions.ask(
            agreement_id=agreements.draft(placement_id=placement.pk, by=None).pk, by=None, from_digest=None
        )
    teacher, contact = actor_of(case.teacher), actor_of(case.contact)
    with django_assert_num_queries(1):
        assert len(agreement_steps.for_teacher(teacher, case.school.pk)) == count
    with django_assert_num_queries(1):
        assert len(agreement_steps.for_employer(contact, case.employer.pk)) == count


def test_what_others_sign_hides_nothing_from_a_teacher_who_signs_nothing(monkeypatch, settings):
    settings.WRITTEN_QUERIES = False  # what was written keeps the limit of before
    monkeypatch.setattr(waiting, "MOST_STEPS", 1)
    case = agreement_case(seats=4)
    cohort = case.placement.enrolment.cohort
    for seat in (2, 3, 4):
        placement = PlacementFactory(
            slot=case.placement.slot, seat_no=seat, enrolment=EnrolmentFactory(cohort=cohort)
        )
        drafted = agreements.draft(placement_id=placement.pk, by=None)
        if seat < 4:
            versions.ask(agreement_id=drafted.pk, by=None, from_digest=None)
    case.ask()
    teacher = actor_of(CohortTeacherFactory(cohort=cohort).membership.person.user)
    found = titles(agreement_steps.for_teacher(teacher, case.school.pk))
    assert found == ["Controleer de praktijkovereenkomst en vraag om handtekeningen"]
