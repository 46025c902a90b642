import pytest

from accounts.enums import Role
from partnerships.enums import MemberRole
from tests.factories.partnerships import (
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import member


class Table:
    """A working group of a partnership: who coordinates, chairs, sits, and works at a member without sitting."""

    def __init__(self) -> None:
        self.partnership = PartnershipFactory(name="Zorgpact Polder")
        body = OrganisationFactory(kind="knowledge_network")
        MemberFactory(partnership=self.partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
        self.coordinator = member(body, Role.COORDINATOR)
        self.group = GroupFactory(partnership=self.partnership, kind="working", name="Werkgroep instroom")
        self.employer = self.member("Zorggroep De Linde")
        self.school = self.member("ROC De Delta", school=True)
        self.chair = self.seat(self.employer, is_chair=True)
        self.teacher = self.seat(self.school)
        self.contact = member(self.employer, Role.CONTACT)

    def member(self, name: str, **fields):
        organisation = OrganisationFactory(**fields, name=name)
        MemberFactory(partnership=self.partnership, organisation=organisation)
        return organisation

    def seat(self, organisation, **fields):
        user = member(organisation, Role.TEACHER if organisation.is_school else Role.CONTACT)
        GroupSeatFactory(group=self.group, person=user.person, organisation=organisation, **fields)
        return user


@pytest.fixture
def table(db):
    return Table()
