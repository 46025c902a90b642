"""Who gets what from the pages of plans, goals, evidence and the student's own pages."""

import pytest
from django.urls import reverse

from core.models import StoredFile
from partnerships.models import Membership
from students.enums import GoalState, Party
from students.models.sharing import flags
from students.services import plans
from tests.factories.partnerships import PartnershipFactory
from tests.factories.students import (
    EvidenceFactory,
    GoalFactory,
    GoalRemarkFactory,
    PracticeOpinionFactory,
    WorkSituationFactory,
)
from tests.helpers import gives_in, login
from tests.roles import Around, enter, expected, people, status_of
from tests.students.worlds import supervisor

COLUMNS = (
    "anonymous",
    "stranger",
    "other_student",
    "student",
    "teacher",
    "school_colleague",
    "trainer",
    "manager",
    "supervisor",
    "coordinator",
    "administrator",
)
STUDENTS = {"anonymous": 302, "student": 200, "other_student": 200, "*": 403}
OWN = {"anonymous": 302, "student": 200, "*": 404}
READER = {"anonymous": 302, "student": 200, "teacher": 200, "trainer": 200, "supervisor": 200, "*": 404}
PARTY = {"anonymous": 302, "student": 200, "teacher": 200, "trainer": 200, "supervisor": 403, "*": 404}
TEACHER = {"anonymous": 302, "student": 403, "teacher": 200, "trainer": 403, "supervisor": 403, "*": 404}
STUDENT = {"anonymous": 302, "student": 200, "teacher": 403, "trainer": 403, "supervisor": 403, "*": 404}
WRITER = {"anonymous": 302, "student": 403, "teacher": 403, "trainer": 302, "supervisor": 403, "*": 404}
AT_WORK = {"anonymous": 302, "student": 403, "teacher": 403, "trainer": 200, "supervisor": 200, "*": 404}
OWN_EVIDENCE = {"anonymous": 302, "student": 200, "teacher": 403, "supervisor": 403, "*": 404}
MATRIX = {
    ("GET", "agenda"): STUDENTS,
    ("GET", "situation-add"): STUDENTS,
    ("POST", "situation-add"): STUDENTS,
    ("GET", "situation-edit"): OWN,
    ("POST", "situation-edit"): OWN,
    ("GET", "situation-withdraw"): OWN,
    ("POST", "situation-withdraw"): OWN | {"student": 302},
    ("GET", "enrolment-situations"): READER,
    ("GET", "situation-report"): AT_WORK,
    ("POST", "situation-report"): AT_WORK | {"trainer": 302, "supervisor": 302},
    ("GET", "evidence-report"): AT_WORK | {"trainer": 404},
    ("POST", "evidence-report"): AT_WORK | {"trainer": 404, "supervisor": 302},
    ("GET", "evidence-take-away"): TEACHER | {"trainer": 404},
    ("POST", "evidence-take-away"): TEACHER | {"trainer": 404},
    ("POST", "evidence-keep"): TEACHER | {"trainer": 404, "teacher": 302},
    ("GET", "remark-report"): AT_WORK | {"student": 200, "trainer": 403},  # who wrote it
    ("POST", "remark-report"): AT_WORK | {"student": 302, "trainer": 403, "supervisor": 302},
    ("GET", "remark-take-away"): TEACHER,
    ("POST", "remark-take-away"): TEACHER,
    ("POST", "remark-keep"): TEACHER | {"teacher": 302},
    ("GET", "me"): STUDENTS,
    ("GET", "wishes"): STUDENTS,
    ("POST", "wishes"): STUDENTS,
    ("GET", "plan-create"): TEACHER | {"teacher": 302},
    ("POST", "plan-create"): TEACHER | {"teacher": 302},
    ("GET", "plan-detail"): READER,
    ("GET", "plan-print"): READER,
    ("GET", "plan-versions"): READER,
    ("GET", "plan-coverage"): READER,
    ("GET", "plan-consent"): PARTY,
    ("POST", "plan-consent"): PARTY | {"teacher": 302},
    ("GET", "plan-ask"): {
        "anonymous": 302,
        "student": 302,
        "teacher": 302,
        "trainer": 302,
        "supervisor": 403,
        "*": 404,
    },
    ("POST", "plan-ask"): {
        "anonymous": 302,
        "student": 302,
        "teacher": 302,
        "trainer": 302,
        "supervisor": 403,
        "*": 404,
    },
    ("GET", "plan-edit"): TEACHER,
    ("POST", "plan-edit"): TEACHER,
    ("GET", "plan-close"): TEACHER,
    ("GET", "plan-discard"): TEACHER | {"teacher": 302},  # others were asked
    ("POST", "plan-discard"): TEACHER | {"teacher": 302},
    ("GET", "goal-discard"): TEACHER | {"teacher": 302},
    ("POST", "goal-discard"): TEACHER | {"teacher": 302},
    ("POST", "plan-reopen"): TEACHER | {"teacher": 302},
    ("GET", "goal-add"): PARTY,
    ("POST", "goal-add"): PARTY,
    ("GET", "goal-detail"): READER,
    ("POST", "goal-answer"): PARTY,
    ("POST", "goal-begin"): STUDENT | {"student": 302},
    ("POST", "goal-hand-in"): STUDENT | {"student": 302},
    ("POST", "goal-assess"): TEACHER | {"teacher": 302},  # not handed in
    ("POST", "goal-resume"): TEACHER | {"student": 302, "teacher": 302},
    ("POST", "goal-take-back"): READER | {"student": 302, "teacher": 302, "trainer": 302, "supervisor": 302},
    ("GET", "goal-correct"): TEACHER | {"teacher": 302},  # there is no result
    ("POST", "goal-correct"): TEACHER | {"teacher": 302},
    ("GET", "goal-lapse"): TEACHER,
    ("POST", "goal-lapse"): TEACHER,
    ("GET", "goal-change"): PARTY,
    ("POST", "goal-change"): PARTY,
    ("POST", "opinion-add"): READER | {"student": 403, "teacher": 403, "trainer": 302, "supervisor": 302},
    ("POST", "opinion-take-back"): READER
    | {"student": 403, "teacher": 403, "trainer": 302, "supervisor": 403},
    ("POST", "remark-add"): READER,
    ("POST", "remark-take-back"): WRITER,
    ("GET", "remark-correct"): WRITER,
    ("POST", "remark-correct"): WRITER,
    ("GET", "evidence-add"): STUDENT,
    ("POST", "evidence-add"): STUDENT,
    ("GET", "evidence-edit"): OWN_EVIDENCE,
    ("POST", "evidence-edit"): OWN_EVIDENCE,
    ("GET", "evidence-file"): READER | {"trainer": 404},
    ("GET", "evidence-share"): OWN_EVIDENCE,
    ("POST", "evidence-share"): OWN_EVIDENCE,
    ("GET", "evidence-replace"): OWN_EVIDENCE,
    ("POST", "evidence-replace"): OWN_EVIDENCE,
    ("POST", "evidence-remove"): OWN_EVIDENCE | {"student": 302},
    ("POST", "plan-close"): TEACHER | {"teacher": 302},
    ("GET", "supervisor-start"): {"anonymous": 302, "supervisor": 200, "*": 403},
    ("GET", "employer-students"): {
        "anonymous": 302,
        "trainer": 200,
        "manager": 403,
        "supervisor": 403,
        "*": 404,
    },
}


