"""The first steps of an employer, a school and a partnership: shown until all are done, each with its act."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MemberRole
from partnerships.models import Membership
from placements.enums import SlotState
from tests.factories.partnerships import (
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
    assert (
        reverse("placements:slot-start", args=[employer.slug]) not in page
    )  # a place needs a location first
    LocationFactory(organisation=employer)
    assert states(steps(client, manager, "employer", employer.slug)[0]) == ["done", "now", "todo", "todo"]


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
