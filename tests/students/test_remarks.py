"""Feedback on a goal: taken back for two weeks by whoever gave it, later corrected beside what it corrects."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import OutgoingMail
from core.states import advance
from partnerships.actors import actor_of
from students import rules
from students.enums import Party
from students.models import Goal, GoalRemark
from students.services import remarks
from tests.factories.students import GoalFactory, GoalRemarkFactory
from tests.helpers import login
from tests.students.test_sharing import host
from tests.students.worlds import supervisor, url

pytestmark = pytest.mark.django_db
BSN = "111222333"  # passes the elfproef; nobody's


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, agreed=True)


@pytest.fixture
def given(made, goal):
    return remarks.give(goal_id=goal.pk, text="Bleef te laat thuis", by=made.actors[Party.EMPLOYER])


@pytest.fixture
def old(given):
    """Feedback of three weeks ago: too long to take it back."""
    GoalRemark.objects.filter(pk=given.pk).update(at=timezone.now() - timedelta(days=21))
    return GoalRemark.objects.get(pk=given.pk)


def page_of(client, user, goal):
    return login(client, user).get(goal.get_absolute_url()).content.decode()


def test_feedback_is_taken_back_by_whoever_gave_it_and_only_the_words_go(client, made, goal, given):
    assert "Terugdraaien" in page_of(client, made.trainer, goal)
    for _ in range(2):  # a button pressed twice
        response = client.post(url("remark-take-back", given), follow=True)
        assert "Je feedback is teruggedraaid." in response.content.decode()
    given.refresh_from_db()
    assert (given.text, given.taken_back_at is None) == ("", False)
    for reader in (made.trainer, made.student, made.teacher):
        page = page_of(client, reader, goal)
        assert "Bleef te laat thuis" not in page
        assert f"{made.trainer.person} gaf op" in page
        assert "Terugdraaien" not in page
    assert not OutgoingMail.objects.exists()  # nobody was mailed about it


def test_last_words_in_a_list_are_not_those_that_were_taken_back(made, goal, given):
    assert Goal.objects.for_list().get(pk=goal.pk).last_remark["text"] == given.text
    remarks.take_back(remark_id=given.pk, by=made.actors[Party.EMPLOYER])
    assert Goal.objects.for_list().get(pk=goal.pk).last_remark is None


@pytest.mark.parametrize(("days", "may"), [(14, True), (15, False)])
def test_feedback_is_taken_back_for_two_weeks_and_then_corrected(made, given, days, may):
    trainer = made.actors[Party.EMPLOYER]
    with time_machine.travel(given.at + timedelta(days=days), tick=False):
        given.goal = Goal.objects.for_page().get(pk=given.goal_id)
        taken_back = rules.can_take_back_remark(trainer, given)
        corrected = rules.can_correct_remark(trainer, given, is_corrected=False)
        assert (bool(taken_back), bool(corrected)) == (may, not may)
        verb, words = (remarks.correct, {"text": "Anders"}) if may else (remarks.take_back, {})
        with pytest.raises(ValidationError) as refusal:
            verb(remark_id=given.pk, by=trainer, **words)
        assert str(refusal.value.messages[0]) == str((corrected if may else taken_back).reason)


@pytest.mark.parametrize("party", [Party.STUDENT, Party.SCHOOL])
def test_only_whoever_gave_it_takes_it_back_or_corrects_it(made, given, old, party):
    other = made.actors[party]
    for row in (given, old):
        row.goal = Goal.objects.for_page().get(pk=row.goal_id)
        assert rules.can_take_back_remark(other, row).is_final
        assert rules.can_correct_remark(other, row, is_corrected=False).is_final
    with pytest.raises(ValidationError):
        remarks.take_back(remark_id=given.pk, by=other)
    with pytest.raises(ValidationError):
        remarks.correct(remark_id=old.pk, text="Anders", by=other)
    assert GoalRemark.objects.get().text == "Bleef te laat thuis"


def test_nothing_is_taken_back_in_a_closed_plan(made, given):
    advance(made.plan, "close", by=None)
    given.goal = Goal.objects.for_page().get(pk=given.goal_id)
    assert "afgesloten" in str(rules.can_take_back_remark(made.actors[Party.EMPLOYER], given).reason)


def test_correction_stands_beside_what_it_corrects(client, made, goal, old):
    assert "Feedback corrigeren" in page_of(client, made.trainer, goal)
    page = client.get(url("remark-correct", old)).content.decode()
    assert page.count("Bleef te laat thuis") >= 2  # as it was said, and in the form
    for _ in range(2):  # a button pressed twice
        response = client.post(
            url("remark-correct", old), {"text": "Bleef een keer te laat thuis"}, follow=True
        )
        assert "Je feedback is gecorrigeerd." in response.content.decode()
    made_row = GoalRemark.objects.get(corrects=old)
    assert (made_row.party, made_row.by) == (Party.EMPLOYER, made.trainer.person)
    page = page_of(client, made.student, goal)
    for words in (
        "Bleef te laat thuis",
        "Bleef een keer te laat thuis",
        "Gecorrigeerd op",
        "Dit corrigeert de feedback",
    ):
        assert words in page
    assert "Feedback corrigeren" not in page


def test_correction_on_a_page_that_is_old_by_now_keeps_what_was_typed(client, made, old):
    remarks.correct(remark_id=old.pk, text="Eerste correctie", by=made.actors[Party.EMPLOYER])
    response = login(client, made.trainer).post(url("remark-correct", old), {"text": "Tweede correctie"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Je hebt deze feedback al gecorrigeerd." in page
    assert "Tweede correctie" in page
    assert GoalRemark.objects.count() == 2
    assert client.get(url("remark-correct", old)).status_code == 302


def test_correction_that_is_taken_back_leaves_room_for_another(made, old):
    trainer = made.actors[Party.EMPLOYER]
    first = remarks.correct(remark_id=old.pk, text="Eerste correctie", by=trainer)
    remarks.take_back(remark_id=first.pk, by=trainer)
    second = remarks.correct(remark_id=old.pk, text="Tweede correctie", by=trainer)
    assert (second.corrects, GoalRemark.objects.count()) == (old, 3)


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, f"Zie {BSN}", "Bleef te laat thuis", "\x00"])
def test_correction_with_bad_input_comes_back(client, made, old, text):
    response = login(client, made.trainer).post(url("remark-correct", old), {"text": text})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert GoalRemark.objects.count() == 1


def test_service_refuses_empty_words(made, goal):
    with pytest.raises(ValidationError, match="Schrijf je feedback"):
        remarks.give(goal_id=goal.pk, text="  ", by=made.actors[Party.EMPLOYER])


def test_what_was_taken_back_is_neither_corrected_nor_taken_back_by_another(client, made, given):
    remarks.take_back(remark_id=given.pk, by=made.actors[Party.EMPLOYER])
    with (
        time_machine.travel(given.at + timedelta(days=20), tick=False),
        pytest.raises(ValidationError) as refusal,
    ):
        remarks.correct(remark_id=given.pk, text="Anders", by=made.actors[Party.EMPLOYER])
    assert refusal.value.messages == ["Deze feedback is teruggedraaid."]
    assert login(client, supervisor(made)).post(url("remark-take-back", given)).status_code == 403


@pytest.mark.parametrize(
    "values", [{"text": ""}, {"taken_back_at": timezone.now()}], ids=["empty", "taken back with words"]
)
def test_database_holds_words_and_taking_back_together(given, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalRemark.objects.filter(pk=given.pk).update(**values)


def test_database_takes_one_correction_that_stands(old):
    GoalRemarkFactory(goal=old.goal, corrects=old)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalRemarkFactory(goal=old.goal, corrects=old)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_goal_with_corrections_costs_the_same_for_one_and_three(
    client, django_assert_num_queries, count, made, goal
):
    for number in range(count):
        first = GoalRemarkFactory(goal=goal, by=made.trainer.person)
        GoalRemarkFactory(goal=goal, by=made.trainer.person, corrects=first, text=f"Anders {number}")
    login(client, made.trainer)
    with django_assert_num_queries(8):
        client.get(goal.get_absolute_url())


def test_host_gives_feedback_on_the_goals_of_the_exchange_only(made, goal):
    other = GoalFactory(plan=made.plan, agreed=True)
    for user in host(made, goal):
        assert remarks.give(goal_id=goal.pk, text="Ging goed", by=actor_of(user)).by == user.person
        with pytest.raises(ValidationError, match="niet zien"):
            remarks.give(goal_id=other.pk, text="Ging goed", by=actor_of(user))
