"""An answer is to the text that was on the page, and to no other; a party's newest answer counts until three agree."""

import re

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from students.enums import GoalState, Party
from students.models import Consent
from students.services import plans
from tests.factories.students import GoalFactory
from tests.helpers import edit, login
from tests.students.worlds import due, processes, supervisor, url

pytestmark = pytest.mark.django_db
CHANGED = "Er is iets gewijzigd"


def shown_on(client, page: str) -> list[str]:
    """The numbers of the texts that a page shows."""
    return re.findall(r'name="shown" value="(\d+)"', client.get(page).content.decode())


def rewrite(made, goal, text="Ik rapporteer anders") -> None:
    """The school writes another text and puts it to consent, while someone has the old one open."""
    plans.change_goal(goal_id=goal.pk, by=made.actors[Party.SCHOOL], text=text)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    goal.refresh_from_db()


def students_answers() -> list[int]:
    return list(Consent.objects.filter(party=Party.STUDENT).values_list("goal_version", flat=True))


def test_yes_to_all_is_refused_when_one_text_is_another_now(client, made):
    kept, changed = made.asked_goal(), made.asked_goal()
    login(client, made.student)
    shown = shown_on(client, url("plan-consent", made.plan))
    assert len(shown) == 2
    rewrite(made, changed)
    page = client.post(url("plan-consent", made.plan), {"all": "1", "shown": shown}).content.decode()
    assert "nieuwere tekst" in page
    assert "Deze tekst is gewijzigd sinds je de pagina opende." in page
    assert students_answers() == []
    again = {"all": "1", "shown": shown_on(client, url("plan-consent", made.plan))}
    assert client.post(url("plan-consent", made.plan), again).status_code == 302
    assert set(students_answers()) == {kept.latest_id, changed.latest_id}


def test_yes_to_all_is_about_what_was_shown_only(client, made):
    seen = made.asked_goal()
    login(client, made.student)
    shown = shown_on(client, url("plan-consent", made.plan))
    unseen = made.asked_goal()
    client.post(url("plan-consent", made.plan), {"all": "1", "shown": shown})
    assert students_answers() == [seen.latest_id]
    assert list(made.plan.goals.awaiting(Party.STUDENT)) == [unseen]


@pytest.mark.parametrize("shown", [[], ["x"], ["0"], ["-1"], ["9" * 40], ["٣"]])
def test_yes_to_texts_that_nobody_saw_is_refused(client, made, shown):
    made.asked_goal()
    login(client, made.student)
    response = client.post(url("plan-consent", made.plan), {"all": "1", "shown": shown})
    assert CHANGED in response.content.decode()
    assert students_answers() == []


def test_yes_to_a_text_of_another_plan_is_refused(client, made):
    made.asked_goal()
    elsewhere = GoalFactory(agreed=True)
    login(client, made.student)
    data = {"all": "1", "shown": [elsewhere.latest_id]}
    assert CHANGED in client.post(url("plan-consent", made.plan), data).content.decode()
    mine = made.plan.goals.get()
    data = {"answer-answer": "yes", "version": elsewhere.latest_id}
    assert CHANGED in client.post(url("goal-answer", mine), data).content.decode()
    assert students_answers() == []


def test_what_was_typed_stays_when_a_text_is_another_now(client, made):
    first, second = made.asked_goal(), made.asked_goal()
    login(client, made.student)
    data = {
        "shown": shown_on(client, url("plan-consent", made.plan)),
        f"v{first.latest_id}-answer": "change",
        f"v{first.latest_id}-remark": "Liever in het weekend",
        f"v{second.latest_id}-answer": "change",
        f"v{second.latest_id}-remark": "Noem de methode",
    }
    rewrite(made, second)
    page = client.post(url("plan-consent", made.plan), data).content.decode()
    assert "Liever in het weekend" in page
    assert "Noem de methode" in page
    assert f'name="shown" value="{second.latest_id}"' in page
    assert students_answers() == []


