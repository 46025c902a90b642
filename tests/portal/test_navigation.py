"""The menu: every space of a person, the way between them, and where one is."""

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring
from pytest_django.asserts import assertContains

from accounts.enums import Role
from partnerships.actors import actor_of
from partnerships.enums import MemberRole, OrganisationKind
from portal.navigation import ENTRIES, spaces_of
from students.models import Student
from tests.agreements.cases import agreement_case
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    CallFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
    SignUpFactory,
)
from tests.factories.placements import SupervisionFactory
from tests.factories.students import EnrolmentFactory, GoalFactory
from tests.helpers import login, member
from tests.students.worlds import supervisor, world

pytestmark = pytest.mark.django_db


def roles_of(user) -> list[str]:
    return [space.kind for space in spaces_of(actor_of(user))]


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


@pytest.mark.parametrize(("kind", "spaces"), [("steering", ["steering", "group"]), ("project", ["group"])])
def test_office_in_the_steering_group_opens_a_space(client, kind, spaces):
    seat = GroupSeatFactory(of="expert", is_chair=True, group__kind=kind)
    assert roles_of(seat.person.user) == spaces
    own = MemberFactory(partnership=seat.group.partnership, role=MemberRole.LEAD)
    MembershipFactory(person=seat.person, organisation=own.organisation, role=Role.COORDINATOR)
    assert roles_of(seat.person.user) == ["coordinator", "group"]  # which holds all of it


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
        MembershipFactory(person=user.person, organisation=organisation, role=role)
    MemberFactory(organisation=body, role=MemberRole.LEAD)
    GroupSeatFactory(person=user.person, of="student")
    GroupSeatFactory(person=user.person, of="expert", is_secretary=True)
    EnrolmentFactory(student=Student.objects.get(person=user.person))
    login(client, user)
    spaces = spaces_of(actor_of(user))
    assert {space.kind for space in spaces} == set(ENTRIES)
    for space in spaces:
        page = client.get(space.url)
        assert page.status_code == 200
        menu = page.context["menu"]
        assert [link.label for link in menu.spaces if link.current] == [space.label]
        assert sum(link.current for link in menu.nav) == 1
        for link in menu.nav:
            assert client.get(link.url).status_code == 200, link.url


def test_start_leads_to_the_first_space(client):
    organisation = OrganisationFactory(school=True)
    login(client, member(organisation, Role.TEACHER))
    space = spaces_of(actor_of(organisation.memberships.get().person.user))[0]
    assert client.get(reverse("start")).url == space.url


@pytest.mark.parametrize(
    ("kind", "role", "place"),
    [
        ("care_provider", Role.CONTACT, "/werkgever/nieuw/"),
        ("care_provider", Role.SUPERVISOR, "/begeleider/"),
        ("school", Role.TEACHER, "/school/nieuw/"),
        ("knowledge_network", Role.MANAGER, "/organisatie/nieuw/mensen/"),
        ("knowledge_network", Role.CONTACT, "/organisatie/nieuw/mensen/"),
    ],
)
def test_accepted_invitation_leads_to_the_organisation_it_was_for(client, kind, role, place):
    user = member(OrganisationFactory(slug="oud", name="A first one"), Role.CONTACT)
    organisation = OrganisationFactory(slug="nieuw", name="Z", kind=kind)
    invited = MembershipInvitationFactory(
        organisation=organisation, role=role, invitation__token="t0k3n", invitation__email=user.email
    )
    login(client, user)
    answer = client.post("/uitnodiging/t0k3n/", follow=True)
    assert answer.redirect_chain[-1][0] == place
    assert answer.status_code == 200
    login(client, member(OrganisationFactory(slug="ander"), Role.CONTACT))
    other = client.get("/mijn/", {"uitnodiging": str(invited.invitation.public_id)})
    assert other.url == "/werkgever/ander/"
    assert client.get("/mijn/", {"uitnodiging": "geen-nummer"}).url == "/werkgever/ander/"


@pytest.mark.parametrize(
    ("kind", "role", "tabs"),
    [
        (
            "care_provider",
            Role.CONTACT,
            ["Overzicht", "Plekken", "Studen­ten", "Overeen­komsten", "Organi­satie"],
        ),
        ("care_provider", Role.SUPERVISOR, ["Mijn studenten", "Plaatsingen", "Account"]),
        ("school", Role.TEACHER, []),
    ],
)
def test_phone_has_a_bar_of_tabs_for_employer_and_supervisor(client, kind, role, tabs):
    user = member(OrganisationFactory(kind=kind), role)
    page = login(client, user).get("/mijn/", follow=True)
    menu = page.context["menu"]
    assert [str(link.label) for link in menu.tabs] == tabs
    assert all(link.icon for link in menu.tabs)
    assert ('class="tabbar"' in page.content.decode()) is bool(tabs)
    assert sum(link.current for link in menu.tabs) == (1 if tabs else 0)


def test_signing_out_takes_one_press_from_any_page(client):
    out = f'action="{reverse("account_logout")}"'
    assert out not in client.get(reverse("help")).content.decode()
    login(client, member(OrganisationFactory(), Role.CONTACT))
    for page in (reverse("help"), "/mijn/", "/zo-een-pagina-is-er-niet/"):
        assert out in client.get(page, follow=True).content.decode()
    client.post(reverse("account_logout"))
    assert out not in client.get(reverse("help")).content.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Zoek een plek | Leerpact"),
        ("?plaats=Almere&vrij=on", "Zoek een plek, “Almere”, Alleen met een vrije plek | Leerpact"),
        ("?onzin=x&afstand=10", "Zoek een plek, 10 km | Leerpact"),
    ],
)
def test_title_of_a_list_names_its_filter(client, query, title):
    login(client, member(OrganisationFactory(), Role.CONTACT))
    page = fromstring(client.get(f"{reverse('placements:slot-find')}{query}").content)
    assert " ".join(page.findtext(".//title").split()) == title


