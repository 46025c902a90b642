"""Who gets what from the pages of places, matches, placements and accreditations."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.enums import Role
from placements.enums import SlotState
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MemberFactory, OrganisationFactory
from tests.factories.placements import SupervisorFactory
from tests.factories.programmes import AccreditationFactory
from tests.helpers import login, member
from tests.placements.scene import Scene

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
    "other_teacher",
    "administrator",
)
# anonymous and outsider first; other_employer and other_teacher are in the same partnership
EMPLOYER = (302, 404, 404, 404, 200, 200, 403, 404, 404, 404, 404)
EMPLOYER_ACT = (302, 404, 404, 404, 302, 302, 403, 404, 404, 404, 404)
MATRIX = {  #                       anon  out  stud teach cont mana supe coor oemp otea admi
    ("GET", "slot-find"): (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "slot-detail"): (302, 404, 200, 200, 200, 200, 404, 200, 200, 200, 404),
    ("GET", "slot-list"): EMPLOYER,
    ("GET", "slot-start"): EMPLOYER_ACT,
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
    ("POST", "slot-copy"): EMPLOYER_ACT,
    ("GET", "supervisor-list"): EMPLOYER,
    ("GET", "supervisor-create"): EMPLOYER,
    ("POST", "supervisor-create"): EMPLOYER,
    ("GET", "supervisor-edit"): EMPLOYER,
    ("POST", "supervisor-edit"): EMPLOYER,
    ("GET", "match-list"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "match-detail"): (302, 404, 200, 200, 200, 404, 404, 200, 404, 404, 404),
    ("POST", "match-answer"): (302, 404, 200, 403, 302, 404, 404, 403, 404, 404, 404),
    ("GET", "match-withdraw"): (302, 404, 403, 200, 403, 404, 404, 200, 404, 404, 404),
    ("POST", "match-withdraw"): (302, 404, 403, 200, 403, 404, 404, 200, 404, 404, 404),
    ("GET", "match-propose-cohort"): (302, 404, 404, 200, 404, 404, 404, 200, 404, 404, 404),
    ("POST", "match-propose-cohort"): (302, 404, 404, 200, 404, 404, 404, 200, 404, 404, 404),
    ("GET", "match-propose"): (302, 404, 404, 403, 403, 403, 403, 200, 403, 403, 404),
    ("POST", "match-propose"): (302, 404, 404, 403, 403, 403, 403, 200, 403, 403, 404),
    ("GET", "placement-list"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "placement-detail"): (302, 404, 200, 200, 200, 404, 200, 200, 404, 404, 404),
    ("GET", "placement-break-off"): (302, 404, 403, 200, 200, 404, 403, 200, 404, 404, 404),
    ("POST", "placement-break-off"): (302, 404, 403, 200, 200, 404, 403, 200, 404, 404, 404),
    ("GET", "placement-supervisor"): (302, 404, 403, 403, 200, 404, 403, 403, 404, 404, 404),
    ("POST", "placement-supervisor"): (302, 404, 403, 403, 302, 404, 403, 403, 404, 404, 404),
    ("GET", "accreditation-list"): (302, 403, 403, 200, 403, 403, 403, 200, 403, 200, 403),
    ("GET", "programmes:accreditation-create"): (302, 403, 403, 200, 403, 403, 403, 200, 403, 200, 403),
    ("POST", "programmes:accreditation-create"): (302, 403, 403, 200, 403, 403, 403, 200, 403, 200, 403),
    ("GET", "programmes:accreditation-detail"): (302, 404, 404, 200, 302, 302, 404, 200, 404, 200, 404),
    ("POST", "programmes:accreditation-detail"): (302, 404, 404, 200, 302, 302, 404, 200, 404, 200, 404),
    ("GET", "programmes:accreditation-own"): EMPLOYER,
}


@pytest.fixture(scope="module")
def world(once):
    return once(make_world)


def make_world():
    """A place online with a match to answer and a placement, and everyone around them."""
    scene = Scene()
    other, school = OrganisationFactory(), OrganisationFactory(school=True)
    MemberFactory(partnership=scene.partnership, organisation=other)
    MemberFactory(partnership=scene.partnership, organisation=school)
    slot, enrolment = scene.slot(seats=3), scene.enrolment()
    supervisor = SupervisorFactory(
        organisation=scene.employer,
        membership=scene.supervisor.memberships.get(),
        email=scene.supervisor.email,
    )
    match, placement = scene.agreed(slot, enrolment), scene.placement(slot, enrolment, supervisor=supervisor)
    check = AccreditationFactory(organisation=scene.employer, crebo=scene.qualification.crebo)
    place = {"slug": scene.employer.slug, "public_id": slot.public_id}
    own, matched, placed = (
        {"slug": scene.employer.slug},
        {"public_id": match.public_id},
        {"public_id": placement.public_id},
    )
    return {
        "people": {
            "anonymous": None,
            "outsider": UserFactory(),
            "student": enrolment.student.user,
            "teacher": scene.teacher,
            "contact": scene.contact,
            "manager": member(scene.employer, Role.MANAGER),
            "supervisor": scene.supervisor,
            "coordinator": scene.coordinator,
            "other_employer": member(other, Role.CONTACT),
            "other_teacher": member(school, Role.TEACHER),
            "administrator": UserFactory(is_staff=True),
        },
        "slot": slot,
        "urls": {
            "slot-find": {},
            "slot-detail": {"public_id": slot.public_id},
            "slot-list": own,
            "slot-start": own,
            "slot-create": {**own, "step": "plek"},
            "slot-edit": {**place, "step": "plek"},
            "supervisor-list": own,
            "supervisor-create": own,
            "supervisor-edit": {**own, "public_id": supervisor.public_id},
            "match-list": {},
            **dict.fromkeys(("match-detail", "match-answer", "match-withdraw"), matched),
            "match-propose-cohort": {"slug": scene.school.slug, "public_id": scene.cohort.public_id},
            "match-propose": {"slug": scene.partnership.slug},
            "placement-list": {},
            **dict.fromkeys(("placement-detail", "placement-break-off", "placement-supervisor"), placed),
            "accreditation-list": {},
            "programmes:accreditation-create": {},
            "programmes:accreditation-detail": {**own, "crebo": check.crebo},
            "programmes:accreditation-own": own,
            "other": place,
        },
    }


class Undo(Exception):
    """Ends a block whose writes must not stay."""


def status_of(client, world, method, name):
    known = name if name == "placement-detail" or ":" in name else f"placements:{name}"
    url = reverse(known, kwargs=world["urls"].get(name, world["urls"]["other"]))
    status = 0
    try:
        with transaction.atomic():
            status = client.generic(method, url).status_code
            raise Undo
    except Undo:
        return status


@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_access(client, world, column):
    """What an act changes is undone before the next row."""
    user = world["people"][column]
    if user:
        login(client, user)
    found = {row: status_of(client, world, *row) for row in MATRIX}
    expected = {row: statuses[COLUMNS.index(column)] for row, statuses in MATRIX.items()}
    assert {row: status for row, status in found.items() if status != expected[row]} == {}


@pytest.mark.django_db
def test_draft_is_shown_to_nobody_else(client, world):
    slot = world["slot"]
    type(slot).objects.filter(pk=slot.pk).update(state=SlotState.DRAFT)
    seen = {}
    for column, user in world["people"].items():
        if user:
            login(client, user)
            seen[column] = status_of(client, world, "GET", "slot-detail")
    assert {column for column, status in seen.items() if status == 200} == {"contact", "manager"}
