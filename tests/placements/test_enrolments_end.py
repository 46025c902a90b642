"""What happens to places when an enrolment ends, or when two students turn out to be one person."""

import pytest

from core.models import OutgoingMail, StateChange
from placements.enums import MatchState, PlacementState
from students import signals
from students.models import Student
from students.services import enrolments
from tests.factories.placements import MatchFactory, PlacementFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import StudentFactory
from tests.helpers import actor_of

pytestmark = pytest.mark.django_db


def teacher_of(enrolment):
    return actor_of(CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user)


def test_dropping_out_breaks_off_the_placement_without_saying_why():
    placement = PlacementFactory()
    by = teacher_of(placement.enrolment)
    enrolments.drop_out(enrolment_id=placement.enrolment_id, reason="Ziek thuis", by=by)
    placement.refresh_from_db()
    assert placement.state == PlacementState.BROKEN_OFF
    assert "Ziek" not in StateChange.objects.get(model="placements.placement").reason
    assert not OutgoingMail.objects.filter(body__contains="Ziek").exists()


def test_completing_leaves_the_placement_to_its_last_day():
    placement = PlacementFactory()
    enrolments.complete(enrolment_id=placement.enrolment_id, by=teacher_of(placement.enrolment))
    placement.refresh_from_db()
    assert placement.state == PlacementState.CONFIRMED


def test_leaving_expires_an_open_match():
    match = MatchFactory()
    enrolments.drop_out(enrolment_id=match.enrolment_id, reason="Verhuisd", by=teacher_of(match.enrolment))
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED


def test_merged_student_keeps_the_placement():
    placement = PlacementFactory()
    kept = StudentFactory()
    signals.students_merged.send(sender=Student, kept=kept, dropped=placement.student)
    placement.refresh_from_db()
    assert placement.student == kept
