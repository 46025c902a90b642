"""The first steps of an employer, a school and a partnership: shown until all are done, each with its act."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import Audience, MemberRole
from partnerships.models import Membership
from placements.enums import SlotState
from tests.factories.partnerships import (
    ContactCardFactory,
    InitiativeFactory,
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.placements import SlotFactory
from tests.factories.programmes import (
    AccreditationFactory,
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def steps(client, user, name, slug):
    """The names and states of the steps, and the page; nothing when there is no checklist."""
    login(client, user)
    response = client.get(reverse(f"{name}-start", args=[slug]))
    page = response.content.decode()
    checklist = response.context["checklist"]
    assert ("Eerste stappen" in page) == bool(checklist)
    if checklist is None:
        return [], page
    found = [(str(step.name), step.state) for step in checklist.steps]
    assert checklist.done == sum(state == "done" for _name, state in found)
    for step in checklist.steps:
        for lack in step.lacks:
            if lack.url:
                assert f'href="{lack.url}"' in page
                assert client.get(lack.url, follow=True).status_code == 200
    return found, page


def states(found):
    return [state for _name, state in found]


def test_an_empty_employer_has_four_steps_and_nothing_else(client):
    employer = OrganisationFactory()
    manager = member(employer, Role.MANAGER)
    found, page = steps(client, manager, "employer", employer.slug)
    assert found == [("Locatie", "now"), ("Plek", "todo"), ("Mensen", "todo"), ("Erkenning", "todo")]
    assert f"Welkom, {employer.name}" in page
    assert "<table" not in page
    assert "Je hoeft nu niets te doen" not in page
    # A place needs a location first.
    assert reverse("placements:slot-start", args=[employer.slug]) not in page
    LocationFactory(organisation=employer)
    assert states(steps(client, manager, "employer", employer.slug)[0]) == ["done", "now", "todo", "todo"]


def test_steps_say_how_long_they_take_what_follows_and_where_to_begin(client):
    employer = OrganisationFactory()
    manager = member(employer, Role.MANAGER)
    page = steps(client, manager, "employer", employer.slug)[1]
    assert "Samen kost het ongeveer een kwartier." in page
    assert "Wat er daarna gebeurt" in page
    examples = reverse("placements:slot-examples", args=[employer.slug])
    assert examples not in page  # a place needs a location first
    LocationFactory(organisation=employer)
    page = steps(client, manager, "employer", employer.slug)[1]
    assert "Wat je nog moet doen, kost ongeveer 10 minuten." in " ".join(page.split())
    assert examples in page
    assert "Nog een locatie" in page
    SlotFactory(organisation=employer, state=SlotState.DRAFT)
    assert examples not in steps(client, manager, "employer", employer.slug)[1]


@pytest.mark.parametrize("kind", [{}, {"school": True}])
def test_coordinators_help_a_manager_to_begin(client, kind):
    organisation = OrganisationFactory(**kind)
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    lead = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD)
    MemberFactory(partnership=lead.partnership, organisation=organisation)
    start = "school" if kind else "employer"
    manager = member(organisation, Role.MANAGER)
    page = steps(client, manager, start, organisation.slug)[1]
    assert f'href="mailto:{body.person.address}"' in page
    assert helpers(client, manager, start, organisation.slug) == [body.person.full_name]


def test_who_cannot_see_to_it_is_helped_by_managers_too_as_they_show(client):
    employer = OrganisationFactory()
    manager, contact = member(employer, Role.MANAGER), member(employer, Role.CONTACT)
    assert helpers(client, contact, "employer", employer.slug) == [manager.person.full_name]
    assert manager.person.address in steps(client, contact, "employer", employer.slug)[1]
    ContactCardFactory(person=manager.person, show_email=Audience.NOBODY)
    assert manager.person.address not in steps(client, contact, "employer", employer.slug)[1]


def helpers(client, user, name, slug):
    """The names beside the steps."""
    login(client, user)
    return [card.name for card in client.get(reverse(f"{name}-start", args=[slug])).context["helpers"]]


def test_who_coordinates_alone_is_helped_by_whoever_runs_leerpact(client):
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    partnership = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD).partnership
    page = steps(client, body.person.user, "coordinator", partnership.slug)[1]
    assert page.count(f'href="mailto:{settings.OPERATOR.email}"') == 1
    fellow = MembershipFactory(organisation=body.organisation, role=Role.COORDINATOR)
    page = steps(client, body.person.user, "coordinator", partnership.slug)[1]
    assert fellow.person.full_name in page


def test_the_steps_of_an_employer_go_once_all_is_there(client):
    employer = OrganisationFactory()
    manager = member(employer, Role.MANAGER)
    slot = SlotFactory(organisation=employer, state=SlotState.DRAFT)
    found, page = steps(client, manager, "employer", employer.slug)
    assert states(found) == ["done", "now", "todo", "todo"]
    assert slot.title in page  # there is something to show beside the steps
    SlotFactory(organisation=employer)
    member(employer, Role.PRACTICE_TRAINER, may_sign=True)
    assert states(steps(client, manager, "employer", employer.slug)[0]) == ["done", "done", "done", "now"]
    AccreditationFactory(organisation=employer)
    assert steps(client, manager, "employer", employer.slug)[0] == []


def test_the_steps_of_a_school_are_for_its_managers(client):
    school = OrganisationFactory(school=True)
    manager, teacher = member(school, Role.MANAGER), member(school, Role.TEACHER)
    found, page = steps(client, manager, "school", school.slug)
    assert found == [("Opleiding", "now"), ("Mensen", "todo"), ("Cohort", "todo"), ("Studenten", "todo")]
    assert f"Welkom, {school.name}" in page
    assert steps(client, teacher, "school", school.slug)[0] == []
    signer = MembershipFactory(organisation=school, role=Role.TEACHER, may_sign=True)
    cohort = CohortFactory(programme=ProgrammeFactory(school=school))
    assert states(steps(client, manager, "school", school.slug)[0]) == ["done", "done", "now", "todo"]
    CohortTeacherFactory(cohort=cohort, membership=signer)
    assert states(steps(client, manager, "school", school.slug)[0]) == ["done", "done", "done", "now"]
    EnrolmentFactory(cohort=cohort)
    assert steps(client, manager, "school", school.slug)[0] == []


def test_the_steps_of_a_partnership_are_for_its_coordinators(client):
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    partnership = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD).partnership
    user = body.person.user
    found, page = steps(client, user, "coordinator", partnership.slug)
    assert found == [("Werkgever", "now"), ("School", "todo"), ("Initiatief", "todo")]
    assert f"Welkom, {partnership.name}" in page
    MemberFactory(partnership=partnership, organisation=OrganisationFactory(school=True))
    assert states(steps(client, user, "coordinator", partnership.slug)[0]) == ["now", "done", "todo"]
    MemberFactory(partnership=partnership, organisation=OrganisationFactory())
    InitiativeFactory(partnership=partnership)
    assert steps(client, user, "coordinator", partnership.slug)[0] == []


@pytest.mark.parametrize(
    ("kind", "roles", "start"),
    [
        ({}, [Role.CONTACT, Role.PRACTICE_TRAINER, Role.SUPERVISOR], "employer"),
        ({"school": True}, [Role.TEACHER], "school"),
    ],
)
def test_who_is_alone_there_takes_all_roles_at_once(client, kind, roles, start):
    organisation = OrganisationFactory(**kind)
    manager = member(organisation, Role.MANAGER)
    page = steps(client, manager, start, organisation.slug)[1]
    url = reverse("partnerships:people-take-on", args=[organisation.slug])
    assert url in page
    response = client.post(url, {"roles": [role.value for role in roles]}, follow=True)
    assert "Je hebt deze rollen nu." in response.content.decode()
    held = set(manager.person.memberships.running().values_list("role", flat=True))
    assert held == {Role.MANAGER, *roles}
    assert not Membership.objects.filter(person=manager.person).exclude(mandates=None).exists()
    assert url not in steps(client, manager, start, organisation.slug)[1]
    assert "Je hebt alle rollen voor het dagelijkse werk al." in client.get(url).content.decode()


def test_a_role_of_another_kind_is_refused_and_one_that_one_has_stays(client):
    employer = OrganisationFactory()
    manager = member(employer, Role.MANAGER)
    MembershipFactory(organisation=employer, person=manager.person, role=Role.CONTACT)
    login(client, manager)
    url = reverse("partnerships:people-take-on", args=[employer.slug])
    for role in (Role.TEACHER, Role.COORDINATOR, "chef"):
        assert client.post(url, {"roles": [role]}).status_code == 200
    assert client.post(url, {"roles": [Role.CONTACT]}).status_code == 302
    assert manager.person.memberships.count() == 2
    assert client.post(url).status_code == 200
