"""The page of a goal begins with what this reader has to do with it, and that is its biggest act."""

import re

import pytest

from students.enums import GoalResult, GoalState, Party
from tests.factories.students import EvidenceFactory, GoalFactory
from tests.helpers import login
from tests.students.worlds import World

pytestmark = pytest.mark.django_db


def asked(made: World):
    return made.asked_goal()


def sent_back(made: World):
    goal = made.asked_goal()
    made.answer(goal, Party.EMPLOYER, answer="change", remark="Schrijf erbij met wie")
    return goal


def agreed(made: World):
    return GoalFactory(plan=made.plan, agreed=True)


def busy(made: World):
    return GoalFactory(plan=made.plan, state=GoalState.BUSY)


def with_evidence(made: World):
    return EvidenceFactory(goal=busy(made)).goal


def handed_in(made: World):
    goal = busy(made)
    made.hand_in(goal)
    return goal


def not_yet(made: World):
    goal = handed_in(made)
    made.assess(goal, GoalResult.NOT_YET, "Nog één keer in een drukke dienst")
    return goal


# how far the goal is, who reads, what stands on top, the button, what was said
TASKS = [
    (asked, "student", "Ga je akkoord", "Ik ga akkoord", ""),
    (
        sent_back,
        "student",
        " vraagt een aanpassing",
        "Nieuwe tekst versturen",
        "Schrijf erbij met wie",
    ),
    (
        sent_back,
        "teacher",
        " vraagt een aanpassing",
        "Nieuwe tekst versturen",
        "Schrijf erbij met wie",
    ),
    (agreed, "student", "Je kunt beginnen", "Ik begin", ""),
    (busy, "student", "Kun je het laten zien?", "Bewijs toevoegen", ""),
    (with_evidence, "student", "Bewijs inleveren", "Bewijs inleveren", ""),
    (handed_in, "teacher", "Beoordeel dit doel", "Resultaat vastleggen", ""),
    (not_yet, "student", "Nog niet behaald", "Weer oppakken", "Nog één keer in een drukke dienst"),
]


@pytest.mark.parametrize(("how_far", "reader", "title", "button", "said"), TASKS)
def test_the_task_comes_first_and_is_the_biggest_act(client, made, how_far, reader, title, button, said):
    goal = how_far(made)
    page = login(client, getattr(made, reader)).get(goal.get_absolute_url()).content.decode()
    main = page[page.index('id="goal"') :]
    first = main[main.index("next-step") : main.index("</section>")]
    assert title in re.search(r"<h2[^>]*>\s*([^<]*)", main).group(1)
    big = [
        re.sub(r"<[^>]+>", "", found).strip()
        for found in re.findall(r"btn--ink[^>]*>(.*?)</(?:a|button)>", main, re.S)
    ]
    assert big == [button]
    assert said in main[: main.index("btn--ink")]
    assert first


@pytest.mark.parametrize(
    ("how_far", "reader"),
    [(handed_in, "student"), (asked, "teacher"), (busy, "trainer"), (not_yet, "teacher")],
)
def test_nothing_is_asked_of_whose_turn_it_is_not(client, made, how_far, reader):
    goal = how_far(made)
    response = login(client, getattr(made, reader)).get(goal.get_absolute_url())
    assert response.context["task"] == ""
    assert "btn--ink" not in response.content.decode()


@pytest.mark.parametrize(
    ("asked_for", "shown"),
    [
        ("Schrijf erbij met wie", ["criterion"]),
        ("Een verslag is niet nodig", ["criterion", "evidence_asked"]),
        ("De datum is te vroeg: eind februari", ["criterion", "due_on"]),
        ("Please change the deadline", ["criterion", "due_on"]),
        ("Het doel is te groot en de aanpak te kort", ["text", "criterion", "way_of_working"]),
    ],
)
def test_what_the_change_is_about_is_not_folded(client, made, asked_for, shown):
    goal = made.asked_goal()
    made.answer(goal, Party.EMPLOYER, answer="change", remark=asked_for)
    page = login(client, made.student).get(goal.get_absolute_url()).content.decode()
    form = page[page.index('id="change"') :]
    form = form[: form.index("</form>")]
    fold = form.index("<details")
    fields = ["text", "criterion", "way_of_working", "evidence_asked", "due_on"]
    places = {name: re.search(rf'name="(?:[\w-]+-)?{name}"', form).start() for name in fields}
    assert [name for name in fields if places[name] < fold] == shown
