"""Verbs on placements, supervisors and accreditations."""

import pytest
from django.core.exceptions import ValidationError

from agreements.enums import AgreementState
from agreements.models import Agreement
from core.dates import today
from core.models import OutgoingMail
from placements import tasks
from placements.enums import PlacementState
from placements.models import Placement
from placements.services import break_offs, placements
from students.models import LearnerAccess
from tests.factories.agreements import AgreementFactory
from tests.placements.scene import actor, in_days


def placed(scene, **fields):
    """A placement as the last yes makes it."""
    return yes(scene.agreed(scene.slot(**fields)))


def yes(match):
    return placements.place(match_id=match.pk, by=actor(match.enrolment.student.person.user))


def test_break_off_frees_the_seat_and_closes_all_that_hung_on_it(scene, outbox):
    placement = placed(scene, seats=1)
    OutgoingMail.objects.all().delete()
    break_offs.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher), read=None)
    placement.refresh_from_db()
    assert (placement.state, placement.ends_on) == (PlacementState.BROKEN_OFF, today())
    assert not LearnerAccess.objects.running().exists()
    assert Agreement.objects.get().state == AgreementState.LAPSED
    assert outbox() == [
        ("employer_placement_broken_off", scene.contact.email),
        ("student_placement_broken_off", placement.student.person.user.email),
        ("teacher_placement_broken_off", scene.teacher.email),
    ]
    following = yes(scene.agreed(placement.slot))
    assert (following.seat_no, following.starts_on) == (1, in_days(1))


def test_break_off_needs_a_reason_and_happens_once(scene):
    placement = placed(scene)
    with pytest.raises(ValidationError):
        break_offs.break_off(placement_id=placement.pk, reason="", by=actor(scene.teacher), read=None)
    break_offs.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher), read=None)
    with pytest.raises(ValidationError):
        break_offs.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher), read=None)


def test_daily_task_starts_and_completes_on_the_day(scene):
    starting = scene.placement(starts_on=today())
    coming = scene.placement(scene.slot(starts_on=in_days(1)))
    last_day = scene.placement(starts_on=in_days(-9), ends_on=today(), state=PlacementState.RUNNING)
    over = scene.placement(starts_on=in_days(-9), ends_on=in_days(-1), state=PlacementState.RUNNING)
    agreement = AgreementFactory(placement=over)
    assert tasks.move_placements() == 2
    assert tasks.move_placements() == 0
    assert dict(Placement.objects.values_list("pk", "state")) == {
        starting.pk: PlacementState.RUNNING,
        coming.pk: PlacementState.CONFIRMED,
        last_day.pk: PlacementState.RUNNING,
        over.pk: PlacementState.COMPLETED,
    }
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.LAPSED


def test_daily_task_runs_a_placement_that_was_missed_through_to_its_end(scene):
    placement = scene.placement(starts_on=in_days(-9), ends_on=in_days(-1))
    tasks.move_placements()
    placement.refresh_from_db()
    assert placement.state == PlacementState.COMPLETED


def test_daily_task_expires_matches(scene):
    match = scene.match(scene.slot(starts_on=in_days(-20), ends_on=in_days(-1)))
    assert tasks.expire_matches() == 1
    match.refresh_from_db()
    assert match.state == "expired"
