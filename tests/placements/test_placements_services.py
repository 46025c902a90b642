"""Verbs on placements, supervisors and accreditations."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition
from partnerships.signals import membership_ended, membership_started
from placements import tasks
from placements.enums import PlacementState
from placements.models import Placement, Supervisor
from placements.services import placements
from programmes.enums import AccreditationStatus
from programmes.models import Accreditation
from programmes.services import accreditations
from students.models import LearnerAccess
from tests.factories.agreements import AgreementFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import SupervisorFactory
from tests.factories.programmes import AccreditationFactory
from tests.placements.scene import actor, in_days


def placed(scene, **fields):
    """A placement as the last yes makes it."""
    return yes(scene.agreed(scene.slot(**fields)))


def yes(match):
    return placements.place(match_id=match.pk, by=actor(match.enrolment.student.user))


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
        ("student_placement_broken_off", placement.student.user.email),
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
        membership=scene.supervisor.memberships.get(),
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
        organisation=scene.employer, role=Role.SUPERVISOR, user__email="ans@zorg.example"
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
    assert Supervisor.objects.get().name == membership.user.get_full_name()


def test_other_roles_are_no_supervisors(scene):
    membership = MembershipFactory(organisation=scene.employer, role=Role.CONTACT)
    membership_started.send(sender=type(membership), membership=membership)
    assert not Supervisor.objects.exists()


# Accreditations


def check(scene, **changes):
    return accreditations.record(
        **{
            "organisation": scene.employer,
            "crebo": scene.qualification.crebo,
            "learning_company_id": "voorbeeld-1",
            "status": AccreditationStatus.VERIFIED,
            "valid_from": today() - timedelta(days=100),
            "valid_until": None,
            "withdrawn_on": None,
            "checked_on": today(),
            "source": "register",
            "by": actor(scene.teacher),
            **changes,
        }
    )


def test_record_keeps_one_row_per_crebo_and_its_history(scene):
    check(scene, status=AccreditationStatus.UNKNOWN)
    check(scene)
    row = Accreditation.objects.get()
    assert (row.status, row.checked_by) == (AccreditationStatus.VERIFIED, scene.teacher)
    assert list(StateChange.objects.order_by("pk").values_list("from_state", "to_state")) == [
        ("", "unknown"),
        ("unknown", "verified"),
    ]


def test_withdrawal_tells_schools_with_students_there_once(scene, outbox):
    placement, away = scene.placement(), scene.placement(state=PlacementState.COMPLETED)
    check(scene)
    assert list(Placement.objects.without_accreditation()) == []
    for _ in range(2):
        check(scene, status=AccreditationStatus.WITHDRAWN, withdrawn_on=today())
    assert outbox() == [
        ("employer_accreditation_withdrawn", scene.contact.email),
        ("teacher_accreditation_withdrawn", scene.teacher.email),
    ]
    body = OutgoingMail.objects.get(kind="teacher_accreditation_withdrawn").body
    assert placement.student.full_name in body
    assert away.student.full_name not in body
    assert list(Placement.objects.without_accreditation()) == [placement]


def test_record_with_dates_that_do_not_fit_is_refused(scene):
    with pytest.raises(ValidationError):
        check(scene, valid_until=today() - timedelta(days=200))
    assert not Accreditation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"status": AccreditationStatus.UNKNOWN}, False),
        ({"status": AccreditationStatus.WITHDRAWN, "withdrawn_on": today()}, False),
        ({"valid_from": in_days(1)}, False),
        ({"valid_until": in_days(-1)}, False),
        ({"valid_until": in_days(0)}, True),
    ],
)
def test_verified_on(db, fields, holds):
    AccreditationFactory(**fields)
    assert Accreditation.objects.verified_on(today()).exists() is holds


def test_accreditations_are_seen_by_the_employer_and_partners(scene):
    AccreditationFactory(organisation=scene.employer)
    AccreditationFactory(organisation=OrganisationFactory())
    student = scene.enrolment().student.user
    counts = {
        name: Accreditation.objects.visible_to(actor(user)).count()
        for name, user in {
            "contact": scene.contact,
            "teacher": scene.teacher,
            "coordinator": scene.coordinator,
            "supervisor": scene.supervisor,
            "student": student,
        }.items()
    }
    assert counts == {"contact": 1, "teacher": 1, "coordinator": 1, "supervisor": 0, "student": 0}
