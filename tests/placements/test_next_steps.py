"""Next steps around places, and distances."""

import pytest

from core import towns
from core.states import advance
from placements.enums import MatchState, PlacementKind, PlacementState
from placements.presenters import next_steps as next_steps
from students.enums import EnrolmentState
from students.models import Enrolment
from tests.factories.programmes import AccreditationFactory
from tests.placements.scene import Scene, actor, in_days

# Next steps


def test_student_is_asked_once_the_employer_agreed(scene):
    scene.match()
    match = scene.agreed()
    student = actor(match.enrolment.student.person.user)
    (step,) = next_steps.for_student(student)
    assert step.url == match.get_absolute_url()
    assert scene.employer.name in str(step.title)


def test_employer_answers_and_confirms(scene):
    match, _ = scene.match(), scene.agreed()
    stale = scene.slot(confirmed_on=in_days(-31))
    Scene().match()
    steps = next_steps.for_employer(actor(scene.contact), scene.employer.pk)
    assert [step.kind for step in steps] == ["match", "slot"]
    assert (steps[0].url, str(stale.public_id) in steps[1].url) == (match.get_absolute_url(), True)
    assert match.enrolment.student.full_name not in str(steps[0].title)
    assert next_steps.for_employer(actor(scene.supervisor), scene.employer.pk) == []


def test_teacher_looks_on_after_a_no(scene):
    again = scene.enrolment()
    scene.match(enrolment=again, state=MatchState.DECLINED)
    scene.match(enrolment=again)
    for ended in (MatchState.DECLINED, MatchState.EXPIRED):
        scene.match(enrolment=(left := scene.enrolment()), state=MatchState.DECLINED)
        scene.match(enrolment=left, state=ended)
    steps = next_steps.for_teacher(actor(scene.teacher), scene.school.pk)
    assert len(steps) == 2
    assert {"is verlopen" in str(step.text) for step in steps} == {True, False}
    assert f"inschrijving={left.public_id}" in "".join(step.url for step in steps)
    AccreditationFactory(
        organisation=scene.employer,
        crebo=scene.qualification.crebo,
        status="withdrawn",
        valid_until=in_days(-1),
    )
    placement = scene.placement()
    steps = next_steps.for_teacher(actor(scene.teacher), scene.school.pk)
    assert steps[0].url == placement.get_absolute_url()


@pytest.mark.parametrize("count", [1, 3])
def test_steps_cost_the_same_for_one_and_three(scene, django_assert_num_queries, count):
    for _ in range(count):
        match = scene.agreed()
        scene.match()
        scene.match(state=MatchState.DECLINED)
        scene.slot(confirmed_on=in_days(-31))
    student, contact, teacher = (
        actor(user) for user in (match.enrolment.student.person.user, scene.contact, scene.teacher)
    )
    with django_assert_num_queries(1):
        next_steps.for_student(student)
    with django_assert_num_queries(1):
        next_steps.for_employer(contact, scene.employer.pk)
    with django_assert_num_queries(1):
        next_steps.for_teacher(teacher, scene.school.pk)


# Where things lie


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("8224", "Lelystad"),
        ("8224 AB", "Lelystad"),
        ("8224ab", "Lelystad"),
        ("lelystad", "Lelystad"),
        ("  Loon  op Zand ", "Loon op Zand"),
        ("3561", "Overvecht"),
        ("3511", "Utrecht"),
        ("0123", None),
        ("9999", None),
        ("", None),
        ("82241", None),
        ("%", None),
    ],
)
def test_places_are_found_by_postcode_and_name(text, name):
    place = towns.find(text)
    assert (place.name if place else None) == name


def test_distance_is_as_the_crow_flies():
    lelystad, tilburg = towns.find("Lelystad"), towns.find("Tilburg")
    assert 108 < towns.distance_km(lelystad.point, tilburg.point) < 110
    assert towns.distance_km(lelystad.point, lelystad.point) == 0


# A new place


def looks_for(scene):
    steps = next_steps.for_teacher(actor(scene.teacher), scene.school.pk)
    return [step for step in steps if "Zoek" in str(step.title)]


def test_after_an_end_the_school_looks_for_a_place_until_there_is_one(scene):
    placement = scene.placement(state=PlacementState.BROKEN_OFF)
    enrolment = placement.enrolment
    Scene().placement(state=PlacementState.BROKEN_OFF)  # of another school
    (step,) = looks_for(scene)
    assert enrolment.student.full_name in str(step.title)
    assert scene.employer.name in str(step.text)
    assert f"inschrijving={enrolment.public_id}" in step.url
    match = scene.match(enrolment=enrolment)
    assert looks_for(scene) == []  # a proposal waits for its answer
    advance(match, "decline", by=None, reason="Geen begeleider")
    assert len(looks_for(scene)) == 1
    scene.placement(scene.slot(starts_on=in_days(30)), enrolment)
    assert looks_for(scene) == []


@pytest.mark.parametrize(
    "overtaken",
    [
        {"state": EnrolmentState.DROPPED_OUT, "ended_on": 0, "leaving_reason": "Verhuisd"},
        {"state": EnrolmentState.COMPLETED, "ended_on": 0},
        {"ends_on": 0},
    ],
)
def test_who_left_or_is_done_needs_no_new_place(scene, overtaken):
    placement = scene.placement(state=PlacementState.BROKEN_OFF)
    values = {name: in_days(value) if isinstance(value, int) else value for name, value in overtaken.items()}
    Enrolment.objects.filter(pk=placement.enrolment_id).update(starts_on=in_days(-90), **values)
    assert looks_for(scene) == []


def test_two_ends_of_one_student_are_one_task_and_an_exchange_is_none(scene):
    first = scene.placement(state=PlacementState.BROKEN_OFF)
    before = {"starts_on": in_days(-60), "ends_on": in_days(-30)}
    scene.placement(enrolment=first.enrolment, state=PlacementState.BROKEN_OFF, **before)
    scene.placement(state=PlacementState.BROKEN_OFF, kind=PlacementKind.EXCHANGE)
    assert len(looks_for(scene)) == 1
