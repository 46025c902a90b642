"""Who gets what from the pages of cohorts, enrolments and a cohort's work situations."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MemberRole
from students.enums import EnrolmentState
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, SessionFactory
from tests.factories.students import (
    EnrolmentFactory,
    LearnerAccessFactory,
    StudentFactory,
    WorkSituationFactory,
)
from tests.helpers import login, member

COLUMNS = (
    "anonymous", "outsider", "student", "teacher", "colleague", "manager", "employer", "supervisor", "coordinator",
    "administrator",
)  # fmt: skip
MATRIX = {  #                    anon outs stud teac coll mana empl supe coor admi
    ("GET", "cohort-list"): (302, 404, 404, 200, 200, 200, 404, 404, 404, 404),
    ("GET", "cohort-detail"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "session-list"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "session-detail"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-create"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-create"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-import"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-import"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-commit"): (302, 404, 404, 302, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-template"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-detail"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-edit"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-edit"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-invite"): (302, 404, 404, 302, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-admit"): (302, 404, 404, 302, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-drop-out"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-drop-out"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "enrolment-complete"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "enrolment-complete"): (302, 404, 404, 302, 404, 403, 404, 404, 403, 404),
    ("GET", "cohort-situation-list"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "cohort-situation-plan"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("GET", "cohort-situation-treat"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
    ("POST", "cohort-situation-treat"): (302, 404, 404, 200, 404, 403, 404, 404, 403, 404),
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A cohort with a student of each kind, and everyone around it."""
    partnership = PartnershipFactory()
    cohort = CohortFactory(programme__partnership=partnership, name="Groep A")
    school = cohort.programme.school
    teacher = member(school, Role.TEACHER)
    CohortTeacherFactory(cohort=cohort, membership=teacher.memberships.get())
    enrolment = EnrolmentFactory(cohort=cohort)
    invited = EnrolmentFactory(cohort=cohort, student=StudentFactory(user=None))
    waiting = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    employer = OrganisationFactory()
    LearnerAccessFactory(enrolment=enrolment, organisation=employer)
    supervisor = MembershipFactory(organisation=employer, role=Role.SUPERVISOR)
    LearnerAccessFactory(enrolment=enrolment, organisation=employer, membership=supervisor)
    body = OrganisationFactory()
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    base = {"school": school.slug, "cohort": cohort.public_id}
    of_student = base | {"enrolment": enrolment.public_id}
    return {
        "cohort": cohort,
        "anonymous": None,
        "outsider": UserFactory(),
        "student": enrolment.student.user,
        "teacher": teacher,
        "colleague": member(school, Role.TEACHER),
        "manager": member(school, Role.MANAGER),
        "employer": member(employer, Role.CONTACT),
        "supervisor": supervisor.user,
        "coordinator": member(body, Role.COORDINATOR),
        "administrator": UserFactory(is_staff=True),
        "base": base,
        "urls": {
            "cohort-list": {"school": school.slug},
            "session-detail": base | {"session": SessionFactory(cohort=cohort).public_id},
            "enrolment-invite": base | {"enrolment": invited.public_id},
            "enrolment-admit": base | {"enrolment": waiting.public_id},
            "cohort-situation-treat": base
            | {"situation": WorkSituationFactory(enrolment=enrolment).public_id},
        }
        | dict.fromkeys(
            ("enrolment-detail", "enrolment-edit", "enrolment-drop-out", "enrolment-complete"), of_student
        ),
    }


def status_of(client, method, name, kwargs):
    """The answer, with whatever it wrote taken back, so that each row finds the same world."""
    with transaction.atomic():
        status = client.generic(method, reverse(f"students:{name}", kwargs=kwargs)).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_access(client, world, role):
    if world[role]:
        login(client, world[role])
    found = {
        (method, name): status_of(client, method, name, world["urls"].get(name, world["base"]))
        for method, name in MATRIX
    }
    assert found == {row: statuses[COLUMNS.index(role)] for row, statuses in MATRIX.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["school", "cohort"])
def test_other_school_or_cohort_in_the_path_is_not_found(client, world, part):
    """The cohort must be of the school in the path, and what stands under it of the cohort; whoever asks."""
    login(client, world["teacher"])
    other = {
        "school": OrganisationFactory(school=True).slug,
        "cohort": CohortFactory(programme=world["cohort"].programme).public_id,
    }
    rows = [(method, name) for method, name in MATRIX if part in world["urls"].get(name, world["base"])]
    found = {
        (method, name): status_of(
            client, method, name, world["urls"].get(name, world["base"]) | {part: other[part]}
        )
        for method, name in rows
    }
    assert found == dict.fromkeys(rows, 404)
