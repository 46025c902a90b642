"""In whose space a page stands that several roles share."""

import pytest

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.enums import OrganisationKind
from partnerships.presenters.spaces import space_of, space_of_organisation
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
CARE, SCHOOL, NETWORK = (
    OrganisationKind.CARE_PROVIDER,
    OrganisationKind.SCHOOL,
    OrganisationKind.KNOWLEDGE_NETWORK,
)


@pytest.mark.parametrize(
    ("roles", "space"),
    [
        ([], "student"),
        ([(SCHOOL, Role.TEACHER)], "teacher"),
        ([(CARE, Role.CONTACT)], "employer"),
        ([(CARE, Role.PRACTICE_TRAINER)], "employer"),
        ([(CARE, Role.SUPERVISOR)], "supervisor"),
        ([(CARE, Role.MANAGER)], "employer"),
        ([(SCHOOL, Role.MANAGER)], "teacher"),
        ([(SCHOOL, Role.MANAGER), (CARE, Role.MANAGER)], "employer"),
        ([(CARE, Role.SUPERVISOR), (CARE, Role.MANAGER)], "employer"),
        ([(CARE, Role.CONTACT), (SCHOOL, Role.TEACHER)], "teacher"),
        ([(SCHOOL, Role.TEACHER), (NETWORK, Role.COORDINATOR)], "coordinator"),
    ],
)
def test_space_of_a_page_that_roles_share(roles, space):
    user = UserFactory()
    for kind, role in roles:
        MembershipFactory(person=user.person, organisation=OrganisationFactory(kind=kind), role=role)
    assert space_of(actor_of(user)) == space


def test_administrator_is_of_no_party():
    assert space_of(actor_of(UserFactory(is_staff=True))) == "coordinator"


@pytest.mark.parametrize(
    ("kind", "space"),
    [
        (CARE, "employer"),
        (OrganisationKind.WELFARE, "employer"),
        (SCHOOL, "teacher"),
        (NETWORK, "coordinator"),
        (OrganisationKind.MUNICIPALITY, "coordinator"),
    ],
)
def test_space_of_an_organisations_pages(kind, space):
    assert space_of_organisation(OrganisationFactory(kind=kind))["space"] == space
