"""Two answers at the same moment: each counts, and a plan is active exactly once."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from core.models import StateChange
from students.enums import GoalState, Party, PlanState
from students.services import plans
from tests.students.worlds import world

pytestmark = pytest.mark.django_db(transaction=True)
ALL = (Party.STUDENT, Party.EMPLOYER)


def _both(acts):
    """Run the acts at the same moment, each on its own connection; gives what each raised."""
    barrier, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=10)
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return faults


def test_race_last_two_answers_activate_exactly_once():
    made = world()
    goal = made.asked_goal()
    faults = _both(
        [
            lambda party=party: plans.answer(
                goal_version_id=goal.latest_id, party=party, answer="yes", by=made.actors[party]
            )
            for party in ALL
        ]
    )
    made.plan.refresh_from_db()
    goal.refresh_from_db()
    assert faults == []
    assert (made.plan.state, goal.state) == (PlanState.ACTIVE, GoalState.AGREED)
    assert StateChange.objects.filter(model="students.learningplan").count() == 1
    assert StateChange.objects.filter(model="students.goal", action="agree").count() == 1


def test_race_of_one_party_with_itself_keeps_one_answer():
    made = world()
    goal = made.asked_goal()

    def act():
        plans.answer(
            goal_version_id=goal.latest_id, party="student", answer="yes", by=made.actors[Party.STUDENT]
        )

    faults = _both([act, act])
    assert [type(fault) for fault in faults] == [ValidationError]
    assert goal.latest.consents.filter(party=Party.STUDENT).count() == 1
