"""Who gets which first page.

Columns: anonymous; a stranger; a colleague in a role the page is not for; the person it is for.
"""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MemberRole
from tests.factories.partnerships import MemberFactory, OrganisationFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login, member

MATRIX = {  #                     anonymous, stranger, colleague, own role
    ("GET", "student-start"): (302, 403, 403, 200),
    ("GET", "student-next-steps"): (302, 403, 403, 200),
    ("GET", "student-work"): (302, 403, 403, 200),
    ("GET", "employer-start"): (302, 404, 403, 200),
    ("GET", "employer-next-steps"): (302, 404, 403, 200),
    ("GET", "school-start"): (302, 404, 403, 200),
    ("GET", "school-next-steps"): (302, 404, 403, 200),
    ("GET", "coordinator-start"): (302, 404, 403, 200),
    ("GET", "coordinator-next-steps"): (302, 404, 403, 200),
    ("GET", "coordinator-figures"): (302, 404, 403, 200),
}


def world(kind: str):
    """The slug in the address, and a stranger, a colleague and the one the page is for."""
    stranger = member(OrganisationFactory(), Role.MANAGER)
    if kind == "student":
        enrolment = EnrolmentFactory()
        teacher = member(enrolment.cohort.programme.school, Role.TEACHER)
        return [], stranger, teacher, enrolment.student.user
    if kind == "coordinator":
        body = MemberFactory(role=MemberRole.LEAD)
        colleague = member(MemberFactory(partnership=body.partnership).organisation, Role.MANAGER)
        return [body.partnership.slug], stranger, colleague, member(body.organisation, Role.COORDINATOR)
    organisation = OrganisationFactory(school=kind == "school")
    own = Role.TEACHER if kind == "school" else Role.CONTACT
    return [organisation.slug], stranger, member(organisation, Role.COORDINATOR), member(organisation, own)


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "name"), MATRIX)
def test_access(client, method, name):
    args, *people = world(name.split("-")[0])
    url = reverse(name, args=args)
    got = [client.generic(method, url).status_code]
    for user in people:
        login(client, user)
        got.append(client.generic(method, url).status_code)
    assert tuple(got) == MATRIX[method, name]
