"""Who gets what from the pages of cohorts, enrolments and a cohort's work situations."""

import pytest
from django.urls import reverse

from students.enums import EnrolmentState
from tests.factories.accounts import PersonFactory
from tests.factories.core import ImportRowFactory
from tests.factories.partnerships import OrganisationFactory, PartnershipFactory
from tests.factories.placements import access
from tests.factories.programmes import CohortFactory, SessionFactory
from tests.factories.students import (
    EnrolmentFactory,
    StudentFactory,
    TreatmentFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "student",
    "teacher",
    "school_colleague",
    "school_manager",
    "contact",
    "supervisor",
    "coordinator",
    "administrator",
)
TEACHER = {"anonymous": 302, "teacher": 200, "school_manager": 403, "coordinator": 403, "*": 404}
MATRIX = {
    ("GET", "cohort-list"): {
        "anonymous": 302,
        "teacher": 200,
        "school_colleague": 200,
        "school_manager": 200,
        "*": 404,
    },
    ("GET", "cohort-detail"): TEACHER,
    ("GET", "session-list"): TEACHER,
    ("GET", "session-detail"): TEACHER,
    ("GET", "enrolment-create"): TEACHER,
    ("POST", "enrolment-create"): TEACHER,
    ("GET", "enrolment-import"): TEACHER,
    ("POST", "enrolment-import"): TEACHER,
    ("GET", "enrolment-import-batch"): TEACHER,
    ("POST", "enrolment-import-batch"): TEACHER,
    ("POST", "enrolment-import-commit"): TEACHER | {"teacher": 302},
    ("POST", "enrolment-import-undo"): TEACHER | {"teacher": 302},
    ("GET", "enrolment-import-rows"): TEACHER,
    ("GET", "enrolment-template"): TEACHER,
    ("GET", "enrolment-detail"): TEACHER,
    ("GET", "enrolment-edit"): TEACHER,
    ("POST", "enrolment-edit"): TEACHER,
    ("POST", "enrolment-invite"): TEACHER | {"teacher": 302},
    ("POST", "enrolment-admit"): TEACHER | {"teacher": 302},
    ("GET", "enrolment-drop-out"): TEACHER,
    ("POST", "enrolment-drop-out"): TEACHER,
    ("GET", "enrolment-complete"): TEACHER,
    ("POST", "enrolment-complete"): TEACHER | {"teacher": 302},
    ("POST", "enrolment-reinstate"): TEACHER | {"teacher": 302},
    ("GET", "enrolment-return"): TEACHER,
    ("POST", "enrolment-return"): TEACHER,
    ("GET", "enrolment-transfer"): TEACHER,
    ("POST", "enrolment-transfer"): TEACHER,
    ("GET", "cohort-situation-list"): TEACHER,
    ("POST", "cohort-situation-plan"): TEACHER,
    ("GET", "cohort-situation-treat"): TEACHER,
    ("POST", "cohort-situation-treat"): TEACHER,
    ("GET", "cohort-situation-blank"): TEACHER,
    ("POST", "cohort-situation-blank"): TEACHER,
    ("POST", "cohort-situation-keep"): TEACHER | {"teacher": 302},
    ("POST", "cohort-situation-take-out"): TEACHER | {"teacher": 302},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A cohort with a student of each kind, and everyone around it."""
    partnership = PartnershipFactory()
    cohort = CohortFactory(programme__partnership=partnership, name="Groep A")
    school = cohort.programme.school
    enrolment = EnrolmentFactory(cohort=cohort)
    invited = EnrolmentFactory(cohort=cohort, student=StudentFactory(person=PersonFactory()))
    waiting = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    left = EnrolmentFactory(cohort=cohort, state=EnrolmentState.DROPPED_OUT)
    employer = OrganisationFactory()
    access(enrolment=enrolment, organisation=employer)
    base = {"school": school.slug, "cohort": cohort.public_id}
    treatment = TreatmentFactory(situation__enrolment=enrolment)
    of_situation = base | {"situation": treatment.situation.public_id}
    of_student = base | {"enrolment": enrolment.public_id}
    return {
        "cohort": cohort,
        "people": people(COLUMNS, Around(employer=employer, partnership=partnership, enrolment=enrolment)),
        "base": base,
        "urls": {
            "cohort-list": {"school": school.slug},
            "session-detail": base | {"session": SessionFactory(cohort=cohort).public_id},
            "enrolment-invite": base | {"enrolment": invited.public_id},
            "enrolment-admit": base | {"enrolment": waiting.public_id},
            "cohort-situation-treat": of_situation,
            "cohort-situation-blank": of_situation,
            "cohort-situation-keep": of_situation,
            "cohort-situation-take-out": of_situation | {"session": treatment.session.public_id},
        }
        | dict.fromkeys(
            [f"enrolment-import-{page}" for page in ("batch", "commit", "undo", "rows")],
            base | {"batch": list_of(cohort).public_id},
        )
        | dict.fromkeys(
            (
                "enrolment-detail",
                "enrolment-edit",
                "enrolment-drop-out",
                "enrolment-complete",
                "enrolment-transfer",
            ),
            of_student,
        )
        | dict.fromkeys(("enrolment-reinstate", "enrolment-return"), base | {"enrolment": left.public_id}),
    }


def list_of(cohort):
    """A list that was handed in for the cohort, its columns not yet chosen."""
    columns = [{"number": 0, "title": "x", "field": "", "examples": [], "is_sure": False, "is_secret": False}]
    return ImportRowFactory(batch__target=str(cohort.pk), batch__columns=columns).batch


def address(world, name, **other):
    # What shows rows of higher apps too stands in none of them.
    full = name if name in {"cohort-detail", "enrolment-detail"} else f"students:{name}"
    return reverse(full, kwargs=world["urls"].get(name, world["base"]) | other)


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world["people"][column])
    found = {(method, name): status_of(client, method, address(world, name)) for method, name in MATRIX}
    assert found == expected(MATRIX, column)


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["school", "cohort"])
def test_other_school_or_cohort_in_the_path_is_not_found(client, world, part):
    """The cohort must be of the school in the path, and what stands under it of the cohort; whoever asks."""
    enter(client, world["people"]["teacher"])
    other = {
        "school": OrganisationFactory(school=True).slug,
        "cohort": CohortFactory(programme=world["cohort"].programme).public_id,
    }
    rows = [(method, name) for method, name in MATRIX if part in world["urls"].get(name, world["base"])]
    found = {
        (method, name): status_of(client, method, address(world, name, **{part: other[part]}))
        for method, name in rows
    }
    assert found == dict.fromkeys(rows, 404)
