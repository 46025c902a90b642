"""The student's route: which of the six steps is now, in each state."""

import pytest

from portal.journey import with_plan, without_plan
from students.enums import EnrolmentState
from students.models import Enrolment, LearningPlan


def place(*, has_agreement):
    found = LearningPlan()
    found.has_agreement = has_agreement
    return found


def plan(*, here, agreed, activated_at):
    found = LearningPlan(activated_at=activated_at)
    found.here, found.agreed = here, agreed
    return found


@pytest.mark.parametrize(
    ("state", "places", "words"),
    [
        (EnrolmentState.WAITING, [], "Stap 1 van 6"),
        (EnrolmentState.ENROLLED, [], "Stap 2 van 6: een plek vinden"),
        (EnrolmentState.ENROLLED, [False], "Stap 3 van 6: de overeenkomst tekenen"),
        (EnrolmentState.ENROLLED, [False, True], "Stap 4 van 6: het leerplan maken"),
    ],
)
def test_where_one_is_before_there_is_a_plan(state, places, words):
    found = without_plan(Enrolment(state=state), [place(has_agreement=one) for one in places])
    assert words in str(found.now)
    assert [step.state for step in found.steps].count("now") == 1


@pytest.mark.parametrize(
    ("known", "goals", "words"),
    [
        ({"here": True, "agreed": True, "activated_at": None}, (0, 4), "Stap 4 van 6"),
        ({"here": True, "agreed": True, "activated_at": 1}, (3, 11), "Stap 5 van 6: doelen behalen"),
        ({"here": True, "agreed": True, "activated_at": 1}, (11, 11), "Stap 6 van 6: je diploma"),
        ({"here": False, "agreed": False, "activated_at": 1}, (3, 11), "Stap 2 van 6: een plek vinden"),
    ],
)
def test_where_one_is_with_a_plan(known, goals, words):
    found = with_plan(Enrolment(state=EnrolmentState.ENROLLED), plan(**known), *goals)
    assert words in str(found.now)
    assert str(found.steps[4].note) == f"{goals[0]} van {goals[1]}"


def test_who_is_done_has_all_steps_behind_it():
    known = {"here": True, "agreed": True, "activated_at": 1}
    found = with_plan(Enrolment(state=EnrolmentState.COMPLETED), plan(**known), 2, 2)
    assert {step.state for step in found.steps} == {"done"}
    assert str(found.now) == "Alle zes de stappen zijn klaar."