@pytest.fixture
def around(made):
    """A student with a plan that waits for an answer, and everyone who may or may not see it."""
    goal = GoalFactory(plan=made.plan, agreed=True)
    goal.state = GoalState.PROPOSED
    goal.save()
    trains = Membership.objects.get(person=made.trainer.person)
    plans.ask_consent(plan_id=made.plan.pk, by=made.actors[Party.SCHOOL])
    evidence = EvidenceFactory(
        goal=goal,
        for_teachers=True,
        for_supervisor=True,
        content=b"%PDF-1.4",
    )
    shown = {"for_teachers": True, "for_supervisor": True, "content": b"%PDF-1.4"}
    found = EvidenceFactory(goal=goal, **shown)
    StoredFile.objects.filter(pk=found.file_id).update(scan="suspect")
    partnership = PartnershipFactory()
    programme = made.enrolment.cohort.programme
    gives_in(programme, partnership)
    return {
        "people": people(
            COLUMNS,
            Around(employer=made.employer, partnership=partnership, enrolment=made.enrolment),
            student=made.student,
            teacher=made.teacher,
            trainer=made.trainer,
        ),
        "plan": made.plan.public_id,
        "goal": goal.public_id,
        "remark-add": goal.public_id,
        "opinion-add": goal.public_id,
        "opinion": PracticeOpinionFactory(version=goal.current, membership=trains).public_id,
        "remark": GoalRemarkFactory(goal=goal, by=made.trainer.person).public_id,
        "evidence-add": goal.public_id,
        "evidence": evidence.public_id,
        "evidence-replace": found.public_id,
        "plan-create": made.enrolment.public_id,
        "situation": WorkSituationFactory(
            enrolment=made.enrolment, for_supervisor=True, for_employer=True
        ).public_id,
        "enrolment": made.enrolment.public_id,
        "employer-students": made.employer.slug,
    }


def address(name, around):
    """The page's address with the id that its name speaks of."""
    if name in {"agenda", "situation-add", "me", "supervisor-start", "wishes"}:
        return reverse(f"students:{name}")
    key = "plan" if name == "goal-add" else name.split("-")[0]
    return reverse(f"students:{name}", args=[around.get(name) or around[key]])


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, around, column):
    enter(client, around["people"][column])
    found = {(method, name): status_of(client, method, address(name, around)) for method, name in MATRIX}
    assert found == expected(MATRIX, column)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("readers", "statuses"),
    [
        ([], (404, 404, 404)),
        (["teachers"], (200, 404, 404)),
        (["supervisor"], (404, 200, 404)),
        (["employer"], (404, 404, 200)),
        (["teachers", "supervisor", "employer"], (200, 200, 200)),
    ],
)
def test_evidence_is_read_as_the_student_chose(client, readers, statuses, made):
    goal = GoalFactory(plan=made.plan)
    evidence = EvidenceFactory(
        goal=goal,
        **flags(readers),
        content=b"%PDF-1.4",
    )
    url = reverse("students:evidence-file", args=[evidence.public_id])
    found = [
        login(client, user).get(url).status_code for user in (made.teacher, supervisor(made), made.trainer)
    ]
    assert tuple(found) == statuses


@pytest.mark.django_db
def test_supervisor_with_may_consent_answers_for_the_employer(client, made):
    goal = made.asked_goal()
    login(client, supervisor(made, may_consent=True))
    response = client.post(
        reverse("students:goal-answer", args=[goal.public_id]),
        {"answer-answer": "yes", "version": goal.latest_id},
    )
    assert response.status_code == 302
    consent = goal.latest.consents.get(party=Party.EMPLOYER)
    assert consent.organisation == made.employer