def test_newest_answer_of_a_party_counts_until_all_three_agree(client, made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT)
    made.answer(goal, Party.EMPLOYER, answer="change", remark="Korter")
    assert goal.state == GoalState.PROPOSED
    page = login(client, made.trainer).get(goal.get_absolute_url()).content.decode()
    assert "Ander antwoord geven" in page
    made.answer(goal, Party.EMPLOYER)
    assert goal.state == GoalState.AGREED
    said = goal.latest.consents.order_by("number").values_list("number", "party", "answer")
    assert list(said) == [
        (1, "school", "yes"),
        (2, "student", "yes"),
        (3, "employer", "change"),
        (4, "employer", "yes"),
    ]
    with pytest.raises(ValidationError, match="alle drie akkoord"):
        made.answer(goal, Party.STUDENT, answer="change", remark="Toch niet")


def test_yes_is_taken_back_by_asking_for_a_change(made):
    goal = made.asked_goal()
    made.answer(goal, Party.STUDENT)
    made.answer(goal, Party.STUDENT, answer="change", remark="Toch niet")
    assert list(made.plan.goals.sent_back(to=Party.SCHOOL)) == [goal]
    made.answer(goal, Party.EMPLOYER)
    assert goal.state == GoalState.PROPOSED
    made.answer(goal, Party.STUDENT)
    assert not made.plan.goals.sent_back().exists()
    assert goal.state == GoalState.AGREED


def test_answer_keeps_as_what_one_spoke(client, made):
    goal, other = made.asked_goal(), made.asked_goal()
    made.answer(goal, Party.STUDENT, Party.EMPLOYER)
    login(client, supervisor(made, may_consent=True))
    client.post(url("goal-answer", other), {"answer-answer": "yes", "version": other.latest_id})
    capacities = set(Consent.objects.values_list("party", "capacity"))
    assert capacities == {
        ("school", Role.TEACHER),
        ("student", Role.STUDENT),
        ("employer", Role.PRACTICE_TRAINER),
        ("employer", Role.SUPERVISOR),
    }


def test_asking_is_about_the_texts_that_were_shown_and_twice_is_once(client, made):
    goal = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    assert url("plan-ask", made.plan) in client.get(made.plan.get_absolute_url()).content.decode()
    shown = shown_on(client, url("plan-ask", made.plan))
    assert shown == [str(goal.latest_id)]
    unseen = GoalFactory(plan=made.plan)
    page = client.post(url("plan-ask", made.plan), {"shown": shown}, follow=True).content.decode()
    assert CHANGED in page
    assert not made.plan.versions.exists()
    shown = [goal.latest_id, unseen.latest_id]
    for _ in range(2):
        page = client.post(url("plan-ask", made.plan), {"shown": shown}, follow=True).content.decode()
        assert "Er is akkoord gevraagd" in page
    assert made.plan.versions.count() == 1


def test_saving_in_the_editor_leads_to_all_that_would_be_asked(client, made):
    """Also what someone else wrote in another chapter stands there, to be read before it is asked."""
    mine = GoalFactory(plan=made.plan)
    login(client, made.teacher)
    other = GoalFactory(plan=made.plan, work_process=processes(made)[0])
    texts = {name: getattr(mine.latest, name) for name in plans.TEXTS}
    data = {f"g{mine.pk}-{name}": value for name, value in texts.items()} | {"act": "ask"}
    asking = edit(client, url("plan-edit", made.plan) + "?werkproces=eigen", data)["Location"]
    page = client.get(asking).content.decode()
    assert mine.latest.text in page
    assert other.latest.text in page
    assert not made.plan.versions.exists()


def test_goal_proposed_twice_is_one(client, made):
    login(client, made.student)
    data = {"text": "Ik wil leren tillen", "due_on": due(), "work_process": ""}
    pages = [client.post(url("goal-add", made.plan), data, follow=True) for _ in range(2)]
    assert {page.redirect_chain[-1][0] for page in pages} == {made.plan.goals.get().get_absolute_url()}
