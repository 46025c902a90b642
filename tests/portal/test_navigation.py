"""The menu: every space of a person, the way between them, and where one is."""

import pytest
from django.urls import reverse

from partnerships.actors import actor_of
from partnerships.enums import MemberRole, OrganisationKind, Role
from portal.navigation import ENTRIES, spaces_of
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, MembershipFactory, OrganisationFactory, SeatFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def roles_of(user) -> list[str]:
    return [space.role for space in spaces_of(actor_of(user))]


@pytest.mark.parametrize(
    ("kind", "role", "spaces"),
    [
        (OrganisationKind.CARE_PROVIDER, Role.CONTACT, ["employer"]),
        (OrganisationKind.WELFARE, Role.PRACTICE_TRAINER, ["employer"]),
        (OrganisationKind.CARE_PROVIDER, Role.MANAGER, ["employer"]),
        (OrganisationKind.CARE_PROVIDER, Role.SUPERVISOR, ["supervisor"]),
        (OrganisationKind.SCHOOL, Role.TEACHER, ["teacher"]),
        (OrganisationKind.SCHOOL, Role.MANAGER, ["teacher"]),
        (OrganisationKind.MUNICIPALITY, Role.MANAGER, ["organisation"]),
        (OrganisationKind.MUNICIPALITY, Role.COORDINATOR, []),
    ],
)
def test_a_role_opens_its_space(kind, role, spaces):
    assert roles_of(member(OrganisationFactory(kind=kind), role)) == spaces


def test_every_entry_of_every_space_exists(client):
    """A person with every role walks the menu of each space."""
    user = UserFactory(is_staff=True)
    provider, school = OrganisationFactory(), OrganisationFactory(school=True)
    body = OrganisationFactory(kind=OrganisationKind.KNOWLEDGE_NETWORK)
    for organisation, role in (
        (provider, Role.CONTACT),
        (provider, Role.SUPERVISOR),
        (school, Role.TEACHER),
        (body, Role.COORDINATOR),
        (body, Role.MANAGER),
    ):
        MembershipFactory(user=user, organisation=organisation, role=role)
    MemberFactory(organisation=body, role=MemberRole.LEAD)
    SeatFactory(user=user, organisation=body)
    EnrolmentFactory(student__user=user)
    login(client, user)
    spaces = spaces_of(actor_of(user))
    assert {space.role for space in spaces} == set(ENTRIES)
    for space in spaces:
        page = client.get(space.url)
        assert page.status_code == 200
        menu = page.context["menu"]
        assert [link.label for link in menu.roles if link.current] == [space.label]
        assert sum(link.current for link in menu.nav) == 1
        for link in menu.nav:
            assert client.get(link.url).status_code == 200, link.url


def test_start_leads_to_the_first_space(client):
    organisation = OrganisationFactory(school=True)
    login(client, member(organisation, Role.TEACHER))
    space = spaces_of(actor_of(organisation.memberships.get().user))[0]
    assert client.get(reverse("start")).url == space.url


def test_one_role_shows_no_switch_and_no_tabs(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.CONTACT))
    menu = client.get(reverse("partnerships:people-list", args=[organisation.slug])).context["menu"]
    assert menu.roles == ()
    assert not menu.tabs
    assert [link.label for link in menu.nav if link.current] == ["Organisatie"]


def test_page_of_another_organisation_wears_its_own_menu(client):
    """With two employers the menu follows the organisation in the path."""
    first, second = OrganisationFactory(name="A"), OrganisationFactory(name="B")
    user = member(first, Role.CONTACT)
    MembershipFactory(user=user, organisation=second, role=Role.CONTACT)
    login(client, user)
    menu = client.get(reverse("partnerships:people-list", args=[second.slug])).context["menu"]
    assert [link.label for link in menu.roles if link.current] == ["B"]
    assert all(f"/{second.slug}/" in link.url for link in menu.nav[:-1])
