"""A goal that was achieved has a page, for the student alone; the mail leads there."""

from django.urls import reverse

from core.models import OutgoingMail
from students.enums import Party
from tests.helpers import login
from tests.students.worlds import url


def achieved(made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    made.hand_in(goal)
    made.assess(goal, feedback="Je bleef rustig.")
    return goal


def test_mail_about_an_achieved_goal_leads_to_how_far_one_is(client, made):
    goal = achieved(made)
    made.asked_goal()
    address = reverse("goal-moment", args=[goal.public_id])
    assert OutgoingMail.objects.get(kind="student_goal_assessed").link.endswith(address)
    page = login(client, made.student).get(address).content.decode()
    assert "<h1>Doel behaald</h1>" in page
    assert "Dat is 1 van de 2." in page
    assert "Nog 1 te gaan." in page
    assert "Je bleef rustig." in page
    assert address in client.get(url("goal-detail", goal)).content.decode()


def test_nothing_to_celebrate_and_nothing_of_others(client, made):
    goal = achieved(made)
    address = reverse("goal-moment", args=[goal.public_id])
    assert login(client, made.teacher).get(address).status_code == 404
    other = reverse("goal-moment", args=[made.asked_goal().public_id])
    assert login(client, made.student).get(other).status_code == 404
