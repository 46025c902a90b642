"""Who gets what from the pages of a practice agreement that is in force, with a change that is being signed."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import PersonalLink
from agreements.models import Signature
from tests.agreements.cases import agreement_case, url
from tests.factories.partnerships import MembershipFactory
from tests.factories.placements import SupervisionFactory
from tests.helpers import login_fresh, member
from tests.roles import Around, expected, people, status_of

COLUMNS = (
    "anonymous",
    "stranger",
    "student",
    "teacher",
    "contact",
    "trainer",
    "supervisor",
    "coordinator",
    "administrator",
)
TEACHER = {"anonymous": 302, "stranger": 404, "administrator": 404, "teacher": 200, "*": 403}
READER = {
    "anonymous": 302,
    "student": 200,
    "teacher": 200,
    "contact": 200,
    "trainer": 200,
    "supervisor": 200,
    "coordinator": 403,
    "*": 404,
}
SIGNER = {
    "anonymous": 302,
    "student": 200,
    "teacher": 200,
    "contact": 200,
    "stranger": 404,
    "administrator": 404,
    "*": 403,
}
PREPARER = TEACHER | {"contact": 200, "trainer": 200}
WAITS = PREPARER | dict.fromkeys(("teacher", "contact", "trainer"), 302)  # leads to the change that waits
RECORDER = TEACHER | {"contact": 200}
MATRIX = {
    ("GET", "agreement-detail"): READER | {"coordinator": 200},
    ("GET", "agreement-version"): READER,
    ("GET", "agreement-pdf"): READER,
    ("GET", "signature-scan"): READER,
    ("GET", "agreement-change"): WAITS,
    ("POST", "agreement-change"): WAITS,
    ("GET", "agreement-amend"): PREPARER,
    ("POST", "agreement-amend"): PREPARER,
    ("GET", "agreement-ask"): WAITS,
    ("POST", "agreement-ask"): WAITS,
    ("GET", "agreement-sign"): SIGNER,
    ("POST", "agreement-sign"): SIGNER,
    ("GET", "agreement-decline"): SIGNER,
    ("POST", "agreement-decline"): SIGNER,
    ("GET", "agreement-withdraw"): PREPARER,
    ("POST", "agreement-withdraw"): PREPARER,
    ("GET", "agreement-paper"): RECORDER,
    ("POST", "agreement-paper"): RECORDER,
    ("GET", "agreement-end"): TEACHER,
    ("POST", "agreement-end"): TEACHER,
    ("GET", "agreement-end-undo"): {"anonymous": 302, "*": 405},
    ("POST", "agreement-end-undo"): TEACHER | {"teacher": 302},
    ("GET", "agreement-subsidy"): {"anonymous": 302, "*": 405},
    ("POST", "agreement-subsidy"): PREPARER | dict.fromkeys(("teacher", "contact", "trainer"), 302),
    ("GET", "agreement-follow-up"): {"anonymous": 302, "*": 405},
    ("POST", "agreement-follow-up"): TEACHER | {"teacher": 302},
    # Whoever has the link of the mail, signed in or not
    ("GET", "signature-object"): {"*": 404},
    ("POST", "signature-object"): {"*": 404},
    ("GET", "agreement-employer-list"): {
        "anonymous": 302,
        "contact": 200,
        "trainer": 200,
        "supervisor": 403,
        "*": 404,
    },
    ("GET", "agreement-school-list"): {"anonymous": 302, "teacher": 200, "*": 404},
}


@pytest.fixture(scope="module")
def asked(once):
    """(the case, the person of each column), with signatures asked for."""
    return once(ask)


def ask():
    """In force, with a change that is being signed; the student's signature under what is in force came from paper."""
    case = agreement_case()
    case.ask()
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    case.amend()
    return case, around(case)


def around(case):
    """The person of each column: besides those of the case, the placement's supervisor and a coordinator."""
    supervising = MembershipFactory(organisation=case.employer, role=Role.SUPERVISOR)
    SupervisionFactory(placement=case.placement, membership=supervising)
    return people(
        COLUMNS,
        Around(partnership=case.placement.slot.partnership),
        student=case.student,
        teacher=case.teacher,
        contact=case.contact,
        trainer=case.colleague,
        supervisor=supervising.person.user,
    )


def link():
    """Of the person named, which was not opened in this browser."""
    return PersonalLink.objects.get().public_id


def address(name, case):
    arguments = {
        "agreement-employer-list": [case.employer.slug],
        "agreement-school-list": [case.school.slug],
        "agreement-version": [case.agreement.public_id, 1],
        "agreement-pdf": [case.agreement.public_id, 1],
        "agreement-amend": [case.agreement.public_id, "inhoud"],
        "signature-scan": [case.agreement.public_id, Signature.objects.get(signer="student").public_id],
        "signature-object": [link()],
    }.get(name, [case.agreement.public_id])
    return reverse(f"agreements:{name}", args=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, asked, column):
    case, who = asked
    if who[column]:
        login_fresh(client, who[column])
    found = {(method, name): status_of(client, method, address(name, case)) for method, name in MATRIX}
    assert found == expected(MATRIX, column)


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
        assert client.get(url("agreement-sign", case)).status_code == status
