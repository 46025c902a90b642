"""Who gets what from the pages of plans, goals, evidence and the student's own pages."""

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from partnerships.enums import MemberRole
from students.enums import GoalState, Party, VisibleFor
from students.services import plans
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.students import EnrolmentFactory, EvidenceFactory, GoalFactory
from tests.helpers import login, member
from tests.students.worlds import supervisor

COLUMNS = (
    "anonymous", "outsider", "other_student", "student", "teacher", "colleague", "employer", "manager", "supervisor",
    "coordinator", "administrator",
)  # fmt: skip
MATRIX = {  #                  anon outs othe stud teac coll empl mana supe coor admi
    ("GET", "agenda"): (302, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403),
    ("GET", "situation-add"): (302, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403),
    ("POST", "situation-add"): (302, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403),
    ("GET", "me"): (302, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403),
    ("GET", "plan-create"): (302, 404, 404, 403, 302, 404, 403, 404, 403, 404, 404),
    ("POST", "plan-create"): (302, 404, 404, 403, 302, 404, 403, 404, 403, 404, 404),
    ("GET", "plan-detail"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("GET", "plan-print"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("GET", "plan-versions"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("GET", "plan-coverage"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("GET", "plan-consent"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("POST", "plan-consent"): (302, 404, 404, 200, 302, 404, 200, 404, 403, 404, 404),
    ("POST", "plan-ask"): (302, 404, 404, 302, 302, 404, 302, 404, 403, 404, 404),
    ("GET", "plan-edit"): (302, 404, 404, 403, 200, 404, 403, 404, 403, 404, 404),
    ("POST", "plan-edit"): (302, 404, 404, 403, 200, 404, 403, 404, 403, 404, 404),
    ("GET", "goal-add"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("POST", "goal-add"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("GET", "goal-detail"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("POST", "goal-answer"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("POST", "goal-begin"): (302, 404, 404, 302, 403, 404, 403, 404, 403, 404, 404),
    ("POST", "goal-demonstrate"): (302, 404, 404, 302, 403, 404, 403, 404, 403, 404, 404),
    ("POST", "goal-assess"): (302, 404, 404, 403, 200, 404, 403, 404, 403, 404, 404),
    ("POST", "goal-resume"): (302, 404, 404, 302, 302, 404, 403, 404, 403, 404, 404),
    ("GET", "goal-lapse"): (302, 404, 404, 403, 200, 404, 403, 404, 403, 404, 404),
    ("POST", "goal-lapse"): (302, 404, 404, 403, 200, 404, 403, 404, 403, 404, 404),
    ("GET", "goal-change"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("POST", "goal-change"): (302, 404, 404, 200, 200, 404, 200, 404, 403, 404, 404),
    ("POST", "remark-add"): (302, 404, 404, 200, 200, 404, 200, 404, 200, 404, 404),
    ("GET", "evidence-add"): (302, 404, 404, 200, 403, 404, 403, 404, 403, 404, 404),
    ("POST", "evidence-add"): (302, 404, 404, 200, 403, 404, 403, 404, 403, 404, 404),
    ("GET", "evidence-file"): (302, 404, 404, 200, 200, 404, 404, 404, 200, 404, 404),
    ("GET", "evidence-share"): (302, 404, 404, 200, 403, 404, 404, 404, 403, 404, 404),
    ("POST", "evidence-share"): (302, 404, 404, 200, 403, 404, 404, 404, 403, 404, 404),
    ("POST", "evidence-remove"): (302, 404, 404, 302, 403, 404, 404, 404, 403, 404, 404),
    ("GET", "supervisor-start"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403),
    ("GET", "employer-students"): (302, 404, 404, 404, 404, 404, 200, 403, 403, 404, 404),
}


@pytest.fixture
def around(made):
    """A student with a plan that waits for an answer, and everyone who may or may not see it."""
    goal = GoalFactory(plan=made.plan, agreed=True)
    goal.state = GoalState.PROPOSED
    goal.save()
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    evidence = EvidenceFactory(
        goal=goal,
        visible_for=VisibleFor.TEACHER_AND_SUPERVISOR,
        file=ContentFile(b"%PDF-1.4", name="x"),
        file_name="verslag.pdf",
        content_type="application/pdf",
    )
    body = OrganisationFactory()
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    programme = made.enrolment.cohort.programme
    programme.partnership = partnership
    programme.save()
    return {
        "anonymous": None,
        "outsider": member(OrganisationFactory(), Role.CONTACT),
        "other_student": EnrolmentFactory(cohort=made.enrolment.cohort).student.user,
        "student": made.student,
        "teacher": made.teacher,
        "colleague": member(made.school, Role.TEACHER),
        "employer": made.trainer,
        "manager": member(made.employer, Role.MANAGER),
        "supervisor": supervisor(made),
        "coordinator": member(body, Role.COORDINATOR),
        "administrator": UserFactory(is_staff=True),
        "plan": made.plan.public_id,
        "goal": goal.public_id,
        "remark": goal.public_id,
        "evidence-add": goal.public_id,
        "evidence": evidence.public_id,
        "plan-create": made.enrolment.public_id,
        "employer-students": made.employer.slug,
    }


def address(name, around):
    """The page's address with the id that its name speaks of."""
    if name in {"agenda", "situation-add", "me", "supervisor-start"}:
        return reverse(f"students:{name}")
    key = "plan" if name == "goal-add" else name.split("-")[0]
    return reverse(f"students:{name}", args=[around.get(name) or around[key]])


def status_of(client, method, name, around):
    """The answer, with whatever it wrote taken back, so that each row finds the same world."""
    with transaction.atomic():
        status = client.generic(method, address(name, around)).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.django_db
@pytest.mark.parametrize("role", COLUMNS)
def test_access(client, around, role):
    if around[role]:
        login(client, around[role])
    found = {(method, name): status_of(client, method, name, around) for method, name in MATRIX}
    assert found == {row: statuses[COLUMNS.index(role)] for row, statuses in MATRIX.items()}


@pytest.mark.django_db
@pytest.mark.parametrize(("visible_for", "statuses"), [("me", (404, 404)), ("teacher", (200, 404))])
def test_evidence_is_read_as_the_student_chose(client, visible_for, statuses, made):
    goal = GoalFactory(plan=made.plan)
    evidence = EvidenceFactory(
        goal=goal,
        visible_for=visible_for,
        file=ContentFile(b"%PDF-1.4", name="x"),
        file_name="verslag.pdf",
        content_type="application/pdf",
    )
    url = reverse("students:evidence-file", args=[evidence.public_id])
    found = [login(client, user).get(url).status_code for user in (made.teacher, supervisor(made))]
    assert tuple(found) == statuses


@pytest.mark.django_db
def test_supervisor_with_may_consent_answers_for_the_employer(client, made):
    goal = made.asked_goal()
    login(client, supervisor(made, may_consent=True))
    response = client.post(reverse("students:goal-answer", args=[goal.public_id]), {"answer-answer": "yes"})
    assert response.status_code == 302
    consent = goal.latest.consents.get(party=Party.EMPLOYER)
    assert consent.organisation == made.employer
