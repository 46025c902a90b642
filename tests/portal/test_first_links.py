"""Every link of a first page, followed as the person who reads it: a page that opens, and for each step its form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse
from lxml.html import fromstring

from accounts.enums import Role
from accounts.models import User
from partnerships.enums import MemberRole
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    LocationFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    QualificationFactory,
)
from tests.factories.students import EnrolmentFactory, StudentFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db

Beginning = tuple[User, str]


def links_in_main(client: Client, path: str) -> list[str]:
    """The addresses of a page's own links, its menu and foot aside."""
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    links = fromstring(response.content.decode()).xpath("//main//a/@href")
    return [link for link in links if link.startswith("/")]


def forms_at(client: Client, path: str) -> bool:
    """Whether the page asks for something that can be saved there."""
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    if not response["Content-Type"].startswith("text/html"):  # a list as a file
        return False
    return bool(fromstring(response.content.decode()).xpath("//main//form[@method='post']"))


def has_its_form(client: Client, path: str) -> bool:
    """On the page itself, or on one that its own links lead to."""
    return forms_at(client, path) or any(forms_at(client, link) for link in set(links_in_main(client, path)))


def empty_employer() -> Beginning:
    employer = OrganisationFactory()
    return member(employer, Role.MANAGER), reverse("employer-start", args=[employer.slug])


def employer_with_a_location() -> Beginning:
    user, path = empty_employer()
    LocationFactory(organisation=user.person.memberships.get().organisation)
    return user, path


def contact_of_an_empty_employer() -> Beginning:
    user, path = employer_with_a_location()
    return member(user.person.memberships.get().organisation, Role.CONTACT), path


def empty_school() -> Beginning:
    school = OrganisationFactory(school=True)
    return member(school, Role.MANAGER), reverse("school-start", args=[school.slug])


def school_with_a_programme() -> Beginning:
    user, path = empty_school()
    ProgrammeFactory(school=user.person.memberships.get().organisation)
    return user, path


def school_with_a_cohort() -> Beginning:
    user, path = empty_school()
    school = user.person.memberships.get().organisation
    CohortFactory(programme=ProgrammeFactory(school=school))
    MembershipFactory(organisation=school, role=Role.TEACHER)
    return user, path


def teacher_without_a_cohort() -> Beginning:
    user, path = empty_school()
    return member(user.person.memberships.get().organisation, Role.TEACHER), path


def empty_partnership() -> Beginning:
    body = MembershipFactory(organisation__kind="knowledge_network", role=Role.COORDINATOR)
    partnership = MemberFactory(organisation=body.organisation, role=MemberRole.LEAD).partnership
    return body.person.user, reverse("coordinator-start", args=[partnership.slug])


def administrator_of_nothing() -> Beginning:
    return UserFactory(is_staff=True, is_superuser=True), reverse("administration")


def student_at_the_first_visit() -> Beginning:
    user = UserFactory()
    enrolment = EnrolmentFactory(student=StudentFactory(person=user.person))
    CohortTeacherFactory(cohort=enrolment.cohort)
    return user, reverse("student-start")


def someone_without_a_role() -> Beginning:
    return UserFactory(), reverse("start")


BEGINNINGS = [
    empty_employer,
    employer_with_a_location,
    contact_of_an_empty_employer,
    empty_school,
    school_with_a_programme,
    school_with_a_cohort,
    teacher_without_a_cohort,
    empty_partnership,
    administrator_of_nothing,
    student_at_the_first_visit,
    someone_without_a_role,
]


@pytest.mark.parametrize("make", BEGINNINGS, ids=lambda make: make.__name__)
def test_every_link_of_a_first_page_opens(client: Client, make: Callable[[], Beginning]) -> None:
    user, path = make()
    login(client, user)
    links = links_in_main(client, path)
    assert links
    found = {link: client.get(link, follow=True).status_code for link in links}
    assert found == dict.fromkeys(links, 200)


# Pages without a form, since the act is another's: the page says whose.
READ_ONLY = {"placements:accreditation-own"}  # the school looks and records


@pytest.mark.parametrize("make", BEGINNINGS[:8], ids=lambda make: make.__name__)
def test_every_step_leads_to_its_form(client: Client, make: Callable[[], Beginning]) -> None:
    QualificationFactory()
    user, path = make()
    login(client, user)
    context: Any = client.get(path).context
    lacks = (
        [lack for step in context["checklist"].steps for lack in step.lacks] if context["checklist"] else []
    )
    acts = {lack.url for lack in lacks if lack.url and resolve(lack.url).view_name not in READ_ONLY}
    if not user.person.memberships.exclude(role__in=[Role.CONTACT, Role.TEACHER]).exists():
        acts = {url for url in acts if resolve(url).view_name != "partnerships:people-list"}  # whom to ask
    without = [url for url in acts if not has_its_form(client, url)]
    assert without == []


def test_every_page_of_what_an_administrator_misses_has_its_form(client: Client) -> None:
    user, path = administrator_of_nothing()
    login(client, user)
    steps = client.get(path).context["steps"]
    assert steps
    assert [step.url for step in steps if not has_its_form(client, step.url)] == []
