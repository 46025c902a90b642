"""Who gets what from the pages of places, matches and placements."""

import pytest
from django.urls import reverse
from django.utils import timezone

from placements.enums import SlotState
from tests.factories.partnerships import SignUpFactory, SocialReturnObligationFactory
from tests.factories.placements import SupervisorFactory
from tests.placements.scene import Scene
from tests.roles import enter, expected, status_of

COLUMNS = (
    "anonymous",
    "outsider",
    "student",
    "teacher",
    "contact",
    "manager",
    "supervisor",
    "coordinator",
    "other_employer",
    "other_school",
    "administrator",
)
EMPLOYER = {"anonymous": 302, "contact": 200, "manager": 200, "supervisor": 403, "*": 404}
EMPLOYER_ACT = {"anonymous": 302, "contact": 302, "manager": 302, "supervisor": 403, "*": 404}
SCHOOL_SIDE = {"anonymous": 302, "teacher": 200, "coordinator": 200, "*": 404}
COORDINATOR = {
    "anonymous": 302,
    "outsider": 404,
    "student": 404,
    "administrator": 404,
    "coordinator": 200,
    "*": 403,
}
PARTY = {"anonymous": 302, "student": 200, "teacher": 200, "contact": 200, "coordinator": 200, "*": 404}
PARTY_ACT = {"anonymous": 302, "student": 302, "teacher": 302, "contact": 302, "coordinator": 302, "*": 404}
PLACED = PARTY | {"student": 403, "supervisor": 403}
MATRIX = {
    ("GET", "slot-find"): {"*": 200},
    ("GET", "slot-detail"): {
        "anonymous": 302,
        "student": 200,
        "teacher": 200,
        "contact": 200,
        "manager": 200,
        "coordinator": 200,
        "other_employer": 200,
        "other_school": 200,
        "*": 404,
    },
    ("GET", "slot-list"): EMPLOYER,
    ("GET", "slot-start"): EMPLOYER_ACT,
    ("GET", "slot-examples"): EMPLOYER,
    ("GET", "slot-create"): EMPLOYER,
    ("POST", "slot-create"): EMPLOYER,
    ("GET", "slot-manage"): EMPLOYER,
    ("GET", "slot-edit"): EMPLOYER,
    ("POST", "slot-edit"): EMPLOYER,
    ("POST", "slot-confirm"): EMPLOYER_ACT,
    ("GET", "slot-publish"): EMPLOYER,
    ("POST", "slot-publish"): EMPLOYER,
    ("GET", "slot-close"): EMPLOYER,
    ("POST", "slot-close"): EMPLOYER,
    ("POST", "slot-reopen"): EMPLOYER_ACT,
    ("GET", "slot-discard"): EMPLOYER_ACT,  # it has been online
    ("POST", "slot-discard"): EMPLOYER_ACT,
    ("POST", "slot-copy"): EMPLOYER_ACT,
    ("GET", "supervisor-list"): EMPLOYER,
    ("GET", "supervisor-gaps"): EMPLOYER | {"manager": 403},
    ("POST", "supervisor-gaps"): EMPLOYER | {"manager": 403},
    ("GET", "supervisor-create"): EMPLOYER,
    ("POST", "supervisor-create"): EMPLOYER,
    ("GET", "supervisor-edit"): EMPLOYER,
    ("POST", "supervisor-edit"): EMPLOYER,
    ("GET", "match-list"): {"anonymous": 302, "*": 200},
    ("GET", "match-detail"): PARTY,
    ("GET", "match-answer"): {
        "anonymous": 302,
        "student": 302,  # to the facts, which come first
        "teacher": 403,
        "contact": 302,
        "coordinator": 403,
        "*": 404,
    },
    ("POST", "match-answer"): {
        "anonymous": 302,
        "student": 302,
        "teacher": 403,
        "contact": 302,
        "coordinator": 403,
        "*": 404,
    },
    ("GET", "match-withdraw"): PARTY | {"student": 403, "contact": 403},
    ("POST", "match-take-back"): PARTY_ACT,
    ("POST", "match-withdraw"): PARTY | {"student": 403, "contact": 403},
    ("GET", "match-propose-cohort"): SCHOOL_SIDE,
    ("POST", "match-propose-cohort"): SCHOOL_SIDE,
    ("GET", "match-propose"): COORDINATOR,
    ("POST", "match-propose"): COORDINATOR,
    ("POST", "social-return-places"): {
        "anonymous": 302,
        "contact": 302,
        "manager": 302,
        **dict.fromkeys(("supervisor", "teacher", "coordinator", "other_employer", "other_school"), 403),
        "*": 404,
    },
    ("GET", "sign-up-places"): COORDINATOR,
    ("POST", "sign-up-places"): COORDINATOR,
    ("GET", "placement-list"): {"anonymous": 302, "*": 200},
    ("GET", "placement-break-off"): PLACED,
    ("POST", "placement-break-off"): PLACED,
    ("POST", "placement-restore"): PLACED | {"teacher": 302, "contact": 302, "coordinator": 302},
    ("GET", "placement-supervisor"): PLACED | {"teacher": 403, "coordinator": 403},
    ("POST", "placement-supervisor"): PLACED | {"teacher": 403, "coordinator": 403},
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A place online with a match to answer and a placement, and everyone around them."""
    scene = Scene()
    slot, enrolment = scene.slot(seats=3), scene.enrolment()
    supervisor = scene.supervisor.person.memberships.get()
    match, placement = scene.agreed(slot, enrolment), scene.placement(slot, enrolment, supervisor=supervisor)
    place = {"slug": scene.employer.slug, "public_id": slot.public_id}
    sign_up = SignUpFactory(
        call__partnership=scene.partnership,
        organisation=scene.employer,
        state="started",
        confirmed_at=timezone.now(),
    )
    duty = SocialReturnObligationFactory(organisation=scene.employer)
    own, matched, placed = (
        {"slug": scene.employer.slug},
        {"public_id": match.public_id},
        {"public_id": placement.public_id},
    )
    return {
        "people": scene.people(COLUMNS, enrolment),
        "slot": slot,
        "urls": {
            "slot-find": {},
            "slot-detail": {"public_id": slot.public_id},
            "slot-list": own,
            "slot-start": own,
            "slot-examples": own,
            "slot-create": {**own, "step": "plek"},
            "slot-edit": {**place, "step": "plek"},
            "supervisor-list": own,
            "supervisor-create": own,
            "supervisor-gaps": own,
            "supervisor-edit": {**own, "public_id": SupervisorFactory(organisation=scene.employer).public_id},
            "match-list": {},
            **dict.fromkeys(("match-detail", "match-answer", "match-withdraw", "match-take-back"), matched),
            "match-propose-cohort": {"slug": scene.school.slug, "public_id": scene.cohort.public_id},
            "match-propose": {"slug": scene.partnership.slug},
            "social-return-places": {"slug": scene.employer.slug, "public_id": duty.public_id},
            "sign-up-places": {"slug": scene.partnership.slug, "public_id": sign_up.public_id},
            "placement-list": {},
            **dict.fromkeys(("placement-break-off", "placement-restore", "placement-supervisor"), placed),
            "other": place,
        },
    }


def address(world, name):
    return reverse(f"placements:{name}", kwargs=world["urls"].get(name, world["urls"]["other"]))


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    enter(client, world["people"][column])
    found = {(method, name): status_of(client, method, address(world, name)) for method, name in MATRIX}
    assert found == expected(MATRIX, column)


@pytest.mark.django_db
def test_draft_is_shown_to_nobody_else(client, world):
    slot = world["slot"]
    type(slot).objects.filter(pk=slot.pk).update(state=SlotState.DRAFT)
    seen = {}
    for column, user in world["people"].items():
        if user:
            enter(client, user)
            seen[column] = status_of(client, "GET", address(world, "slot-detail"))
    assert {column for column, status in seen.items() if status == 200} == {"contact", "manager"}
