"""Whoever opens the demo can see everything that can become of a thing: each state has a row, or a reason why not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker

from accounts.enums import Role
from core.models import StateChange
from partnerships.models import Member, Membership
from placements.enums import Cause
from placements.models import Match, Placement, Supervision
from students.models import PracticeOpinion, Student
from tests.browser.sites import loaded_database

# (model, state) that the demo does not show, and why. Nothing else may be missing.
PASSES = "a list goes through it within a minute: tests/students/test_lists.py"
NOT_SHOWN: dict[tuple[str, str], str] = {
    ("core.ImportBatch", "uploaded"): PASSES,
    ("core.ImportBatch", "mapped"): PASSES,
    ("core.ImportBatch", "committed"): "the demo has one list, which waits to be put right",
    ("core.ImportBatch", "undone"): "the demo has one list, which waits to be put right",
    ("core.OutgoingMail", "queued"): "a worker takes it within the minute: tests/accounts/test_outgoing.py",
    ("accounts.ErasureRequest", "granted"): "is carried out the next morning: tests/accounts/test_erasure.py",
    ("accounts.ErasureRequest", "refused"): "the demo has one that waits and one that is done",
    ("accounts.ErasureRequest", "withdrawn"): "the demo has one that waits and one that is done",
}


@pytest.fixture(scope="module", autouse=True)
def _region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with loaded_database("states") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        yield
        connection.close()
        connection.settings_dict["NAME"] = usual


def machines() -> list[Any]:
    """Every model whose rows go from state to state."""
    return [model for model in apps.get_models() if hasattr(model, "TRANSITIONS")]


def states_of(model: Any) -> set[str]:
    targets = {str(target) for _sources, target in model.TRANSITIONS.values()}
    return targets | {str(source) for sources, _target in model.TRANSITIONS.values() for source in sources}


def test_the_machines_are_found():
    names = {model.__name__ for model in machines()}
    assert names >= {
        "Match",
        "Placement",
        "Slot",
        "Agreement",
        "AgreementVersion",
        "Enrolment",
        "Goal",
        "JoinRequest",
    }
    assert states_of(Placement) == {"confirmed", "running", "ending", "completed", "broken_off", "cancelled"}


@pytest.mark.parametrize("model", machines(), ids=lambda model: model._meta.label)
def test_each_state_is_there(model):
    shown = set(model._base_manager.values_list("state", flat=True))
    excused = {state for label, state in NOT_SHOWN if label == model._meta.label}
    assert states_of(model) - shown == excused


def test_each_cause_of_an_ended_proposal_is_there():
    assert set(Cause.values) <= set(Match.objects.values_list("close_cause", flat=True))


def test_a_supervisor_has_no_account_and_another_one_took_a_student_over():
    named = Membership.objects.running().filter(role=Role.SUPERVISOR)
    assert named.filter(person__user=None).exists()
    handed_over = Supervision.objects.exclude(ends_on=None).values("placement")
    assert Supervision.objects.filter(placement__in=handed_over, ends_on=None).exists()


def test_what_was_seen_at_work_stands_is_handed_in_and_was_taken_back():
    opinions = PracticeOpinion.objects.with_hand_ins()
    assert {(row.carries, row.taken_back_at is None) for row in opinions} == {
        (True, True),
        (False, True),
        (False, False),
    }


def test_a_role_ends_on_a_day_to_come_and_someone_takes_over_the_day_after():
    leaving = Membership.objects.running().exclude(ends_on=None).get()
    after = Supervision.objects.filter(starts_on=leaving.ends_on + timedelta(days=1))
    assert after.filter(placement__supervisions__membership=leaving.pk).exists()


def test_someone_leaves_as_a_place_closes():
    closed = StateChange.objects.filter(model="placements.slot", action="close")
    assert StateChange.objects.filter(model="placements.placement", cause__in=closed).exists()


def test_a_student_is_called_otherwise_than_in_the_signed_text():
    signed = Student.objects.filter(enrolments__placements__agreements__state="active")
    assert [
        student
        for student in signed.distinct()
        if student.full_name
        not in student.enrolments.values_list("placements__agreements__versions__signatures__name", flat=True)
    ]


def test_an_organisation_has_left_lately():
    assert Member.objects.exclude(ended_at=None).exists()
