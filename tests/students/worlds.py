"""A student with school and employer, ready to agree a plan."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from partnerships.actors import Actor, actor_of
from partnerships.models import Organisation
from programmes.models import WorkProcess
from students.enums import Party
from students.models import Enrolment, Goal, LearningPlan
from students.services import goals, plans
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import access
from tests.factories.programmes import (
    CohortTeacherFactory,
    CoreTaskFactory,
    QualificationFactory,
    WorkProcessFactory,
)
from tests.factories.students import (
    EnrolmentFactory,
    EvidenceFactory,
    GoalFactory,
    LearningPlanFactory,
)
from tests.helpers import member


@dataclass
class World:
    """`student`, `teacher`, `trainer` are users; `actors` the same by party."""

    enrolment: Enrolment
    plan: LearningPlan
    school: Organisation
    employer: Organisation
    student: User
    teacher: User
    trainer: User
    actors: dict[Party, Actor] = field(default_factory=dict)

    def answer(self, goal: Goal, *parties: Party, answer: str = "yes", remark: str = "") -> None:
        for party in parties:
            goal.refresh_from_db()
            plans.answer(
                goal_version_id=goal.latest_id,
                answer=answer,
                remark=remark,
                by=self.actors[party],
            )
        goal.refresh_from_db()
        self.plan.refresh_from_db()

    def hand_in(self, goal: Goal) -> None:
        """The student hands it in, with a piece of evidence for the teachers."""
        EvidenceFactory(goal=goal, for_teachers=True)
        goals.hand_in(goal_id=goal.pk, by=self.actors[Party.STUDENT], read=None)
        goal.refresh_from_db()

    def assess(self, goal: Goal, result: str = "passed", feedback: str = "") -> None:
        """The school decides on the hand-in that stands."""
        hand_in = goal.hand_ins.standing().get()
        by = self.actors[Party.SCHOOL]
        goals.assess(goal_id=goal.pk, hand_in_id=hand_in.pk, result=result, feedback=feedback, by=by)
        goal.refresh_from_db()

    def asked_goal(self, **fields) -> Goal:
        """A goal whose text the school put to consent: its own yes is in."""
        goal = GoalFactory(plan=self.plan, **fields)
        plans.ask_consent(plan_id=self.plan.pk, by=self.actors[Party.SCHOOL])
        goal.refresh_from_db()
        return goal


def world(*, with_employer: bool = True) -> World:
    enrolment = EnrolmentFactory()
    teacher = CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user
    employer = OrganisationFactory()
    trainer = member(employer, Role.PRACTICE_TRAINER)
    if with_employer:
        access(enrolment=enrolment, organisation=employer)
    made = World(
        enrolment=enrolment,
        plan=LearningPlanFactory(enrolment=enrolment),
        school=enrolment.cohort.programme.school,
        employer=employer,
        student=enrolment.student.person.user,
        teacher=teacher,
        trainer=trainer,
    )
    made.actors = {
        Party.STUDENT: actor_of(made.student),
        Party.SCHOOL: actor_of(teacher),
        Party.EMPLOYER: actor_of(trainer),
    }
    return made


def supervisor(made: World, *, may_consent: bool = False) -> User:
    """A work supervisor of the world's student."""
    user = member(made.employer, Role.SUPERVISOR, may_consent=may_consent)
    membership = user.person.memberships.get()
    access(enrolment=made.enrolment, organisation=made.employer, membership=membership)
    return user


__all__ = ["MembershipFactory", "World", "supervisor", "world"]


def due(days: int = 30) -> str:
    """A day in the future, as a form sends it."""
    return (today() + timedelta(days=days)).isoformat()


def url(name: str, item: Any) -> str:
    return reverse(f"students:{name}", args=[item.public_id])


def page_name(name: str) -> str:
    """A page about students by its name: the two that join several apps are of the portal."""
    return name if name in {"cohort-detail", "enrolment-detail"} else f"students:{name}"


def processes(made: World, count: int = 2) -> list[WorkProcess]:
    """Work processes of a qualification that the student's programme teaches."""
    qualification = QualificationFactory()
    made.enrolment.cohort.programme.qualifications.add(qualification)
    task = CoreTaskFactory(qualification=qualification)
    return [
        WorkProcessFactory(core_task=task, number=number, title=f"Werk {number} doen")
        for number in range(1, count + 1)
    ]
