"""Verbs on placements, supervisors and accreditations."""

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from core.dates import today
from core.models import OutgoingMail
from core.states import IllegalTransition
from partnerships.signals import membership_ended, membership_started
from placements import tasks
from placements.enums import PlacementState
from placements.models import Placement, Supervisor
from placements.services import placements
from students.models import LearnerAccess
from tests.factories.agreements import AgreementFactory
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import SupervisorFactory
from tests.placements.scene import actor, in_days


def placed(scene, **fields):
    """A placement as the last yes makes it."""
    return yes(scene.agreed(scene.slot(**fields)))


def yes(match):
    return placements.place(match_id=match.pk, by=actor(match.enrolment.student.person.user))


def test_break_off_frees_the_seat_and_closes_all_that_hung_on_it(scene, outbox):
    placement = placed(scene, seats=1)
    OutgoingMail.objects.all().delete()
    placements.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher))
    placement.refresh_from_db()
    assert placement.state == PlacementState.BROKEN_OFF
    assert LearnerAccess.objects.get().ends_on == today()
    assert Agreement.objects.get().state == AgreementState.LAPSED
    assert outbox() == [
        ("employer_placement_broken_off", scene.contact.email),
        ("student_placement_broken_off", placement.student.person.user.email),
        ("teacher_placement_broken_off", scene.teacher.email),
    ]
    assert yes(scene.agreed(placement.slot)).seat_no == 1


def test_break_off_needs_a_reason_and_happens_once(scene):
    placement = placed(scene)
    with pytest.raises(ValidationError):
        placements.break_off(placement_id=placement.pk, reason="", by=actor(scene.teacher))
    placements.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher))
    with pytest.raises(IllegalTransition):
        placements.break_off(placement_id=placement.pk, reason="Verhuisd", by=actor(scene.teacher))


def test_change_supervisor_moves_the_access(scene, outbox):
    placement = placed(scene)
    known = SupervisorFactory(
        organisation=scene.employer,
        membership=scene.supervisor.person.memberships.get(),
        email=scene.supervisor.email,
    )
    OutgoingMail.objects.all().delete()
    by = actor(scene.contact)
    placements.change_supervisor(placement_id=placement.pk, supervisor=known, by=by)
    placements.change_supervisor(placement_id=placement.pk, supervisor=known, by=by)
    assert LearnerAccess.objects.get(membership=known.membership).ends_on == placement.ends_on
    assert outbox() == [("supervisor_placement_assigned", scene.supervisor.email)]
    other = SupervisorFactory(organisation=scene.employer)
    placements.change_supervisor(placement_id=placement.pk, supervisor=other, by=by)
    assert LearnerAccess.objects.get(membership=known.membership).ends_on == today()
    assert LearnerAccess.objects.get(membership=None).ends_on == placement.ends_on
    assert Placement.objects.get().supervisor == other


def test_change_supervisor_refuses_strangers_and_ended_placements(scene):
    placement = placed(scene)
    with pytest.raises(ValidationError):
        placements.change_supervisor(
            placement_id=placement.pk, supervisor=SupervisorFactory(), by=actor(scene.contact)
        )
    Placement.objects.update(state=PlacementState.COMPLETED)
    with pytest.raises(ValidationError):
        placements.change_supervisor(placement_id=placement.pk, supervisor=None, by=actor(scene.contact))


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


# Supervisors


def test_membership_of_a_known_name_is_linked_and_gets_its_access(scene):
    supervisor = SupervisorFactory(organisation=scene.employer, email="ans@zorg.example", name="Ans")
    placed(scene, supervisor=supervisor)
    membership = MembershipFactory(
        organisation=scene.employer, role=Role.SUPERVISOR, person__email="ans@zorg.example"
    )
    membership_started.send(sender=type(membership), membership=membership)
    supervisor.refresh_from_db()
    assert supervisor.membership == membership
    assert LearnerAccess.objects.filter(membership=membership).count() == 1
    membership_ended.send(sender=type(membership), membership=membership)
    supervisor.refresh_from_db()
    assert supervisor.membership is None


def test_membership_of_an_unknown_supervisor_makes_a_name(scene):
    membership = MembershipFactory(organisation=scene.employer, role=Role.SUPERVISOR)
    membership_started.send(sender=type(membership), membership=membership)
    assert Supervisor.objects.get().name == membership.person.full_name


def test_other_roles_are_no_supervisors(scene):
    membership = MembershipFactory(organisation=scene.employer, role=Role.CONTACT)
    membership_started.send(sender=type(membership), membership=membership)
    assert not Supervisor.objects.exists()
