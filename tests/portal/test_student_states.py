"""Each state in which a student can be has its own true page: what is the case, what comes next, whom to ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from placements.enums import PlacementState
from students.enums import EnrolmentState, GoalState
from students.services import leavings, returns
from tests.factories.placements import MatchFactory, PlacementFactory
from tests.factories.programmes import SessionFactory
from tests.factories.students import EnrolmentFactory, GoalFactory, LearningPlanFactory
from tests.helpers import login, made_from
from tests.placements.scene import Scene, actor

START, AGENDA, WORK, ME = "student-start", "students:agenda", "student-work", "students:me"
WISHES = "students:wishes"
UP_TO_DATE = "Je bent bij"
LESSON = "Veilig tillen"


@pytest.fixture
def scene(db):
    return Scene()


@pytest.fixture
def lesson(scene):
    return SessionFactory(cohort=scene.cohort, theme=LESSON)


def shown(client, user, name):
    login(client, user)
    return " ".join(client.get(reverse(name)).content.decode().split())


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (EnrolmentState.WAITING, "Je staat op de wachtlijst"),
        (EnrolmentState.ENROLLED, "Je school stelt een plek voor"),
        (EnrolmentState.DROPPED_OUT, "Je bent niet meer ingeschreven"),
        (EnrolmentState.COMPLETED, "Je hebt de opleiding afgerond"),
    ],
)
def test_first_page_says_what_is_the_case_and_whom_to_ask(client, scene, lesson, state, says):
    enrolment = scene.enrolment(state=state)
    page = shown(client, enrolment.student.person.user, START)
    assert says in page
    assert scene.teacher.email in page
    assert UP_TO_DATE not in page
    assert (LESSON in page) == (state == EnrolmentState.ENROLLED)
    agenda = shown(client, enrolment.student.person.user, AGENDA)
    assert (LESSON in agenda) == (state == EnrolmentState.ENROLLED)


def test_with_a_place_but_no_plan_the_plan_comes_next(client, scene):
    placement = scene.placement()
    page = shown(client, placement.student.person.user, START)
    assert "Je leerplan is er nog niet" in page
    assert "Je school stelt een plek voor" not in page


def test_with_a_plan_but_no_place_the_page_says_so(client, scene):
    plan = LearningPlanFactory(enrolment=scene.enrolment())
    GoalFactory(plan=plan)
    assert "Je hebt nu geen plek" in shown(client, plan.enrolment.student.person.user, START)
    PlacementFactory(enrolment=plan.enrolment, slot=scene.slot())
    assert "Je hebt nu geen plek" not in shown(client, plan.enrolment.student.person.user, START)


def test_no_page_shows_a_former_employer_as_present(client, scene, lesson):
    placement = scene.placement(state=PlacementState.RUNNING)
    plan = LearningPlanFactory(enrolment=placement.enrolment, active=True)
    user = placement.student.person.user
    leavings.drop_out(
        enrolment_id=placement.enrolment_id,
        last_day=today(),
        reason="Verhuisd",
        by=actor(scene.teacher),
        read=None,
    )
    for name in (START, AGENDA, WORK):
        page = shown(client, user, name)
        assert scene.employer.name not in page
        assert LESSON not in page
        assert UP_TO_DATE not in page
    assert "Je hebt geen plek meer" in shown(client, user, WORK)
    assert plan.get_absolute_url() in shown(client, user, START)
    assert client.get(plan.get_absolute_url()).status_code == 200


def test_who_left_brings_nothing_in(client, scene):
    enrolment = scene.enrolment(state=EnrolmentState.DROPPED_OUT)
    address = reverse("students:situation-add")
    assert address not in shown(client, enrolment.student.person.user, WORK)
    response = client.post(address, {"text": "Iets"}, follow=True)
    assert "zolang je bent ingeschreven" in response.content.decode()
    assert not enrolment.situations.exists()


def test_who_came_back_reads_that_the_plan_goes_on(client, scene):
    plan = LearningPlanFactory(enrolment=scene.enrolment(), active=True)
    GoalFactory(plan=plan, agreed=True, state=GoalState.ASSESSED, result="passed", assessed_at=timezone.now())
    by = actor(scene.teacher)
    leavings.drop_out(enrolment_id=plan.enrolment_id, last_day=today(), reason="Verhuisd", by=by, read=None)
    returns.re_enrol(
        enrolment_id=plan.enrolment_id,
        cohort_id=scene.cohort.pk,
        starts_on=today(),
        ends_on=today() + timedelta(days=300),
        by=by,
        read=None,
    )
    page = shown(client, plan.enrolment.student.person.user, START)
    assert "Je bent weer ingeschreven sinds" in page
    assert "Je hebt nu geen plek" in page
    assert "Gehaald" in page or "Behaald" in page
    assert shown(client, plan.enrolment.student.person.user, ME).count(scene.programme.name) >= 2


def test_the_running_enrolment_comes_before_what_ended(client, scene):
    ended = scene.enrolment(state=EnrolmentState.COMPLETED)
    EnrolmentFactory(student=ended.student, state=EnrolmentState.WAITING)
    assert "Je staat op de wachtlijst" in shown(client, ended.student.person.user, START)


def test_who_has_heard_of_no_place_yet_reads_what_leerpact_is_and_tells_wishes(client, scene):
    enrolment = scene.enrolment(wishes="")
    user = enrolment.student.person.user
    page = shown(client, user, START)
    assert f"Welkom, {enrolment.student.person.first_name}" in page
    assert "Je doet het met z’n drieën" in page
    told = {"wishes": "Liefst in de thuiszorg,\nhooguit een half uur reizen"}
    answer = client.post(reverse(WISHES), made_from(client, reverse(WISHES)) | told, follow=True)
    assert "Je wensen zijn opgeslagen" in answer.content.decode()
    assert "hooguit een half uur reizen" in shown(client, user, START)
    teacher = shown_at(client, scene.teacher, enrolment)
    assert "hooguit een half uur reizen" in teacher
    MatchFactory(enrolment=enrolment, slot=scene.slot())
    page = shown(client, user, START)
    assert "Je doet het met z’n drieën" not in page
    assert reverse(WISHES) in page


@pytest.mark.parametrize("state", [EnrolmentState.DROPPED_OUT, EnrolmentState.COMPLETED])
def test_wishes_are_told_as_long_as_the_enrolment_runs(client, scene, state):
    enrolment = scene.enrolment(state=state, wishes="Thuiszorg")
    login(client, enrolment.student.person.user)
    assert client.post(reverse(WISHES), {"wishes": "Anders"}).status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.wishes == "Thuiszorg"


def shown_at(client, user, enrolment):
    login(client, user)
    cohort = enrolment.cohort
    address = [cohort.programme.school.slug, cohort.public_id, enrolment.public_id]
    return client.get(reverse("enrolment-detail", args=address)).content.decode()


def test_first_visit_says_what_comes_when_and_asks_where_one_wants_to_learn(client, scene):
    enrolment = scene.enrolment(wishes="", starts_on=today() + timedelta(days=30))
    user = enrolment.student.person.user
    page = shown(client, user, START)
    assert page.count(f'href="{reverse(WISHES)}"') == 2  # at the top, and where it says who reads them
    assert ahead(client) == ["done", "now", "todo", "todo", "todo"]
    assert "Je opleiding begint op" in page
    address = reverse(WISHES)
    told = {"wishes": "Liefst in de wijk", **made_from(client, address)}
    assert client.post(address, told).status_code == 302
    page = shown(client, user, START)
    assert page.count(f'href="{address}"') == 1
    assert "Je docent heeft je wensen." in page
    assert ahead(client) == ["done", "done", "now", "todo", "todo"]


def ahead(client):
    return [step.state for step in client.get(reverse(START)).context["ahead"]]
