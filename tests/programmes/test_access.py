"""Who gets what from the pages of programmes."""

import pytest
from django.urls import reverse

from tests.factories.core import ImportRowFactory
from tests.factories.partnerships import PartnershipFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortRequestFactory,
    ProgrammeFactory,
    SessionFactory,
)
from tests.roles import Around, enter, expected, people, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "teacher",
    "school_colleague",
    "school_manager",
    "school_contact",
    "other_school",
    "administrator",
)
SCHOOL = {"anonymous": 302, "teacher": 200, "school_colleague": 200, "school_manager": 200, "*": 404}
TEACHER = {"anonymous": 302, "teacher": 200, "school_manager": 403, "*": 404}
ADMINISTRATOR = {"anonymous": 302, "administrator": 200, "*": 403}
SCHOOL_STAFF = ("teacher", "school_colleague", "school_manager")
# The school takes no part in the partnership that asks.
OUTSIDE = {"anonymous": 302, "*": 404}
ANSWERS = OUTSIDE | dict.fromkeys(SCHOOL_STAFF, 200)
REPORTS = {"anonymous": 302, "*": 403}
HAS_A_COHORT = SCHOOL | dict.fromkeys(("teacher", "school_colleague", "school_manager"), 302)
HAS_A_SESSION = TEACHER | dict.fromkeys(("teacher", "school_manager"), 302)
MATRIX = {
    ("GET", "qualification-list"): ADMINISTRATOR,
    ("GET", "qualification-import"): ADMINISTRATOR,
    ("POST", "qualification-import"): ADMINISTRATOR,
    ("GET", "qualification-import-batch"): ADMINISTRATOR,
    ("POST", "qualification-import-batch"): ADMINISTRATOR,
    ("POST", "qualification-import-commit"): ADMINISTRATOR | {"administrator": 302},
    ("POST", "qualification-import-undo"): ADMINISTRATOR | {"administrator": 302},
    ("GET", "qualification-import-rows"): ADMINISTRATOR,
    ("GET", "qualification-template"): ADMINISTRATOR,
    # Whoever has a role at a member of a partnership with a programme.
    ("GET", "difference-create"): REPORTS,
    ("POST", "difference-create"): REPORTS,
    ("GET", "cohort-request-create"): OUTSIDE,
    ("POST", "cohort-request-create"): OUTSIDE,
    ("GET", "cohort-request-detail"): ANSWERS,
    ("GET", "cohort-request-confirm"): ANSWERS,
    ("POST", "cohort-request-confirm"): ANSWERS,
    ("GET", "cohort-request-decline"): ANSWERS,
    ("POST", "cohort-request-decline"): ANSWERS,
    ("POST", "cohort-request-withdraw"): ANSWERS | dict.fromkeys(SCHOOL_STAFF, 403),
    ("POST", "cohort-request-take-back"): ANSWERS | dict.fromkeys(SCHOOL_STAFF, 302),
    ("GET", "programme-list"): SCHOOL | {"school_contact": 403},
    ("GET", "programme-create"): SCHOOL | {"school_contact": 403},
    ("POST", "programme-create"): SCHOOL | {"school_contact": 403},
    ("GET", "programme-detail"): SCHOOL,
    ("GET", "programme-edit"): SCHOOL,
    ("POST", "programme-edit"): SCHOOL,
    ("GET", "programme-discard"): HAS_A_COHORT,
    ("POST", "programme-discard"): HAS_A_COHORT,
    ("GET", "cohort-create"): SCHOOL,
    ("POST", "cohort-create"): SCHOOL,
    ("GET", "cohort-edit"): TEACHER | {"school_manager": 200},
    ("POST", "cohort-edit"): TEACHER | {"school_manager": 200},
    ("GET", "cohort-discard"): HAS_A_SESSION,
    ("POST", "cohort-discard"): HAS_A_SESSION,
    ("GET", "session-create"): TEACHER,
    ("POST", "session-create"): TEACHER,
    ("GET", "session-edit"): TEACHER,
    ("POST", "session-edit"): TEACHER,
    ("GET", "session-discard"): TEACHER,
    ("POST", "session-discard"): TEACHER | {"teacher": 302},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A school with a programme, a cohort and a session."""
    cohort = CohortFactory()
    of_session = {"session": SessionFactory(cohort=cohort).public_id}
    school = cohort.programme.school
    of_school = {"school": school.slug}
    of_programme = of_school | {"programme": cohort.programme.public_id}
    of_cohort = of_school | {"cohort": cohort.public_id}
    columns = [{"number": 0, "title": "x", "field": "", "examples": [], "is_sure": False, "is_secret": False}]
    row = ImportRowFactory(batch__kind="qualifications", batch__columns=columns)
    of_list = {"batch": row.batch.public_id}
    asking = ProgrammeFactory(school=school, partnership=PartnershipFactory())
    request = CohortRequestFactory(programme=asking)
    return {
        "people": people(COLUMNS, Around(of_cohort=cohort)),
        "urls": {
            **{f"qualification-import-{page}": of_list for page in ("batch", "commit", "undo", "rows")},
            "cohort-request-create": {"slug": request.programme.partnership.slug},
            **{
                f"cohort-request-{page}": {"public_id": request.public_id}
                for page in ("detail", "confirm", "decline", "withdraw", "take-back")
            },
            "programme-list": of_school,
            "programme-create": of_school,
            "programme-detail": of_programme,
            "programme-edit": of_programme,
            "programme-discard": of_programme,
            "cohort-create": of_programme,
            "cohort-edit": of_cohort,
            "cohort-discard": of_cohort,
            "session-create": of_cohort,
            "session-edit": of_cohort | of_session,
            "session-discard": of_cohort | of_session,
        },
    }


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world["people"][column])
    found = {}
    for method, name in MATRIX:
        url = reverse(f"programmes:{name}", kwargs=world["urls"].get(name, {}))
        found[method, name] = status_of(client, method, url)
    assert found == expected(MATRIX, column)
