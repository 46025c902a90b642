"""Pages of plans and goals: what each reader sees, what forms refuse, what they cost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from accounts.enums import Role
from core.dates import today
from core.models import ReadLog
from students.enums import AccessScope, Answer, GoalState, Party, PlanState
from students.models import Consent, LearningPlan
from students.services import plans
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access, ended
from tests.factories.programmes import (
    SessionFactory,
)
from tests.factories.students import (
    ConsentFactory,
    EnrolmentFactory,
    EvidenceFactory,
    GoalFactory,
    GoalRemarkFactory,
    LearningPlanFactory,
)
from tests.helpers import at_noon, login, member, press
from tests.students.worlds import processes, supervisor, url
from ui.formats import day

pytestmark = pytest.mark.django_db
BSN = "111222333"  # passes the elfproef; nobody's


# Mijn leerplan


def test_student_sees_goals_consent_dates_and_the_most_urgent_act(client, made):
    goal = made.asked_goal(work_process=processes(made)[0])
    SessionFactory(cohort=made.enrolment.cohort, theme="Tillen", bring="Werkschoenen")
    SessionFactory(theme="Van een ander")
    page = login(client, made.student).get("/student/").content.decode()
    assertInHTML("<h1>Mijn leerplan</h1>", page)
    assert made.employer.name in page
    assert goal.latest.text in page
    assert "Tillen" in page
    assert "Werkschoenen" in page
    assert "Van een ander" not in page
    assert "Geef akkoord op 1 doel" in page
    assert url("plan-consent", made.plan) in page


def test_goal_whose_day_has_passed_says_so_until_it_is_handed_in(client, made):
    late = GoalFactory(plan=made.plan, state="busy")
    done = GoalFactory(plan=made.plan, state="demonstrated")
    with at_noon((late.current.due_on - today()).days + 1):
        page = login(client, made.student).get("/student/").content.decode()
    assert f"Te laat: het moest op {day(late.current.due_on)}" in page
    assert f"Uiterlijk {day(done.current.due_on)}" in page


def test_student_without_plan_sees_that_it_is_coming(client):
    enrolment = EnrolmentFactory()
    page = login(client, enrolment.student.person.user).get("/student/").content.decode()
    assert "Je leerplan maak je in de eerste weken" in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("reader", ["student", "teacher", "trainer"])
def test_plan_page_costs_the_same_for_one_goal_and_three(
    client, django_assert_num_queries, count, reader, made
):
    for process in processes(made, count):
        goal = GoalFactory(plan=made.plan, work_process=process)
        GoalRemarkFactory(goal=goal, by=made.trainer.person)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    GoalFactory()
    login(client, getattr(made, reader))
    # account with its session, plan, enrolment, goals, answers, sessions; others: the note of who read
    with django_assert_num_queries(6 + (reader != "student")):
        response = client.get(made.plan.get_absolute_url())
    assert sum(len(group.rows) for group in response.context["groups"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_goal_page_costs_the_same_for_one_remark_and_three(client, django_assert_num_queries, count, made):
    goal = GoalFactory(plan=made.plan)
    GoalRemarkFactory.create_batch(count, goal=goal, by=made.trainer.person)
    EvidenceFactory.create_batch(count, goal=goal, for_teachers=True)
    login(client, made.teacher)
    # besides what a page of a plan asks: evidence, feedback, history
    with django_assert_num_queries(8):
        client.get(goal.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_employer_list_costs_the_same_for_one_student_and_three(
    client, django_assert_num_queries, count, made
):
    GoalFactory(plan=made.plan)
    for _ in range(count - 1):
        other = EnrolmentFactory()
        access(enrolment=other, organisation=made.employer)
        GoalFactory.create_batch(2, plan=LearningPlanFactory(enrolment=other))
    GoalFactory(plan__enrolment=access().enrolment)
    login(client, made.trainer)
    with django_assert_num_queries(9):
        response = client.get(reverse("students:employer-students", args=[made.employer.slug]))
    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_supervisor_page_costs_the_same_for_one_student_and_three(
    client, django_assert_num_queries, count, made
):
    user = supervisor(made)
    GoalFactory(plan=made.plan)
    for _ in range(count - 1):
        other = EnrolmentFactory()
        access(enrolment=other, organisation=made.employer, membership=user.person.memberships.get())
        GoalFactory(plan=LearningPlanFactory(enrolment=other))
    login(client, user)
    with django_assert_num_queries(8):
        response = client.get(reverse("students:supervisor-start"))
    assert len(response.context["rows"]) == count


# Who looked


def test_read_by_someone_else_is_noted_once_a_day_and_shown_to_the_student(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.trainer)
    client.get(made.plan.get_absolute_url())
    client.get(goal.get_absolute_url())
    login(client, made.student)
    client.get(made.plan.get_absolute_url())
    log = ReadLog.objects.get(subject=made.enrolment.student.public_id)
    assert log.reader == made.trainer.person
    page = client.get(reverse("students:me")).content.decode()
    assert str(made.trainer.person) in page
    assert made.employer.name in page


def test_exchange_host_sees_the_exchange_goals_only(client, made):
    hidden, shown = GoalFactory(plan=made.plan), GoalFactory(plan=made.plan)
    host = OrganisationFactory()
    access(enrolment=made.enrolment, organisation=host, scope=AccessScope.EXCHANGE)
    made.enrolment.placements.get(organisation=host).goals.add(shown)
    login(client, member(host, Role.PRACTICE_TRAINER))
    page = client.get(made.plan.get_absolute_url()).content.decode()
    assert shown.latest.text in page
    assert hidden.latest.text not in page
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert client.get(url("plan-print", made.plan)).status_code == 403
    assert client.post(url("goal-answer", shown), {"answer-answer": "yes"}).status_code == 403


def test_grant_of_yesterday_opens_nothing(client, made):
    ended(made.enrolment, today() - timedelta(days=1))
    assert login(client, made.trainer).get(made.plan.get_absolute_url()).status_code == 404


# Consent


def test_all_goals_at_once_with_one_button(client, made):
    GoalFactory.create_batch(3, plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    login(client, made.trainer)
    shown = re.findall(
        r'name="shown" value="(\d+)"', client.get(url("plan-consent", made.plan)).content.decode()
    )
    for _ in range(2):
        response = client.post(url("plan-consent", made.plan), {"all": "1", "shown": shown}, follow=True)
        assert "3 antwoorden zijn opgeslagen" in response.content.decode()
    assert Consent.objects.filter(party=Party.EMPLOYER, answer=Answer.YES).count() == 3


def test_some_answers_now_and_a_change_without_words_is_refused(client, made):
    first, second, third = GoalFactory.create_batch(3, plan=made.plan)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    login(client, made.student)
    answers = {
        "shown": [first.latest_id, second.latest_id, third.latest_id],
        f"v{first.latest_id}-answer": "yes",
        f"v{second.latest_id}-answer": "change",
        f"v{second.latest_id}-remark": "",
    }
    response = client.post(url("plan-consent", made.plan), answers)
    assert "Schrijf op wat er anders moet" in response.content.decode()
    assert not Consent.objects.filter(party=Party.STUDENT).exists()
    answers[f"v{second.latest_id}-remark"] = "Noem de methode"
    assert client.post(url("plan-consent", made.plan), answers).status_code == 302
    said = dict(Consent.objects.filter(party=Party.STUDENT).values_list("goal_version__goal", "answer"))
    assert said == {first.pk: "yes", second.pk: "change"}
    assert third.pk not in said


def test_answer_on_the_goal_page_and_again(client, made):
    goal = made.asked_goal()
    login(client, made.student)
    data = {"answer-answer": "yes", "version": str(goal.latest_id)}
    for _ in range(2):
        response = client.post(url("goal-answer", goal), data, follow=True)
        assert "Je antwoord is opgeslagen" in response.content.decode()
    assert goal.latest.consents.filter(party=Party.STUDENT).count() == 1


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30, "-1", "٣"])
def test_answer_with_a_strange_version_is_refused_and_what_was_typed_stays(client, version, made):
    goal = made.asked_goal()
    login(client, made.student)
    data = {"answer-answer": "change", "answer-remark": "Noem de methode", "version": version}
    page = client.post(url("goal-answer", goal), data).content.decode()
    assert "Er is iets gewijzigd" in page
    assert "Noem de methode" in page
    assert not goal.latest.consents.filter(party=Party.STUDENT).exists()


def test_answer_to_a_text_that_was_replaced_meanwhile_is_not_counted(client, made):
    goal = made.asked_goal()
    read = goal.latest_id
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text="Ik rapporteer anders")
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    login(client, made.student)
    data = {"answer-answer": "yes", "version": str(read)}
    response = client.post(url("goal-answer", goal), data, follow=True)
    assert "nieuwere tekst" in response.content.decode()
    assert not Consent.objects.filter(party=Party.STUDENT).exists()


def test_htmx_answer_swaps_the_goal_with_its_message(client, made):
    goal = made.asked_goal()
    login(client, made.student)
    data = {"answer-answer": "yes", "version": goal.latest_id}
    response = client.post(url("goal-answer", goal), data, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert "Je antwoord is opgeslagen" in page
    assert "Ga je akkoord" not in page


def test_htmx_remark_with_errors_keeps_what_was_typed(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.trainer)
    text = f"Prima, zie {BSN}"
    response = client.post(url("remark-add", goal), {"remark-text": text}, headers={"HX-Request": "true"})
    assert text in response.content.decode()
    assert "burgerservicenummer" in response.content.decode()
    assert goal.remarks.count() == 0


def test_remark_sent_twice_is_kept_once(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, supervisor(made))
    for _ in range(2):
        client.post(url("remark-add", goal), {"remark-text": "Gaat goed!"})
    remark = goal.remarks.get()
    assert (remark.party, remark.text) == (Party.EMPLOYER, "Gaat goed!")


def test_feedback_of_a_supervisor_is_two_steps_from_the_first_page(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True)
    login(client, supervisor(made))
    page = client.get(reverse("students:supervisor-start")).content.decode()
    assert f'{goal.get_absolute_url()}#feedback"' in page  # one: the goal; two: the words and the button


# From agreed to assessed


def told(response) -> list[tuple[str, str]]:
    """The messages on a page, each with its kind."""
    return [(message.level_tag, str(message)) for message in response.context["messages"]]


def test_every_act_twice_says_twice_what_it_did(client, made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    EvidenceFactory(goal=goal, for_teachers=True)
    acts: list = [
        (made.student, "goal-begin", {}, GoalState.BUSY),
        (made.student, "goal-hand-in", {}, GoalState.DEMONSTRATED),
        (
            made.teacher,
            "goal-assess",
            {"assess-result": "not_yet", "assess-feedback": "Nog eens"},
            GoalState.ASSESSED,
        ),
        (made.student, "goal-resume", {}, GoalState.BUSY),
    ]
    for user, name, data, state in acts:
        login(client, user)
        standing = goal.hand_ins.standing().first()
        data |= {"hand_in": standing.pk} if standing else {}
        once, twice = (told(press(client, url(name, goal), goal, data, follow=True)) for _ in range(2))
        assert once == twice
        assert [level for level, _words in once] == ["success"]
        goal.refresh_from_db()
        assert (name, goal.state) == (name, state)


def test_assess_without_result_or_reason_comes_back(client, made):
    goal = GoalFactory(plan=made.plan, state=GoalState.DEMONSTRATED)
    login(client, made.teacher)
    for data in ({}, {"assess-result": "toppie"}, {"assess-result": "not_yet"}):
        response = client.post(url("goal-assess", goal), data)
        assert response.status_code == 200
        assert response.context["assess_form"].errors
    goal.refresh_from_db()
    assert goal.state == GoalState.DEMONSTRATED


def test_dropping_a_goal_needs_a_reason_and_happens_once(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    assert client.post(url("goal-lapse", goal), {"reason": " "}).context["form"].errors
    assert press(client, url("goal-lapse", goal), goal, {"reason": "Past niet"}).status_code == 302
    assert "Past niet" in client.get(goal.get_absolute_url()).text
    again = press(client, url("goal-lapse", goal), goal, {"reason": "Past niet"}, follow=True)
    assert "Het doel is vervallen." in again.content.decode()


# Versions, coverage, print


def test_versions_side_by_side_show_what_changed_in_words(client, made):
    goal = made.asked_goal()
    made.asked_goal()
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], criterion="ook in het weekend")
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    login(client, made.student)
    page = client.get(url("plan-versions", made.plan), {"van": "2", "naar": "3"}).content.decode()
    assert "ook in het weekend" in page
    assert "<ins>" in page
    assert "1 doel bleef hetzelfde" in page


@pytest.mark.parametrize("query", [{}, {"van": "x", "naar": "y"}, {"van": "9", "naar": "1"}, {"naar": "2"}])
def test_versions_with_strange_numbers_still_open(client, query, made):
    goal = made.asked_goal()
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text="Ik nog eens")
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    login(client, made.student)
    assert client.get(url("plan-versions", made.plan), query).status_code == 200


def test_versions_before_any_consent_say_so(client, made):
    login(client, made.student)
    page = client.get(url("plan-versions", made.plan)).content.decode()
    assert "Er is nog geen akkoord gevraagd" in page


def test_coverage_names_the_gaps(client, made):
    covered, gap = processes(made)
    GoalFactory(plan=made.plan, work_process=covered)
    login(client, made.teacher)
    page = client.get(url("plan-coverage", made.plan)).content.decode()
    assert "1 van de 2 werkprocessen" in page
    assert "heeft nog geen doel" in page
    assert f"?werkproces={gap.pk}" in page


def test_print_sheet_has_three_lines_to_sign(client, made):
    made.asked_goal()
    login(client, made.student)
    page = client.get(url("plan-print", made.plan)).content.decode()
    assert f"Student: {made.enrolment.student.full_name}" in page
    assert f"Werkgever: {made.employer.name}" in page
    assert f"School: {made.teacher.person}" in page


def test_closed_plan_is_read_only(client, made):
    goal = made.asked_goal()
    LearningPlan.objects.update(state=PlanState.CLOSED)
    login(client, made.student)
    assert client.get(made.plan.get_absolute_url()).status_code == 200
    assert client.get(goal.get_absolute_url()).status_code == 200
    acts = [
        client.post(url("goal-answer", goal), {"answer-answer": "yes"}, follow=True),
        client.get(url("evidence-add", goal), follow=True),
    ]
    for response in acts:
        assert response.redirect_chain == [(goal.get_absolute_url(), 302)]
        assert "Dit leerplan is afgesloten." in response.content.decode()
    assert goal.latest.consents.count() == 1


def test_page_of_a_goal_nobody_agreed_to_by_former_employer(client, made):
    goal = made.asked_goal()
    ConsentFactory(goal_version=goal.latest, party=Party.EMPLOYER)
    login(client, made.trainer)
    assert "Ga je akkoord met dit doel" in client.get(goal.get_absolute_url()).content.decode()
