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
from placements.services import matches
from students.models import Enrolment
from students.services import plans
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


@dataclass(frozen=True)
class Begun:
    """What has happened when a sequence begins."""

    work: int
    starts: dt.date
    ends: dt.date
    plan: int
    goals: list[tuple[int, int]]  # with its text


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
    colleague: Actor  # teaches the other cohort of the programme only
    other_cohort: int
    begun: Begun | None = None


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
    other = CohortFactory(programme=programme)
    made = Region(
        enrolment=enrolment,
        employers=employers,
        slots=slots,
        trainers=trainers,
        student=actor_of(enrolment.student.person.user),
        teacher=actor_of(teacher),
        coordinator=actor_of(member(body, Role.COORDINATOR)),
        colleague=actor_of(CohortTeacherFactory(cohort=other).membership.person.user),
        other_cohort=other.pk,
    )
    made.begun = _begin(made)
    return made


def _begin(made: Region) -> Begun:
    """Work, and a plan with two goals: on one all have agreed, the other was asked of nobody yet."""
    match = matches.propose(
        slot_id=made.slots[0].pk,
        enrolment_id=made.enrolment.pk,
        reason="Dichtbij.",
        by=made.teacher,
        read=None,
    )
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=made.trainers[0], read=None)
    placement = matches.student_answer(match_id=match.pk, yes=True, reason="", by=made.student, read=None)
    assert placement is not None
    plan = plans.create(enrolment_id=made.enrolment.pk, by=made.teacher)
    agreed = plans.add_goal(
        plan_id=plan.pk, by=made.teacher, text="Ik leer nul", due_on=made.enrolment.ends_on
    )
    plans.ask_consent(plan_id=plan.pk, by=made.teacher, shown=[agreed.latest_id])
    for by in (made.student, made.trainers[0]):
        plans.answer(goal_version_id=agreed.latest_id, answer="yes", remark="", by=by)
    new = plans.add_goal(plan_id=plan.pk, by=made.student, text="Ik leer één", due_on=made.enrolment.ends_on)
    goals = [(agreed.pk, agreed.latest_id), (new.pk, new.latest_id)]
    return Begun(placement.pk, placement.starts_on, placement.ends_on, plan.pk, goals)
