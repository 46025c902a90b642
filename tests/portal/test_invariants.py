"""What no constraint can hold is looked at each night: a row that was written past the services is found."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from partnerships.enums import MemberRole
from partnerships.models import Group, Mandate, Member, Membership
from placements.models import Slot
from portal.invariants import INVARIANTS, breaches
from portal.tasks import check_invariants
from programmes.models import Cohort, CohortTeacher
from students.models import Enrolment
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import GroupSeatFactory, MemberFactory, MembershipFactory
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory

pytestmark = pytest.mark.django_db


def seat_that_is_not_there():
    placement = PlacementFactory(slot=SlotFactory(seats=2), seat_no=2)
    yield placement
    Slot.objects.filter(pk=placement.slot_id).update(seats=1)


def overfull_cohort():
    cohort = EnrolmentFactory().cohort
    CohortTeacherFactory(cohort=cohort)
    EnrolmentFactory(cohort=cohort)
    yield cohort
    Cohort.objects.filter(pk=cohort.pk).update(capacity=1)


def overfull_group():
    group = GroupSeatFactory(group__max_size=3).group
    GroupSeatFactory.create_batch(2, group=group)
    GroupSeatFactory(group=group, is_observer=True)
    yield group
    Group.objects.filter(pk=group.pk).update(max_size=2)


def organisation_without_manager():
    manager = MembershipFactory(role=Role.MANAGER)
    MembershipFactory(organisation=manager.organisation, role=Role.CONTACT)
    yield manager.organisation
    Membership.objects.filter(pk=manager.pk).update(ends_on=today(), ended_at=timezone.now())


def partnership_without_coordinator():
    lead = MemberFactory(role=MemberRole.LEAD)
    yield lead.partnership
    Member.objects.filter(pk=lead.pk).update(ends_on=today(), ended_at=timezone.now())


def cohort_without_teacher():
    cohort = EnrolmentFactory().cohort
    teacher = CohortTeacherFactory(cohort=cohort, starts_on=today() - timedelta(days=2))
    yield cohort
    CohortTeacher.objects.filter(pk=teacher.pk).update(ends_on=today() - timedelta(days=1))


def overfull_delegation():
    seat = GroupSeatFactory(group__delegates_per_organisation=2)
    GroupSeatFactory(group=seat.group, organisation=seat.organisation)
    GroupSeatFactory(group=seat.group)
    yield seat
    Group.objects.filter(pk=seat.group_id).update(delegates_per_organisation=1)


def placement_outside_enrolment():
    placement = PlacementFactory()
    yield placement
    Enrolment.objects.filter(pk=placement.enrolment_id).update(ends_on=placement.ends_on - timedelta(days=1))


def signed_case():
    case = agreement_case()
    case.ask()
    case.sign_all()
    return case


def text_outside_enrolment():
    case = signed_case()
    yield case.agreed
    enrolment = Enrolment.objects.filter(pk=case.placement.enrolment_id)
    enrolment.update(ends_on=case.placement.ends_on - timedelta(days=1))


def employer_without_signer():
    case = signed_case()
    yield case.employer
    Mandate.objects.filter(membership__organisation=case.employer).update(
        ends_on=today(), ended_at=timezone.now()
    )


def cohort_without_signer():
    case = signed_case()
    yield case.placement.enrolment.cohort
    Mandate.objects.filter(membership__person=case.teacher.person).update(
        ends_on=today(), ended_at=timezone.now()
    )


PLANTED = {
    "seats_that_are_not_there": seat_that_is_not_there,
    "overfull_cohorts": overfull_cohort,
    "overfull_groups": overfull_group,
    "organisations_that_lost_their_managers": organisation_without_manager,
    "partnerships_that_nobody_coordinates": partnership_without_coordinator,
    "cohorts_without_teacher": cohort_without_teacher,
    "overfull_delegations": overfull_delegation,
    "placements_outside_their_enrolment": placement_outside_enrolment,
    "texts_outside_their_enrolment": text_outside_enrolment,
    "employers_that_lost_their_signers": employer_without_signer,
    "cohorts_that_lost_their_signers": cohort_without_signer,
}


@pytest.mark.parametrize("name", PLANTED)
def test_row_that_breaks_it_is_found_and_no_other(name, caplog):
    fault = PLANTED[name]()
    row = next(fault)
    assert row.pk not in breaches().get(name, [])
    next(fault, None)
    assert row.pk in breaches()[name]
    with caplog.at_level(logging.ERROR, logger="portal.tasks"):
        assert check_invariants() >= 1
    assert any(record.getMessage().startswith(f"{name}: ") for record in caplog.records)


def test_every_invariant_was_broken_once():
    assert {rows.__name__ for rows in INVARIANTS} == PLANTED.keys()
