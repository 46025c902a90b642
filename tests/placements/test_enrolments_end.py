"""What happens to places when an enrolment ends, or when two students turn out to be one person."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.services import people
from agreements.models import Agreement
from core.dates import today
from core.models import OutgoingMail, StateChange
from placements.enums import MatchState, PlacementState
from placements.models import Match, Placement
from placements.services.placements import place
from students.enums import EnrolmentState
from students.models import Enrolment, LearnerAccess, LearningPlan
from students.services import enrolments, leavings
from students.services.returns import reinstate
from tests.factories.placements import MatchFactory, PlacementFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import LearningPlanFactory, StudentFactory
from tests.helpers import actor_of, login
from tests.placements.scene import actor, in_days

pytestmark = pytest.mark.django_db


def teacher_of(enrolment):
    return actor_of(CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user)


def test_dropping_out_breaks_off_the_placement_without_saying_why():
    placement = PlacementFactory()
    by = teacher_of(placement.enrolment)
    leavings.drop_out(
        last_day=today(), enrolment_id=placement.enrolment_id, reason="Ziek thuis", by=by, read=None
    )
    placement.refresh_from_db()
    assert placement.state == PlacementState.BROKEN_OFF
    assert "Ziek" not in StateChange.objects.get(model="placements.placement").reason
    assert not OutgoingMail.objects.filter(body__contains="Ziek").exists()


def test_completing_leaves_the_placement_to_its_last_day():
    placement = PlacementFactory()
    leavings.complete(enrolment_id=placement.enrolment_id, by=teacher_of(placement.enrolment), read=None)
    placement.refresh_from_db()
    assert placement.state == PlacementState.CONFIRMED


def test_leaving_expires_an_open_match():
    match = MatchFactory()
    leavings.drop_out(
        last_day=today(),
        enrolment_id=match.enrolment_id,
        reason="Verhuisd",
        by=teacher_of(match.enrolment),
        read=None,
    )
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED


def test_merged_student_keeps_the_placement():
    placement = PlacementFactory(enrolment__student__person__user=None)
    kept = StudentFactory()
    people.merge(kept=kept.person, dropped=placement.student.person, by=None)
    placement.refresh_from_db()
    assert placement.student == kept


def test_two_placements_in_the_same_days_are_of_two_people():
    placement = PlacementFactory(enrolment__student__person__user=None)
    other = PlacementFactory(starts_on=placement.starts_on, ends_on=placement.ends_on)
    with pytest.raises(ValidationError, match="dezelfde dagen"):
        people.merge(kept=other.student.person, dropped=placement.student.person, by=None)


def test_placement_is_of_the_student_of_its_enrolment_whoever_writes_it():
    placement, other = PlacementFactory(), StudentFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(IntegrityError, match="placement_of_student_of_enrolment"),
        transaction.atomic(),
    ):
        Placement.objects.filter(pk=placement.pk).update(student=other)


@pytest.fixture
def placed(scene):
    """A running placement with its access and an open proposal elsewhere, and the teacher who takes the student out."""
    match = scene.agreed()
    place(match_id=match.pk, by=actor(match.enrolment.student.person.user))
    later = scene.slot(starts_on=in_days(400), ends_on=in_days(500))
    scene.match(slot=later, enrolment=match.enrolment)
    return Placement.objects.get()


def leave(scene, placement):
    leavings.drop_out(
        enrolment_id=placement.enrolment_id,
        last_day=today(),
        reason="Verhuisd",
        by=actor(scene.teacher),
        read=None,
    )


def come_back(scene, placement):
    return [
        str(line)
        for line in reinstate(enrolment_id=placement.enrolment_id, by=actor(scene.teacher), read=None)
    ]


def test_everything_that_ended_names_the_drop_out_and_comes_back_with_it(scene, placed):
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    leave(scene, placed)
    act = StateChange.objects.get(action="drop_out")
    broken = StateChange.objects.get(action="break_off")
    assert broken.cause == act
    assert StateChange.objects.get(action="expire").cause == act
    assert {row.cause for row in StateChange.objects.filter(action="lapse")} == {broken}
    assert not LearnerAccess.objects.running().exists()
    told = set(OutgoingMail.objects.exclude(state="sent").values_list("to_email", flat=True))
    assert {placed.student.address, scene.contact.email} <= told
    OutgoingMail.objects.exclude(state="sent").update(state="sent", sent_at=timezone.now())
    assert come_back(scene, placed) == []
    placed.refresh_from_db()
    assert placed.state == PlacementState.CONFIRMED
    assert Agreement.objects.get(placement=placed).state == "draft"
    assert Match.objects.open().get().enrolment == placed.enrolment
    assert LearnerAccess.objects.running().get().organisation == scene.employer
    undone = OutgoingMail.objects.filter(kind="reader_act_taken_back")
    assert {placed.student.address, scene.contact.email} <= set(undone.values_list("to_email", flat=True))


def test_placement_comes_back_on_another_free_seat(scene, placed):
    leave(scene, placed)
    scene.placement(placed.slot, seat_no=placed.seat_no, starts_on=in_days(1))
    assert come_back(scene, placed) == []
    placed.refresh_from_db()
    assert (placed.state, placed.seat_no) == (PlacementState.CONFIRMED, 2)


def test_seat_that_was_given_away_is_listed(scene, placed):
    leave(scene, placed)
    others = [
        scene.placement(placed.slot, seat_no=number, starts_on=in_days(1))
        for number in range(1, placed.slot.seats + 1)
    ]
    (line,) = come_back(scene, placed)
    assert scene.employer.name in line
    assert "plekken" in line
    placed.refresh_from_db()
    placed.enrolment.refresh_from_db()
    assert (placed.state, placed.enrolment.state) == (PlacementState.BROKEN_OFF, "enrolled")
    assert Agreement.objects.get(placement=placed).state == "lapsed"
    assert {row.enrolment for row in LearnerAccess.objects.running()} == {row.enrolment for row in others}


def test_proposal_to_a_closed_slot_is_listed(scene):
    match = scene.match()
    leavings.drop_out(
        enrolment_id=match.enrolment_id,
        last_day=today(),
        reason="Verhuisd",
        by=actor(scene.teacher),
        read=None,
    )
    type(match.slot).objects.update(state="closed")
    (line,) = map(str, reinstate(enrolment_id=match.enrolment_id, by=actor(scene.teacher), read=None))
    assert scene.employer.name in line
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED


def test_page_names_place_proposal_and_agreement_beforehand(client, scene, placed):
    group = scene.cohort
    address = reverse(
        "students:enrolment-drop-out", args=[scene.school.slug, group.public_id, placed.enrolment.public_id]
    )
    shown = " ".join(login(client, scene.teacher).get(address).content.decode().split())
    for sentence in (
        f"De plaatsing bij {scene.employer.name} eindigt",
        f"Het voorstel aan {scene.employer.name} wordt ingetrokken",
        f"De praktijkovereenkomst met {scene.employer.name} vervalt",
    ):
        assert sentence in shown


def test_two_enrolments_of_one_person_in_one_group_leave_one_with_its_place(scene):
    """Where both hold something one ends with all that hangs on it, and it is not the one with the student at work."""
    kept, dropped = StudentFactory(), StudentFactory(person__user=None)
    empty = scene.enrolment(student=kept)
    LearningPlanFactory(enrolment=empty)
    placement = scene.placement(enrolment=scene.enrolment(student=dropped))
    people.merge(kept=kept.person, dropped=dropped.person, by=kept.person_id)
    empty.refresh_from_db()
    assert empty.state == EnrolmentState.DROPPED_OUT
    assert not LearningPlan.objects.open().filter(enrolment=empty).exists()
    placement.refresh_from_db()
    assert (placement.student_id, placement.enrolment.state) == (kept.pk, EnrolmentState.ENROLLED)


def test_second_place_of_one_person_ends_with_its_enrolment(scene):
    kept, dropped = StudentFactory(), StudentFactory(person__user=None)
    later = scene.placement(
        enrolment=scene.enrolment(student=kept), starts_on=in_days(60), ends_on=in_days(90)
    )
    now = scene.placement(
        enrolment=scene.enrolment(student=dropped), starts_on=in_days(-20), ends_on=in_days(30)
    )
    people.merge(kept=kept.person, dropped=dropped.person, by=kept.person_id)
    gone = Enrolment.objects.get(state=EnrolmentState.DROPPED_OUT, cohort=scene.cohort)
    assert gone.pk in {later.enrolment_id, now.enrolment_id}
    assert not Placement.objects.live().filter(enrolment=gone).exists()
    assert not LearnerAccess.objects.open().filter(enrolment=gone).exists()


def test_days_of_an_enrolment_do_not_leave_out_days_of_a_placement():
    placement = PlacementFactory()
    enrolment, by = placement.enrolment, teacher_of(placement.enrolment)
    change = partial(enrolments.change, enrolment_id=enrolment.pk, by=by, version=None)
    day = timedelta(days=1)
    for wrong in ({"ends_on": placement.ends_on - day}, {"starts_on": placement.starts_on + day}):
        with pytest.raises(ValidationError, match="buiten deze periode"):
            change(**wrong)
    assert change(ends_on=placement.ends_on, wishes="Niet in het weekend").ends_on == placement.ends_on
    assert change(ends_on=placement.ends_on + day).ends_on == placement.ends_on + day


def test_what_was_outside_an_enrolment_before_keeps_nobody_from_mending_it():
    placement = PlacementFactory()
    enrolment, by = placement.enrolment, teacher_of(placement.enrolment)
    Enrolment.objects.filter(pk=enrolment.pk).update(ends_on=placement.ends_on - timedelta(days=30))
    later = placement.ends_on - timedelta(days=10)
    assert enrolments.change(enrolment_id=enrolment.pk, by=by, ends_on=later, version=None).ends_on == later
