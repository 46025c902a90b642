"""The people of the access matrices: who each column is, and how that person is made.

A row of a matrix says what each person gets: `{"anonymous": 302, "contact": 200, "supervisor": 403, "*": 404}`. `*` is
everyone else of those whom the module's COLUMNS name.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from weakref import WeakKeyDictionary

from django.db import transaction
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from partnerships.enums import MemberRole
from partnerships.models import Group, Organisation, Partnership
from programmes.models import Cohort
from students.models import Enrolment
from tests.canaries import Canaries, canaries
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.placements import access
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

Row = tuple[str, str]  # method, name of the url
Matrix = Mapping[Row, Mapping[str, int]]
EVERYONE_ELSE = "*"
_CANARIES: WeakKeyDictionary[Client, Canaries] = WeakKeyDictionary()  # a client sees one world


@dataclass(frozen=True)
class Around:
    """What the people of a matrix stand around; what no column needs stays away."""

    employer: Organisation | None = None
    partnership: Partnership | None = None
    enrolment: Enrolment | None = None
    of_cohort: Cohort | None = None
    group: Group | None = None

    @property
    def cohort(self) -> Cohort:
        return self.of_cohort or self.enrolment.cohort

    @property
    def school(self) -> Organisation:
        return self.cohort.programme.school

    def partner(self, **fields: str | bool) -> Organisation:
        """One more organisation, in the partnership when there is one; fields of the organisation."""
        organisation = OrganisationFactory(**fields)
        if self.partnership:
            MemberFactory(partnership=self.partnership, organisation=organisation)
        return organisation


def stranger(_around: Around) -> User:
    user = member(OrganisationFactory(), Role.CONTACT, may_sign=True)
    MembershipFactory(
        person=user.person, organisation=user.person.memberships.get().organisation, role=Role.MANAGER
    )
    return user


def supervisor(around: Around) -> User:
    membership = MembershipFactory(organisation=around.employer, role=Role.SUPERVISOR)
    if around.enrolment:
        access(enrolment=around.enrolment, organisation=around.employer, membership=membership)
    return membership.person.user


def coordinator(around: Around) -> User:
    body = OrganisationFactory(kind="knowledge_network")
    MemberFactory(partnership=around.partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    return member(body, Role.COORDINATOR)


def seated(**fields: Any) -> Callable[[Around], User]:
    """Someone with a seat in the group, for a member of its partnership; `role` and `member` are fields of those."""
    of_role, of_member = fields.pop("role", {}), fields.pop("member", {})

    def make(around: Around) -> User:
        organisation = OrganisationFactory()
        MemberFactory(partnership=around.group.partnership, organisation=organisation, **of_member)
        role = MembershipFactory(organisation=organisation, role=Role.COLLEAGUE, **of_role)
        GroupSeatFactory(group=around.group, person=role.person, organisation=organisation, **fields)
        return role.person.user

    return make


def other_chair(around: Around) -> User:
    """Who chairs another group of the same partnership."""
    other = GroupFactory(partnership=around.group.partnership, kind="project")
    return seated(is_chair=True)(replace(around, group=other))


def left(**fields: Any) -> Callable[[Around], User]:
    """Someone with a seat in the group who chairs another steering group, since a group has one chair."""

    def make(around: Around) -> User:
        user = seated(**fields)(around)
        seat = around.group.seats.get(person=user.person)
        steering = GroupFactory(partnership=around.group.partnership)
        GroupSeatFactory(group=steering, person=user.person, organisation=seat.organisation, is_chair=True)
        return user

    return make


def affiliate(around: Around) -> User:
    """A client with a seat in the group, who works for nobody there."""
    takes_part = AffiliationFactory(partnership=around.group.partnership)
    fields = {"person": takes_part.person, "affiliation": takes_part, "perspective": "carer_or_client"}
    GroupSeatFactory(group=around.group, organisation=None, **fields)
    return takes_part.person.user


def steering_chair(around: Around) -> User:
    """Who chairs the steering group of the partnership, when the group is another one."""
    steering = GroupFactory(partnership=around.group.partnership)
    return seated(is_chair=True)(replace(around, group=steering))


OVER = {"ends_on": today() - timedelta(days=1)}
LONG_OVER = {"starts_on": today() - timedelta(days=60), "ends_on": today() - timedelta(days=40)}
PEOPLE: dict[str, Callable[[Around], User | None]] = {
    # nobody signed in
    "anonymous": lambda around: None,
    # signed in, with no role anywhere
    "outsider": lambda around: UserFactory(),
    # gave the password but not yet the second step; was signed in when the account was closed: tests/accounts makes them so
    "pending": lambda around: UserFactory(),
    "closed": lambda around: UserFactory(),
    # runs the portal, with no role in any organisation
    "administrator": lambda around: UserFactory(is_staff=True),
    # manager and contact, with the right to sign, of an organisation that has nothing to do with it
    "stranger": stranger,
    # whom it is about; a student of the same cohort
    "student": lambda around: around.enrolment.student.person.user,
    "other_student": lambda around: EnrolmentFactory(cohort=around.cohort).student.person.user,
    # the school: teacher of the cohort, teacher of no cohort, manager, contact; teacher of another school of the partnership
    "teacher": lambda around: CohortTeacherFactory(cohort=around.cohort).membership.person.user,
    "school_colleague": lambda around: member(around.school, Role.TEACHER),
    "school_manager": lambda around: member(around.school, Role.MANAGER),
    "school_contact": lambda around: member(around.school, Role.CONTACT),
    "other_school": lambda around: member(around.partner(school=True), Role.TEACHER),
    # the employer: contact, practice trainer, manager, supervisor of the student; contact of another employer
    "contact": lambda around: member(around.employer, Role.CONTACT),
    "trainer": lambda around: member(around.employer, Role.PRACTICE_TRAINER),
    "manager": lambda around: member(around.employer, Role.MANAGER),
    "supervisor": supervisor,
    "other_employer": lambda around: member(around.partner(), Role.CONTACT),
    # coordinates the partnership, from an organisation of its own
    "coordinator": coordinator,
    # the table of the group: who chairs it and its secretary, an observer, who chairs another group
    "chair": seated(is_chair=True),
    "secretary": seated(is_secretary=True),
    "observer": seated(is_observer=True),
    "affiliate": affiliate,
    "steering_chair": steering_chair,
    "other_chair": other_chair,
    # who chaired it until the seat ended; who has an office and sits in it, and left work or left with the organisation
    "stood_up": seated(is_chair=True, **LONG_OVER),
    "left_work": left(role=OVER),
    "left_with_member": left(member=OVER),
}


def people(columns: Iterable[str], around: Around, **given: User) -> dict[str, User | None]:
    """The person of each column: the one given, or made around what is given."""
    return {name: given[name] if name in given else PEOPLE[name](around) for name in columns}


def enter(client: Client, person: User | None) -> Client:
    """The client as that person; without a person nobody is signed in."""
    return login(client, person) if person else client


def expected(matrix: Matrix, column: str) -> dict[Row, int]:
    """What the person of this column gets of each row."""
    return {row: statuses.get(column, statuses.get(EVERYONE_ELSE)) for row, statuses in matrix.items()}


def status_of(client: Client, method: str, path: str) -> int:
    """The status of the answer; whatever the request wrote is taken back, so that each row finds the same world.

    Refuses an answer that tells of a student without a row in the read log that says so (tests/canaries.py).
    """
    if client not in _CANARIES:
        _CANARIES[client] = canaries()
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path)
        is_page = response.status_code == HTTPStatus.OK
        faults = _CANARIES[client].faults(response) if is_page else []
        transaction.set_rollback(True)
    client.cookies = cookies
    assert not faults, f"{method} {path} {'; '.join(faults)}"
    return response.status_code
