"""Someone named in a practice agreement leaves: said before the end, and a task until a change names someone else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from agreements.models import Agreement
from agreements.presenters import next_steps
from agreements.services import agreements, versions
from partnerships.actors import actor_of
from partnerships.queries.leaving import hangs_on
from partnerships.services import memberships, returns
from tests.agreements.cases import agreement_case, url, words
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import acting, login, member

pytestmark = pytest.mark.django_db

LEFT = "Iemand die in een praktijkovereenkomst staat, is vertrokken"


@pytest.fixture
def signed(case):
    case.ask()
    case.sign_all()
    return case


def end(membership, role=Role.MANAGER):
    by = acting(membership.organisation, role)
    memberships.end(membership_id=membership.pk, by=by, read=None)


def steps(case):
    """Of the employer's contact, of its practice trainer and of the teacher."""
    return [
        [step for step in found if str(step.title) == LEFT]
        for found in (
            next_steps.for_employer(actor_of(case.contact), case.employer.pk),
            next_steps.for_teacher(actor_of(case.teacher), case.school.pk),
        )
    ]


def titles(found):
    return [str(step.title) for step in found]


def trainer_of(case):
    return case.colleague.person.memberships.get(role=Role.PRACTICE_TRAINER)


def test_end_page_says_in_how_many_agreements_someone_is_named(client, signed):
    role = trainer_of(signed)
    login(client, member(signed.employer, Role.MANAGER))
    page = words(client.get(reverse("partnerships:people-end", args=[signed.employer.slug, role.public_id])))
    assert "Is praktijkopleider in 1 praktijkovereenkomst." in page
    assert signed.placement.student.full_name not in page


def test_both_parties_change_it_until_that_is_signed(signed):
    assert steps(signed) == [[], []]
    end(trainer_of(signed))
    assert [[step.url for step in found] for found in steps(signed)] == [
        [url("agreement-amend", signed, "begeleiding")]
    ] * 2
    other = MembershipFactory(organisation=signed.employer, role=Role.PRACTICE_TRAINER)
    signed.amend("trainer", trainer=other, practice_trainer=other.person.full_name)
    assert steps(signed) == [[], []]
    signed.sign_all()
    assert steps(signed) == [[], []]


def test_contact_at_the_school_who_leaves_is_a_task_of_colleagues(client, case):
    cohort = case.placement.enrolment.cohort
    colleague = CohortTeacherFactory(cohort=cohort, membership__may_sign=True).membership.person.user
    case.ask()
    case.sign_all()
    end(case.teacher.person.memberships.get(role=Role.TEACHER))
    case.teacher = colleague
    assert [len(found) for found in steps(case)] == [1, 1]
    login(client, case.contact)
    assert "staat in deze tekst en is vertrokken" in words(client.get(url("agreement-detail", case)))


def test_who_keeps_another_role_of_the_party_goes_on(signed):
    role = trainer_of(signed)
    MembershipFactory(person=role.person, organisation=signed.employer, role=Role.CONTACT)
    assert hangs_on(role, by=acting(signed.employer, Role.MANAGER)) == []
    end(role)
    assert steps(signed) == [[], []]


def test_change_of_something_else_comes_first(signed):
    end(trainer_of(signed))
    signed.amend(ask_now=False)
    employers, _teachers = steps(signed)
    assert [step.url for step in employers] == [url("agreement-detail", signed)]


def test_role_that_goes_on_after_all_takes_the_task_back(signed):
    role, manager = trainer_of(signed), acting(signed.employer, Role.MANAGER)
    memberships.end(membership_id=role.pk, by=manager, read=None)
    returns.role(membership_id=role.pk, by=manager, read=None)
    assert steps(signed) == [[], []]


@pytest.mark.parametrize("count", [1, 3])
def test_asks_the_same_for_one_and_three(count, django_assert_num_queries):
    case = agreement_case(seats=3)
    cohort, role = case.placement.enrolment.cohort, trainer_of(case)
    case.ask()
    for seat in range(2, count + 1):
        placement = PlacementFactory(
            slot=case.placement.slot, seat_no=seat, enrolment=EnrolmentFactory(cohort=cohort)
        )
        drafted = agreements.draft(placement_id=placement.pk, by=None)
        versions.ask(agreement_id=drafted.pk, by=None, from_digest=None)
    with django_assert_num_queries(7):
        found = [str(one.text) for one in hangs_on(role, by=actor_of(case.contact))]
    assert [f" {count} " in one for one in found] == [True]
    end(role)
    asked = Agreement.objects.filter(placement__slot=case.placement.slot)
    asked.update(state="signing", activated_at=timezone.now())  # as after an objection
    teacher = actor_of(CohortTeacherFactory(cohort=cohort).membership.person.user)  # signs nothing
    with django_assert_num_queries(1):
        assert titles(next_steps.for_teacher(teacher, case.school.pk)) == [LEFT] * count
    colleague = acting(case.employer, Role.PRACTICE_TRAINER)
    with django_assert_num_queries(1):
        assert titles(next_steps.for_employer(colleague, case.employer.pk)) == [LEFT] * count
