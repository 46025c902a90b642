"""Where the drill of plans begins: a student, the school, two employers with a place each, and who acts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.enums import Role
from core.dates import local_day
from drills.ground import START
from partnerships.actors import Actor, actor_of
from partnerships.enums import MemberRole
from partnerships.models import Organisation
from placements.models import Slot
from students.models import Enrolment
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.placements import SlotFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    QualificationFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import member

FIRST = local_day(START)


@dataclass
class Region:
    """A student, the school, two employers with a place each, and the people who act."""

    enrolment: Enrolment
    employers: list[Organisation]
    slots: list[Slot]
    trainers: list[Actor]
    student: Actor
    teacher: Actor
    coordinator: Actor


def region() -> Region:
    partnership = PartnershipFactory()
    body = OrganisationFactory(kind="employers")
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    qualification = QualificationFactory()
    programme = ProgrammeFactory(partnership=partnership, qualifications=[qualification])
    enrolment = EnrolmentFactory(cohort=CohortFactory(programme=programme))
    employers, slots, trainers = OrganisationFactory.create_batch(2), [], []
    for employer, days in zip(employers, (30, 200), strict=True):
        MemberFactory(partnership=partnership, organisation=employer)
        slot = SlotFactory(
            organisation=employer,
            partnership=partnership,
            ends_on=FIRST + dt.timedelta(days),
            starts_on=FIRST,
        )
        slot.qualifications.add(qualification)
        slots.append(slot)
        trainers.append(actor_of(member(employer, Role.PRACTICE_TRAINER)))
    teacher = CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user
    return Region(
        enrolment=enrolment,
        employers=employers,
        slots=slots,
        trainers=trainers,
        student=actor_of(enrolment.student.person.user),
        teacher=actor_of(teacher),
        coordinator=actor_of(member(body, Role.COORDINATOR)),
    )
