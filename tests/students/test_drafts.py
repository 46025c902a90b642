"""Goals and plans that nobody was asked about are thrown away; what others were asked about stays."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import StateChange
from students.enums import Party
from students.models import Goal, GoalVersion, LearningPlan
from students.services import drafts, plans
from tests.factories.students import GoalFactory
from tests.helpers import login
from tests.students.worlds import world

pytestmark = pytest.mark.django_db


def press(client, url):
    read = client.get(url).context["read"]
    return client.post(url, {"read": read}, follow=True).content.decode()


def written(made, party):
    """A goal that one of the parties wrote and put to nobody."""
    return plans.add_goal(
        plan_id=made.plan.pk, by=made.actors[party], text="Ik leer plannen", due_on=made.enrolment.ends_on
    )


def test_who_wrote_a_goal_throws_it_away_with_its_text(client, made):
    goal = written(made, Party.STUDENT)
    login(client, made.student)
    url = reverse("students:goal-discard", args=[goal.public_id])
    assert url in client.get(goal.get_absolute_url()).content.decode()
    assert "verwijderd" in press(client, url)
    assert not Goal.objects.exists()
    assert not GoalVersion.objects.exists()
    record = StateChange.objects.get(action="discard")
    assert (record.reason, record.subject) == ("Ik leer plannen", made.enrolment.student.public_id)


def test_goal_of_someone_else_or_that_others_were_asked_about_stays(made):
    goal = written(made, Party.EMPLOYER)
    with pytest.raises(ValidationError, match="Alleen wie dit doel schreef"):
        drafts.goal(goal_id=goal.pk, by=made.actors[Party.STUDENT], read=None)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.EMPLOYER])
    for party in (Party.EMPLOYER, Party.SCHOOL):
        with pytest.raises(ValidationError, match="gevraagd over dit doel"):
            drafts.goal(goal_id=goal.pk, by=made.actors[party], read=None)


def test_school_throws_a_plan_away_of_which_nobody_was_asked(client, made):
    GoalFactory.create_batch(2, plan=made.plan)
    login(client, made.teacher)
    url = reverse("students:plan-discard", args=[made.plan.public_id])
    assert url in client.get(made.plan.get_absolute_url()).content.decode()
    assert "Het leerplan is verwijderd" in press(client, url)
    assert not LearningPlan.objects.exists()
    assert not GoalVersion.objects.exists()


def test_plan_stays_once_consent_was_asked_or_another_goal_was_written(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    url = reverse("students:plan-discard", args=[made.plan.public_id])
    page = client.get(url)
    GoalFactory(plan=made.plan)
    assert (
        "is iets gewijzigd" in client.post(url, {"read": page.context["read"]}, follow=True).content.decode()
    )
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    plans_before = LearningPlan.objects.count()
    with pytest.raises(ValidationError, match="niet verwijderen"):
        drafts.plan(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL], read=None)
    assert LearningPlan.objects.count() == plans_before
    assert Goal.objects.filter(pk=goal.pk).exists()


def test_student_does_not_throw_the_plan_away():
    made = world()
    with pytest.raises(ValidationError, match="docenten"):
        drafts.plan(plan_id=made.plan.pk, by=made.actors[Party.STUDENT], read=None)


@pytest.mark.parametrize("name", ["goal-discard", "plan-discard"])
def test_nothing_is_thrown_away_on_an_old_page(client, made, name):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    url = reverse(f"students:{name}", args=[(goal if name == "goal-discard" else made.plan).public_id])
    assert "is iets gewijzigd" in client.post(url, {"read": "0"}, follow=True).content.decode()
    assert Goal.objects.filter(pk=goal.pk).exists()
