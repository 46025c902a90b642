"""A small region in which a place can be offered, matched and taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from partnerships.actors import Actor, actor_of
from partnerships.enums import MemberRole
from partnerships.models import Location, Organisation, Partnership
from placements.enums import MatchState
from placements.models import Match, Placement, Slot
from programmes.models import Cohort, CohortTeacher, Programme, Qualification
from students.models import Enrolment
from tests.factories.partnerships import (
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.placements import MatchFactory, PlacementFactory, SlotFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory, QualificationFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import member
from tests.roles import Around, people


@dataclass
class Scene:
    """One partnership with an employer, a school, a coordinating body, and a person for each role."""

    partnership: Partnership = field(default_factory=PartnershipFactory)

    def __post_init__(self) -> None:
        self.employer: Organisation = OrganisationFactory()
        self.school: Organisation = OrganisationFactory(school=True)
        self.body: Organisation = OrganisationFactory(kind="employers")
        MemberFactory(partnership=self.partnership, organisation=self.employer)
        MemberFactory(partnership=self.partnership, organisation=self.school)
        MemberFactory(partnership=self.partnership, organisation=self.body, role=MemberRole.COORDINATING_BODY)
        self.location: Location = LocationFactory(organisation=self.employer)
        self.qualification: Qualification = QualificationFactory()
        self.programme: Programme = ProgrammeFactory(
            school=self.school, partnership=self.partnership, qualifications=[self.qualification]
        )
        self.cohort: Cohort = CohortFactory(programme=self.programme)
        self.contact: User = member(self.employer, Role.CONTACT)
        self.supervisor: User = member(self.employer, Role.SUPERVISOR)
        self.coordinator: User = member(self.body, Role.COORDINATOR)
        self.teacher: User = member(self.school, Role.TEACHER)
        CohortTeacher.objects.create(cohort=self.cohort, membership=self.teacher.person.memberships.get())

    def slot(self, **fields: Any) -> Slot:
        defaults = {
            **(
                {} if "organisation" in fields else {"organisation": self.employer, "location": self.location}
            ),
            "partnership": self.partnership,
            "qualifications": [self.qualification],
        }
        return SlotFactory(**{**defaults, **fields})

    def enrolment(self, **fields: Any) -> Enrolment:
        return EnrolmentFactory(**{"cohort": self.cohort, **fields})

    def match(self, slot: Slot | None = None, enrolment: Enrolment | None = None, **fields: Any) -> Match:
        if fields.get("state") in {MatchState.EMPLOYER_AGREED, MatchState.ACCEPTED}:
            fields.setdefault("employer_agreed_at", timezone.now())
        fields.setdefault("proposed_by", self.teacher.person)
        return MatchFactory(slot=slot or self.slot(), enrolment=enrolment or self.enrolment(), **fields)

    def agreed(self, slot: Slot | None = None, enrolment: Enrolment | None = None) -> Match:
        """A match to which the employer said yes: the student's turn."""
        return self.match(slot, enrolment, state=MatchState.EMPLOYER_AGREED)

    def placement(
        self, slot: Slot | None = None, enrolment: Enrolment | None = None, **fields: Any
    ) -> Placement:
        return PlacementFactory(slot=slot or self.slot(), enrolment=enrolment or self.enrolment(), **fields)

    def people(self, columns: Iterable[str], enrolment: Enrolment) -> dict[str, User | None]:
        """The people of an access matrix around this enrolment; those of the scene are its own."""
        return people(
            columns,
            Around(employer=self.employer, partnership=self.partnership, enrolment=enrolment),
            contact=self.contact,
            supervisor=self.supervisor,
            coordinator=self.coordinator,
            teacher=self.teacher,
        )


def actor(user: User) -> Actor:
    return actor_of(User.objects.get(pk=user.pk))


def in_days(count: int):
    return today() + timedelta(days=count)


def colleague(user: User, role: Role) -> User:
    """Gives the person one more role in the same organisation."""
    MembershipFactory(person=user.person, organisation=user.person.memberships.get().organisation, role=role)
    return user
