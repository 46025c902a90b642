"""Where the drill of places begins: two employers, a school with three students, and who acts; what is compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from accounts.enums import Role
from accounts.models import User
from agreements.models import Agreement
from agreements.queries import signers as signing
from agreements.services import signatures, versions
from core.dates import local_day
from drills.ground import START
from drills.places import rows as plain
from partnerships.actors import Actor, actor_of
from partnerships.enums import MemberRole
from partnerships.models import Organisation
from placements import tasks as placement_tasks
from placements.models import Slot, Supervisor
from placements.services import matches, supervisors
from students.models import Enrolment
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.placements import SlotFactory
from tests.factories.programmes import (
    AccreditationFactory,
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    QualificationFactory,
)
from tests.factories.students import EnrolmentFactory, StudentFactory
from tests.helpers import member

FIRST = local_day(START)
THIRD_BORN = FIRST.replace(year=FIRST.year - 18) + dt.timedelta(days=25)  # comes of age within most sequences
# Until then the first supervisor guides the first student, from then on the second.
LATER = dt.timedelta(20)


@dataclass(frozen=True)
class Begun:
    """What has happened when a sequence begins: this student said yes to this place, and all have signed or not."""

    number: int
    match: int
    placement: int
    agreement: int
    is_signed: bool


@dataclass
class Region:
    """Two employers, one school with three students, and the people who act."""

    employers: list[Organisation]
    slots: list[Slot]
    enrolments: list[Enrolment]
    cohort_id: int
    signers: list[list[User]]  # of each employer, those who speak for it; the first has a mandate to sign
    managers: list[Actor]
    supervisors: list[User]
    students: list[Actor]
    teacher: Actor
    coordinator: Actor
    begun: list[Begun] = field(default_factory=list)

    def number(self, slot: plain.Slot) -> int:
        """Which of the employers a slot is of."""
        return [row.pk for row in self.employers].index(slot.employer)

    def student(self, row: plain.Enrolment) -> Actor:
        """The student as an actor."""
        return next(actor for actor in self.students if actor.person_id == self.person_of[row.student.pk])

    @property
    def person_of(self) -> dict[int, int]:
        """Student → person."""
        return {row.student_id: row.student.person_id for row in self.enrolments}


def region() -> Region:
    partnership = PartnershipFactory()
    body = OrganisationFactory(kind="employers")
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    qualification = QualificationFactory()
    programme = ProgrammeFactory(partnership=partnership, qualifications=[qualification])
    MemberFactory(partnership=partnership, organisation=programme.school)
    cohort = CohortFactory(programme=programme)
    teacher = CohortTeacherFactory(cohort=cohort, membership__may_sign=True).membership.person.user
    employers, signers = OrganisationFactory.create_batch(2, learning_company_id="LB-1"), []
    for employer in employers:
        MemberFactory(partnership=partnership, organisation=employer)
        AccreditationFactory(organisation=employer, crebo=qualification.crebo)
        trainer = member(employer, Role.PRACTICE_TRAINER, may_sign=True)
        signers.append([trainer, member(employer, Role.CONTACT)])

    def slot(employer: Organisation, seats: int, first: int, last: int, **about: Any) -> Slot:
        days = {"starts_on": FIRST + dt.timedelta(first), "ends_on": FIRST + dt.timedelta(last)}
        made: Slot = SlotFactory(
            organisation=employer, partnership=partnership, seats=seats, max_open=2, **days, **about
        )
        made.qualifications.add(qualification)
        return made

    guides = [member(employers[number], Role.SUPERVISOR) for number in (0, 0, 1)]
    first, second = (Supervisor.objects.get(person=guide.person) for guide in guides[:2])

    people = [StudentFactory(), StudentFactory(), StudentFactory(born_on=THIRD_BORN)]
    made = Region(
        employers=employers,
        slots=[
            slot(employers[0], 1, 0, 120, supervisor=first),
            slot(employers[1], 2, -10, 200),
            slot(employers[0], 1, 30, 75, supervisor=second),
        ],
        enrolments=[EnrolmentFactory(cohort=cohort, student=student) for student in people],
        cohort_id=cohort.pk,
        signers=signers,
        managers=[actor_of(member(employer, Role.MANAGER)) for employer in employers],
        supervisors=guides,
        students=[actor_of(student.person.user) for student in people],
        teacher=actor_of(teacher),
        coordinator=actor_of(member(body, Role.COORDINATOR)),
    )
    made.begun = [_placed(made, 0, is_signed=True), _placed(made, 1, is_signed=False)]
    supervisors.hand_over(
        placement_id=made.begun[0].placement,
        to=second,
        by=actor_of(signers[0][0]),
        starts_on=FIRST + LATER,
        read=None,
    )
    placement_tasks.move_placements()
    return made


def _placed(made: Region, number: int, *, is_signed: bool) -> Begun:
    """A student at a workplace, so that not every sequence needs to come that far by itself."""
    speaks, student = actor_of(made.signers[number][0]), made.students[number]
    match = matches.propose(
        slot_id=made.slots[number].pk,
        enrolment_id=made.enrolments[number].pk,
        reason="Dichtbij.",
        by=made.teacher,
        read=None,
    )
    matches.employer_answer(match_id=match.pk, yes=True, reason="", by=speaks, read=None)
    placement = matches.student_answer(match_id=match.pk, yes=True, reason="", by=student, read=None)
    assert placement is not None
    agreement = Agreement.objects.get(placement=placement)
    if is_signed:
        text = versions.ask(agreement_id=agreement.pk, by=made.teacher, from_digest=None)
        for party, by in (("student", student), ("employer", speaks), ("school", made.teacher)):
            signatures.sign(agreement_id=agreement.pk, version_id=text.pk, signer=party, by=by)
    return Begun(number, match.pk, placement.pk, agreement.pk, is_signed)


def told_of(row: Agreement) -> tuple[Any, ...]:
    """What is compared of an agreement."""
    texts = [(text.kind, text.state, text.starts_on, text.ends_on) for text in reversed(row.texts)]
    force = row.in_force()
    number = [text.pk for text in reversed(row.texts)].index(force.pk) if force else None
    return row.state, row.ended_on, texts, number, sorted(signing.missing_now(row))


def told_of_model(row: plain.Agreement, day: dt.date) -> tuple[Any, ...]:
    """The same of the model's."""
    texts = [(text.kind, text.state, text.starts, text.ends) for text in row.texts]
    force, pending = row.in_force(day), row.pending
    missing: set[str] = set()
    if pending and pending.state == "signing":
        missing = set(row.needed(pending, day)) - set(pending.signed)
    return row.state, row.ended, texts, row.texts.index(force) if force else None, sorted(missing)
