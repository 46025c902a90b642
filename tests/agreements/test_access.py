"""Who gets what from the pages of a practice agreement that is being signed."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MemberRole
from tests.agreements.cases import agreement_case
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, MembershipFactory, OrganisationFactory
from tests.factories.placements import SupervisorFactory
from tests.helpers import login_fresh, member

COLUMNS = (
    "anonymous",
    "outsider",
    "student",
    "teacher",
    "employer",
    "colleague",
    "supervisor",
    "coordinator",
    "administrator",
)
MATRIX = {  #                            anon  out stud teach empl coll supe coor admin
    ("GET", "agreement-detail"):        (302, 404, 200, 200, 200, 200, 200, 200, 404),
    ("GET", "agreement-version"):       (302, 404, 200, 200, 200, 200, 200, 403, 404),
    ("GET", "agreement-pdf"):           (302, 404, 200, 200, 200, 200, 200, 403, 404),
    ("GET", "agreement-change"):        (302, 404, 403, 200, 403, 403, 403, 403, 404),
    ("POST", "agreement-change"):       (302, 404, 403, 200, 403, 403, 403, 403, 404),
    ("GET", "agreement-ask"):           (302, 405, 405, 405, 405, 405, 405, 405, 405),
    ("POST", "agreement-ask"):          (302, 404, 403, 302, 403, 403, 403, 403, 404),
    ("GET", "agreement-sign"):          (302, 404, 200, 200, 200, 403, 403, 403, 404),
    ("POST", "agreement-sign"):         (302, 404, 200, 200, 200, 403, 403, 403, 404),
    ("GET", "agreement-paper"):         (302, 404, 403, 200, 403, 403, 403, 403, 404),
    ("POST", "agreement-paper"):        (302, 404, 403, 200, 403, 403, 403, 403, 404),
    ("GET", "agreement-end"):           (302, 404, 403, 302, 403, 403, 403, 403, 404),
    ("POST", "agreement-end"):          (302, 404, 403, 302, 403, 403, 403, 403, 404),
    ("GET", "agreement-employer-list"): (302, 404, 404, 404, 200, 200, 403, 404, 404),
    ("GET", "agreement-school-list"):   (302, 404, 404, 200, 404, 404, 404, 404, 404),
}  # fmt: skip


@pytest.fixture(scope="module")
def asked(once):
    """(the case, the person of each column), with signatures asked for."""
    return once(ask)


def ask():
    case = agreement_case()
    case.ask()
    return case, people(case)


def people(case):
    """A person per column, besides those of the case itself."""
    supervising = MembershipFactory(organisation=case.employer, role=Role.SUPERVISOR)
    case.placement.supervisor = SupervisorFactory(organisation=case.employer, membership=supervising)
    case.placement.save()
    lead = OrganisationFactory()
    MemberFactory(partnership=case.placement.slot.partnership, organisation=lead, role=MemberRole.LEAD)
    return {
        "outsider": member(OrganisationFactory(), Role.CONTACT, may_sign=True),
        "student": case.student,
        "teacher": case.teacher,
        "employer": case.contact,
        "colleague": case.colleague,
        "supervisor": supervising.user,
        "coordinator": member(lead, Role.COORDINATOR),
        "administrator": UserFactory(is_staff=True),
    }


def address(name, case):
    arguments = {
        "agreement-employer-list": [case.employer.slug],
        "agreement-school-list": [case.school.slug],
        "agreement-version": [case.agreement.public_id, 1],
        "agreement-pdf": [case.agreement.public_id, 1],
    }.get(name, [case.agreement.public_id])
    return reverse(f"agreements:{name}", args=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, asked, column):
    case, who = asked
    if column != "anonymous":
        login_fresh(client, who[column])
    found = {
        (method, name): client.generic(method, address(name, case)).status_code for method, name in MATRIX
    }
    expected = {row: statuses[COLUMNS.index(column)] for row, statuses in MATRIX.items()}
    assert found == expected


@pytest.mark.django_db
def test_teacher_of_another_cohort_of_the_same_school_gets_404(client, case):
    login_fresh(client, member(case.school, Role.TEACHER, may_sign=True))
    assert client.get(case.agreement.get_absolute_url()).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("may_sign", "status"), [(True, 200), (False, 404)])
def test_manager_reads_and_signs_only_with_the_right_to_sign(client, may_sign, status, case):
    case.ask()
    for organisation in (case.employer, case.school):
        login_fresh(client, member(organisation, Role.MANAGER, may_sign=may_sign))
        assert client.get(case.agreement.get_absolute_url()).status_code == status
        assert client.get(address("agreement-sign", case)).status_code == status
