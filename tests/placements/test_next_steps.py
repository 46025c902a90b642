"""Next steps around places, and distances."""

import pytest

from core import towns
from placements.enums import MatchState
from placements.presenters import next_steps as next_steps
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
