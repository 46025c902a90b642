"""Pages where a plan is made and its goals are written: what they keep, refuse and warn of."""

import pytest

from students.enums import Party
from students.models import Goal, LearningPlan
from students.services import plans
from tests.factories.students import (
    GoalFactory,
)
from tests.helpers import edit, login, made_from
from tests.students.test_consent_read import shown_on
from tests.students.worlds import due, processes, url

pytestmark = pytest.mark.django_db
BSN = "111222333"  # passes the elfproef; nobody's
TEXT = {"text": "Ik rapporteer volgens SOEP", "criterion": "", "way_of_working": "", "evidence_asked": ""}


def test_teacher_makes_a_plan_once(client, made):
    made.plan.delete()
    chosen = processes(made)
    login(client, made.teacher)
    address = url("plan-create", made.enrolment)
    assert chosen[0].title in client.get(address).content.decode()
    data = {"work_processes": [process.pk for process in chosen], "due_on": due(90)}
    response = client.post(address, data)
    plan = LearningPlan.objects.get()
    assert response["Location"] == url("plan-edit", plan)
    assert [goal.latest.text for goal in plan.goals.all()] == ["Ik kan werk 1 doen", "Ik kan werk 2 doen"]
    assert client.post(address, data).status_code == 302
    assert LearningPlan.objects.count() == 1


@pytest.mark.parametrize("day", ["", "gisteren", "2020-01-01", "9999-12-31", "31-02-2027"])
def test_plan_needs_a_sensible_day(client, day, made):
    made.plan.delete()
    processes(made)
    login(client, made.teacher)
    response = client.post(url("plan-create", made.enrolment), {"due_on": day})
    assert response.status_code == 200
    assert response.context["form"].errors["due_on"]
    assert not LearningPlan.objects.exists()


def edit_data(goal, **texts):
    prefix = f"g{goal.pk}"
    latest = goal.latest
    values = {
        "text": latest.text,
        "criterion": latest.criterion,
        "way_of_working": latest.way_of_working,
        "evidence_asked": latest.evidence_asked,
        "due_on": latest.due_on.isoformat(),
    } | texts
    return {f"{prefix}-{name}": value for name, value in values.items()}


def test_editor_saves_what_changed_and_asks_consent(client, made):
    process = processes(made)[0]
    kept, changed = GoalFactory.create_batch(2, plan=made.plan, work_process=process)
    login(client, made.teacher)
    address = f"{url('plan-edit', made.plan)}?werkproces={process.pk}"
    data = edit_data(kept) | edit_data(changed, text="Ik doe het anders")
    data |= {"new-text": "Ik doe iets nieuws", "new-due_on": due(), "act": "ask"}
    asking = edit(client, address, data)["Location"]
    assert asking == url("plan-ask", made.plan)
    response = client.post(asking, {"shown": shown_on(client, asking)})
    assert response["Location"] == made.plan.get_absolute_url()
    texts = list(Goal.objects.order_by("position", "pk").values_list("latest__text", "latest__number"))
    assert texts[0] == (kept.latest.text, 1)
    assert texts[1:] == [("Ik doe het anders", 2), ("Ik doe iets nieuws", 1)]
    assert made.plan.versions.get().goal_versions.count() == 3


def test_editor_warns_before_an_agreed_goal_is_changed(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True)
    login(client, made.teacher)
    page = client.get(f"{url('plan-edit', made.plan)}?werkproces=eigen").content.decode()
    assert goal.latest.text in page
    assert "dan vragen we alle drie opnieuw akkoord" in page


def test_editor_refuses_all_when_one_row_is_wrong_and_keeps_what_was_typed(client, made):
    first, second = GoalFactory.create_batch(2, plan=made.plan)
    login(client, made.teacher)
    data = edit_data(first, text="Ik verander dit") | edit_data(second, text="x" * 201)
    response = edit(client, f"{url('plan-edit', made.plan)}?werkproces=eigen", data | {"act": "save"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ik verander dit" in page
    assert "x" * 201 in page
    assert Goal.objects.filter(latest__number=1).count() == 2


def test_editor_does_not_write_over_someone_elses_text(client, made):
    goal = GoalFactory(plan=made.plan)
    address = f"{url('plan-edit', made.plan)}?werkproces=eigen"
    login(client, made.teacher)
    data = edit_data(goal, text="Van mij") | {"act": "save"} | made_from(client, address)
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.STUDENT], text="Van de student", criterion="Vlot")
    page = client.post(address, data).content.decode()
    assert "Dit is intussen ook gewijzigd" in page
    assert "Van mij" in page
    assert "Van <del>de student</del>" in page
    goal.refresh_from_db()
    assert goal.latest.text == "Van de student"


