"""Who has a place and who seeks one: one answer, for figures, matching and next steps alike."""

from itertools import product

import pytest

from placements.enums import PlacementKind, PlacementState
from placements.presenters import match_proposals as pages
from placements.presenters.next_steps import for_teacher
from placements.queries import figures, fits
from placements.queries.placed import has_place, seeking
from students.models import Enrolment
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db

PERIODS = {"over": (-200, -1), "ends today": (-200, 0), "runs": (-10, 100), "to come": (30, 300)}
THROUGH = ("this enrolment", "another enrolment", "another student")
CASES = list(product(PlacementState, PlacementKind, PERIODS, THROUGH))
LIVE = {PlacementState.CONFIRMED, PlacementState.RUNNING, PlacementState.ENDING}


def is_expected(state, kind, period, through) -> bool:
    return (
        state in LIVE and kind == PlacementKind.ORDINARY and period != "over" and through != "another student"
    )


@pytest.mark.parametrize(
    ("state", "kind", "period", "through"), CASES, ids=["-".join(map(str, case)) for case in CASES]
)
def test_who_has_a_place(scene, state, kind, period, through):
    enrolment = scene.enrolment()
    placed = {
        "this enrolment": lambda: enrolment,
        "another enrolment": lambda: scene.enrolment(
            student=enrolment.student, cohort=type(scene)(partnership=scene.partnership).cohort
        ),
        "another student": lambda: scene.enrolment(),
    }[through]()
    first, last = PERIODS[period]
    scene.placement(enrolment=placed, state=state, kind=kind, starts_on=in_days(first), ends_on=in_days(last))
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    expected = is_expected(state, kind, period, through)
    assert rows.filter(has_place()).exists() == expected
    # Who leaves on a day to come has a place until then, and seeks the next one already.
    assert seeking(rows).exists() == (not expected or state == PlacementState.ENDING)


@pytest.mark.parametrize("state", ["waiting", "completed", "dropped_out"])
def test_only_who_is_enrolled_now_seeks_a_place(scene, state):
    assert not seeking(Enrolment.objects.filter(pk=scene.enrolment(state=state).pk)).exists()


@pytest.mark.parametrize("through", ["this enrolment", "another enrolment"])
@pytest.mark.parametrize("last_day", [-1, 100])
def test_pages_and_figures_give_the_same_answer(scene, through, last_day):
    """A placement that is over, though nobody has completed it yet, is a place no more."""
    enrolment = scene.enrolment()
    scene.match(enrolment=enrolment, state="declined")
    other = type(scene)(partnership=scene.partnership)
    placed = enrolment if through == "this enrolment" else other.enrolment(student=enrolment.student)
    slot = scene.slot(starts_on=in_days(-200))
    other.placement(slot, placed, state="running", starts_on=in_days(-200), ends_on=in_days(last_day))
    seeks = last_day < 0
    teacher = actor(scene.teacher)
    scope = pages.of_cohort(teacher, scene.cohort)
    assert (enrolment in scope.students_without_place) == seeks
    assert (enrolment in {fit.enrolment for fit in fits.students_for(slot, scope.enrolments)}) == seeks
    assert bool(for_teacher(teacher, scene.school.pk)) == seeks
    rows = figures._learning(partnership=scene.partnership.pk)
    assert sum(placed for _programme, _students, placed, *_more in rows) == (
        0 if seeks else sum(students for _programme, students, *_more in rows)
    )
