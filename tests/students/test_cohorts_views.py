"""The cohort's page: a line per student, filters, and a fixed number of queries."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import local_day, today
from students.enums import Answer, EnrolmentState, GoalState, Party
from students.models import GoalVersion
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    QualificationFactory,
    SessionFactory,
    WorkProcessFactory,
)
from tests.factories.students import (
    ConsentFactory,
    EnrolmentFactory,
    EvidenceFactory,
    GoalFactory,
    GoalVersionFactory,
    LearningPlanFactory,
    WorkSituationFactory,
)
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    qualification = QualificationFactory()
    WorkProcessFactory(core_task__qualification=qualification, number=1)
    return CohortFactory(programme=ProgrammeFactory(qualifications=[qualification]))


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def page_of(cohort, query=""):
    return reverse("students:cohort-detail", args=[cohort.programme.school.slug, cohort.public_id]) + query


def full_line(cohort, process=None):
    """A student with everything a line can show."""
    enrolment = EnrolmentFactory(cohort=cohort)
    access(enrolment=enrolment)
    plan = LearningPlanFactory(enrolment=enrolment, active=True)
    ConsentFactory(goal_version=GoalFactory(plan=plan, agreed=True).latest, party=Party.STUDENT)
    goal = GoalFactory(plan=plan, work_process=process)
    GoalFactory(plan=plan, state=GoalState.ASSESSED)
    ConsentFactory(goal_version=goal.latest, party=Party.STUDENT)
    EvidenceFactory(goal=goal)
    WorkSituationFactory(enrolment=enrolment)
    return enrolment


def names(response):
    return [row.name for row in response.context["rows"]]


@pytest.mark.parametrize("count", [1, 3, 31])
def test_query_count_is_the_same_at_any_size(teacher, cohort, django_assert_num_queries, count):
    for _ in range(min(count, 3)):
        full_line(cohort)
    EnrolmentFactory.create_batch(max(0, count - 3), cohort=cohort)
    SessionFactory(cohort=cohort)
    full_line(CohortFactory())  # another cohort's: must not show
    with django_assert_num_queries(12):
        # session, user, memberships, seats; cohort with counts; employers, work processes; count, page, goals, acts
        response = teacher.get(page_of(cohort))
    assert len(response.context["rows"]) == min(count, 30)


def test_line_shows_employer_blocks_consent_activity_and_next_date(teacher, cohort):
    enrolment = full_line(cohort)
    goal = enrolment.plans.get().goals.get(state=GoalState.PROPOSED)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    row = teacher.get(page_of(cohort)).context["rows"][0]
    assert row.employer == enrolment.access.get().organisation.name
    assert [block.state for group in row.groups for block in group.blocks] == ["todo", "todo", "done"]
    assert {item.party: item.state for item in row.parties} == {
        "student": "ok",
        "employer": "wait",
        "school": "wait",
    }
    assert local_day(row.active_at) == today()
    assert row.next_on == today() + timedelta(days=30)
    assert not row.is_late


def test_next_date_is_the_session_when_it_comes_first(teacher, cohort):
    full_line(cohort)
    session = SessionFactory(cohort=cohort)
    row = teacher.get(page_of(cohort)).context["rows"][0]
    assert row.next_on == local_day(session.starts_at)


def test_answer_of_a_former_employer_does_not_count(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    access(enrolment=enrolment)
    goal = GoalFactory(plan__enrolment=enrolment)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    ConsentFactory(goal_version=goal.latest, party=Party.EMPLOYER, organisation=OrganisationFactory())
    row = teacher.get(page_of(cohort)).context["rows"][0]
    assert row.parties[1].state == "wait"


def test_change_asked_shows_as_such(teacher, cohort):
    goal = GoalFactory(plan__enrolment__cohort=cohort)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    ConsentFactory(goal_version=goal.latest, answer=Answer.CHANGE, remark="Korter")
    row = teacher.get(page_of(cohort)).context["rows"][0]
    assert row.parties[0].state == "back"
    assert row.groups[0].blocks[0].state == "back"


def test_what_waits_is_counted_and_filters_find_it(teacher, cohort):
    asked = GoalFactory(plan__enrolment__cohort=cohort)
    GoalVersion.objects.filter(pk=asked.latest_id).update(asked_at=timezone.now())
    handed_in = GoalFactory(plan__enrolment__cohort=cohort, state=GoalState.DEMONSTRATED)
    late = GoalFactory(plan=LearningPlanFactory(enrolment__cohort=cohort, active=True), state=GoalState.BUSY)
    late.current = late.latest = GoalVersionFactory(
        goal=late, number=2, agreed=True, due_on=today() - timedelta(days=1)
    )
    late.save()
    situation = WorkSituationFactory(enrolment__cohort=cohort)
    WorkSituationFactory(enrolment__cohort=cohort, for_teachers=False)
    waiting = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    response = teacher.get(page_of(cohort))
    assert {need.key: need.count for need in response.context["needs"]} == {
        "akkoord": 1,
        "beoordelen": 1,
        "te-laat": 1,
        "werksituaties": 1,
        "zonder-plan": 2,
        "wachtlijst": 1,
    }
    assert re.search(r"Leerdoel over de datum:\s<b>1</b>", response.content.decode())  # well with any number
    found = {
        need: names(teacher.get(page_of(cohort, f"?nodig={need}")))
        for need in ("akkoord", "beoordelen", "te-laat", "werksituaties", "wachtlijst")
    }
    assert found == {
        "akkoord": [asked.plan.enrolment.student.full_name],
        "beoordelen": [handed_in.plan.enrolment.student.full_name],
        "te-laat": [late.plan.enrolment.student.full_name],
        "werksituaties": [situation.enrolment.student.full_name],
        "wachtlijst": [waiting.student.full_name],
    }
    assert len(names(teacher.get(page_of(cohort, "?nodig=zonder-plan")))) == 2


def test_filter_on_employer_and_work_process(teacher, cohort):
    process = cohort.programme.qualifications.get().core_tasks.get().work_processes.get()
    mine = full_line(cohort, process)
    full_line(cohort)
    slug = mine.access.get().organisation.slug
    assert names(teacher.get(page_of(cohort, f"?werkgever={slug}"))) == [mine.student.full_name]
    assert names(teacher.get(page_of(cohort, f"?werkproces={process.pk}"))) == [mine.student.full_name]


@pytest.mark.parametrize("query", ["?nodig=x", "?werkgever=%00", "?werkproces=' OR 1", "?page=-1", "?page=x"])
def test_odd_addresses_still_show_the_page(teacher, cohort, query):
    full_line(cohort)
    response = teacher.get(page_of(cohort, query))
    assert response.status_code == 200
    assert len(response.context["rows"]) == 1


def test_empty_cohort_says_so(teacher, cohort):
    assert "Er zijn nog geen studenten in dit cohort." in teacher.get(page_of(cohort)).content.decode()


def test_order_is_enrolled_then_waiting_then_left(teacher, cohort):
    for state in (EnrolmentState.DROPPED_OUT, EnrolmentState.WAITING, EnrolmentState.ENROLLED):
        EnrolmentFactory(cohort=cohort, state=state)
    states = [row.enrolment.state for row in teacher.get(page_of(cohort)).context["rows"]]
    assert states == ["enrolled", "waiting", "dropped_out"]


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(client, django_assert_num_queries, count):
    cohorts = CohortFactory.create_batch(count, programme=ProgrammeFactory())
    school = cohorts[0].programme.school
    user = member(school, Role.TEACHER)
    for cohort in cohorts:
        CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
        EnrolmentFactory(cohort=cohort)
    CohortFactory(programme=cohorts[0].programme)  # not taught: must not show
    login(client, user)
    with django_assert_num_queries(7):  # session, user, memberships, seats, school, count, page
        response = client.get(reverse("students:cohort-list", args=[school.slug]))
    assert len(response.context["rows"]) == count