def test_editor_sent_twice_saves_once(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    address = f"{url('plan-edit', made.plan)}?werkproces=eigen"
    data = edit_data(goal, text="Ik doe het anders") | {"act": "save"} | made_from(client, address)
    for _ in range(2):
        assert client.post(address, data).status_code == 302
    goal.refresh_from_db()
    assert (goal.latest.text, goal.latest.number) == ("Ik doe het anders", 2)


def test_editor_with_nothing_changed_says_so(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    address = f"{url('plan-edit', made.plan)}?werkproces=eigen"
    response = client.post(address, edit_data(goal) | {"act": "save"}, follow=True)
    assert "Er was niets om op te slaan" in response.content.decode()


@pytest.mark.parametrize("chapter", ["", "onzin", "0", "99999999999999999999", "'; drop table"])
def test_editor_with_a_strange_chapter_shows_the_first(client, chapter, made):
    first = processes(made)[0]
    login(client, made.teacher)
    response = client.get(url("plan-edit", made.plan), {"werkproces": chapter})
    assert response.context["chapter"].key == str(first.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 201),
        ("text", f"Ik bel {BSN}"),
        ("criterion", "x" * 501),
        ("due_on", ""),
        ("due_on", "morgen"),
        ("due_on", "2019-01-01"),
        ("work_process", "1; drop"),
        ("work_process", "999999"),
    ],
)
def test_proposing_a_goal_refuses_bad_input_and_keeps_the_rest(client, field, value, made):
    login(client, made.student)
    data = TEXT | {"due_on": due(), "way_of_working": "Elke week oefenen"} | {field: value}
    response = client.post(url("goal-add", made.plan), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Elke week oefenen" in response.content.decode()
    assert Goal.objects.count() == 0


def test_proposed_goal_is_shown_as_text_and_asked_at_once(client, made):
    login(client, made.student)
    data = TEXT | {"text": "Ik <script>alert(1)</script>\x00 doe het", "due_on": due()}
    response = client.post(url("goal-add", made.plan), data, follow=True)
    goal = Goal.objects.get()
    assert goal.origin == "student"
    assert goal.latest.text == "Ik <script>alert(1)</script> doe het"
    assert "<script>alert" not in response.content.decode()
    assert goal.latest.consents.get().party == Party.STUDENT
    client.post(url("goal-add", made.plan), data)
    assert Goal.objects.count() == 1


def test_changing_an_agreed_goal_warns_and_asks_three_again(client, made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    login(client, made.trainer)
    assert "dan vragen we alle drie opnieuw akkoord" in client.get(url("goal-change", goal)).content.decode()
    fields = TEXT | {"text": "Ik doe het beter", "due_on": due()}
    data = {f"g{goal.pk}-{name}": value for name, value in fields.items()}
    response = edit(client, url("goal-change", goal), data, follow=True)
    page = response.content.decode()
    assert "De nieuwe tekst wacht op akkoord" in page
    assert "<ins>" in page
    goal.refresh_from_db()
    assert goal.current.text != goal.latest.text
    assert [consent.party for consent in goal.latest.consents.all()] == [Party.EMPLOYER]


def test_change_sent_twice_is_not_called_someone_elses(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True)
    login(client, made.teacher)
    data = edit_data(goal, text="Ik doe het anders") | made_from(client, url("goal-change", goal))
    for _ in range(2):
        response = client.post(url("goal-change", goal), data)
        assert (response.status_code, response["Location"]) == (302, goal.get_absolute_url())
    goal.refresh_from_db()
    assert (goal.latest.text, goal.latest.number) == ("Ik doe het anders", 2)


def test_plan_without_goals_does_not_say_that_all_was_asked(client, made):
    """It once did, which is true of nothing at all."""
    login(client, made.teacher)
    page = client.get(url("plan-edit", made.plan)).content.decode()
    assert "Er zijn nog geen doelen" in page
    assert "Voor alle teksten" not in page
    assert "gevraagd." not in page.split('class="bottombar')[1].split("</p>")[0]