def test_title_of_a_list_names_its_page(client):
    CallFactory.create_batch(40, is_published=True)
    page = fromstring(client.get(reverse("partnerships:call-list"), {"page": 2}).content)
    assert " ".join(page.findtext(".//title").split()) == "Oproepen voor werkgevers, pagina 2 | Leerpact"


def test_one_role_shows_no_switch(client):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.CONTACT))
    menu = client.get(reverse("partnerships:people-list", args=[organisation.slug])).context["menu"]
    assert menu.spaces == ()
    assert [link.label for link in menu.nav if link.current] == ["Organisatie"]


def test_page_of_another_organisation_wears_its_own_menu(client):
    """With two employers the menu follows the organisation in the path."""
    first, second = OrganisationFactory(name="A"), OrganisationFactory(name="B")
    user = member(first, Role.CONTACT)
    MembershipFactory(person=user.person, organisation=second, role=Role.CONTACT)
    login(client, user)
    menu = client.get(reverse("partnerships:people-list", args=[second.slug])).context["menu"]
    assert [link.label for link in menu.spaces if link.current] == ["B"]
    assert all(f"/{second.slug}/" in link.url for link in menu.nav[:-1])


def entry_of(client, url) -> list[str]:
    """Which entry of the menu says that one is there."""
    return [link.label for link in client.get(url).context["menu"].nav if link.current]


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        ("student", "Mijn leerplan"),
        ("trainer", "Studenten"),
        ("supervisor", "Mijn studenten"),
        ("teacher", "Cohorten"),
    ],
)
def test_plan_and_goal_stand_under_where_each_comes_from(client, who, entry):
    made = world()
    people = {name: getattr(made, name) for name in ("student", "trainer", "teacher")}
    login(client, people.get(who) or supervisor(made))
    goal = GoalFactory(plan=made.plan)
    assert entry_of(client, made.plan.get_absolute_url()) == [entry]
    assert entry_of(client, goal.get_absolute_url()) == [entry]


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        ("student", "Werk"),
        ("contact", "Overeenkomsten"),
        ("teacher", "Overeenkomsten"),
        ("supervisor", "Plaatsingen"),
    ],
)
def test_agreement_stands_under_where_each_comes_from(client, who, entry):
    case = agreement_case()
    login(client, getattr(case, who, None) or _supervisor_of(case))
    assert entry_of(client, case.agreement.get_absolute_url()) == [entry]


def _supervisor_of(case):
    user = member(case.employer, Role.SUPERVISOR)
    SupervisionFactory(placement=case.placement, membership=user.person.memberships.get())
    return user


@pytest.mark.parametrize("may_sign", [True, False])
@pytest.mark.parametrize("kind", [{}, {"school": True}])
def test_menu_of_a_manager_holds_agreements_for_who_signs_and_leads_nowhere_closed(client, kind, may_sign):
    organisation = OrganisationFactory(**kind)
    login(client, member(organisation, Role.MANAGER, may_sign=may_sign))
    nav = client.get(reverse("start"), follow=True).context["menu"].nav
    assert ("Overeenkomsten" in [str(link.label) for link in nav]) is may_sign
    assert {link.url: client.get(link.url).status_code for link in nav} == {link.url: 200 for link in nav}


@pytest.mark.parametrize("page", ["location-list", "location-create", "people-invite"])
def test_what_a_manager_runs_stands_under_the_organisation(client, page):
    organisation = OrganisationFactory()
    login(client, member(organisation, Role.MANAGER))
    assert entry_of(client, reverse(f"partnerships:{page}", args=[organisation.slug])) == ["Organisatie"]


def test_group_of_a_second_partnership_wears_its_menu_and_leads_back_to_its_groups(client):
    """Groups and sign-ups have addresses that do not lie under the menu's own."""
    body = OrganisationFactory(kind=OrganisationKind.KNOWLEDGE_NETWORK)
    user = member(body, Role.COORDINATOR)
    for name in ("A", "B"):
        MemberFactory(organisation=body, role=MemberRole.LEAD, partnership__name=name)
    second = body.members.get(partnership__name="B").partnership
    login(client, user)
    page = client.get(GroupFactory(partnership=second).get_absolute_url())
    groups = reverse("partnerships:coordination-groups", args=[second.slug])
    assert [link.label for link in page.context["menu"].spaces if link.current] == ["B"]
    assert [link.url for link in page.context["menu"].nav if link.current] == [groups]
    assertContains(page, f'<a href="{groups}">Groepen</a>', html=True)


def test_group_leads_an_observer_back_to_own_groups(client):
    seat = GroupSeatFactory(of="student", is_observer=True)
    login(client, seat.person.user)
    page = client.get(seat.group.get_absolute_url())
    groups = reverse("partnerships:group-list")
    assert [link.url for link in page.context["menu"].nav if link.current] == [groups]
    assertContains(page, f'<a href="{groups}">Mijn groepen</a>', html=True)


def test_sign_up_stands_under_the_calls(client):
    body = OrganisationFactory(kind=OrganisationKind.KNOWLEDGE_NETWORK)
    partnership = MemberFactory(organisation=body, role=MemberRole.LEAD).partnership
    sign_up = SignUpFactory(call=CallFactory(partnership=partnership), confirmed_at=timezone.now())
    login(client, member(body, Role.COORDINATOR))
    url = reverse("partnerships:coordination-sign-up", args=[partnership.slug, sign_up.public_id])
    menu = client.get(url).context["menu"]
    assert [link.label for link in menu.nav if link.current] == ["Oproepen"]
