"""The coordinator's first page: true sums, hidden small groups, an export that says the same."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import SecurityEvent
from core.dates import today
from partnerships.enums import MemberRole
from placements.enums import PlacementState
from placements.queries import figures
from tests.demo.taken import taken
from tests.factories.partnerships import (
    CallFactory,
    InitiativeFactory,
    MemberFactory,
    OrganisationFactory,
    SignUpFactory,
)
from tests.factories.placements import PlacementFactory, SlotFactory
from tests.factories.programmes import CohortFactory, ProgrammeFactory, QualificationFactory
from tests.factories.students import EnrolmentFactory, LearningPlanFactory
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    body = OrganisationFactory(kind="knowledge_network")
    return MemberFactory(organisation=body, role=MemberRole.LEAD).partnership


@pytest.fixture
def coordinator(partnership):
    return member(partnership.members.get().organisation, Role.COORDINATOR)


def region(partnership, *, students: int, placed: int, seats: int):
    """One qualification with a slot and a cohort, some of its students placed."""
    qualification = QualificationFactory()
    programme = ProgrammeFactory(partnership=partnership, qualifications=[qualification])
    cohort = CohortFactory(programme=programme)
    slot = SlotFactory(partnership=partnership, seats=seats, qualifications=[qualification])
    enrolments = EnrolmentFactory.create_batch(students, cohort=cohort)
    for number, enrolment in enumerate(enrolments[:placed]):
        PlacementFactory(slot=slot, enrolment=enrolment, seat_no=number + 1)
    return qualification, enrolments, slot


def test_places_and_students_are_counted_once(partnership):
    qualification, enrolments, slot = region(partnership, students=12, placed=6, seats=10)
    slot.qualifications.add(QualificationFactory())
    for enrolment in enrolments[:5]:
        LearningPlanFactory(enrolment=enrolment, active=True)
    # None of these counts: a draft, one nobody confirmed, a seat of a broken-off placement, another partnership.
    SlotFactory(partnership=partnership, draft=True)
    SlotFactory(partnership=partnership, confirmed_on=today() - timedelta(days=46))
    PlacementFactory(slot=slot, seat_no=9, state=PlacementState.BROKEN_OFF)
    region(PlacementFactory().slot.partnership, students=1, placed=1, seats=2)
    found = figures.of_partnership(partnership.pk)
    assert (found.places, found.free) == (10, 4)
    assert (found.students, found.placed, found.plans_agreed) == (12, 6, 5)
    row = next(row for row in found.rows if row.crebo == qualification.crebo)
    assert (row.places, row.free, row.students, row.looking) == (10, 4, 12, 6)


def test_who_learns_for_two_qualifications_is_counted_once(partnership):
    """A combined programme is one row; a place for it and for others stands where it could be used."""
    qualification, enrolments, _slot = region(partnership, students=12, placed=6, seats=10)
    other = QualificationFactory(name="Zz", crebo="25999")
    programme = enrolments[0].cohort.programme
    programme.qualifications.add(other)
    both = SlotFactory(partnership=partnership, qualifications=[qualification, other], seats=4)
    SlotFactory(partnership=partnership, qualifications=[other], seats=3)
    rows = {row.crebo: row for row in figures.of_partnership(partnership.pk).rows}
    together = f"{qualification.crebo} + {other.crebo}"
    assert sum(row.students or 0 for row in rows.values()) == 12
    assert (rows[together].students, rows[together].places, rows[together].free) == (
        12,
        both.seats,
        both.seats,
    )
    assert rows[together].name == f"{qualification.name} + Zz"
    assert (rows[other.crebo].places, rows[qualification.crebo].places) == (3, 10)


def test_small_groups_are_hidden_on_the_page_and_in_the_export(client, partnership, coordinator):
    region(partnership, students=12, placed=10, seats=10)
    login(client, coordinator)
    page = client.get(reverse("coordinator-start", args=[partnership.slug]))
    assert page.context["rows"][0].looking is None
    assert (page.context["figures"][1].value, page.context["figures"][1].note) == (10, "")
    for kind in ("csv", "xlsx"):
        rows = taken(client, page.context["figures_page"].csv_url, kind)
        # With all students, or with nobody free and all who are placed, who looks could be worked out.
        assert rows[0][2:] == ["10", "0", "niet getoond", "niet getoond"]


def test_a_name_does_not_become_a_formula(client, partnership, coordinator):
    qualification, *_rest = region(partnership, students=1, placed=0, seats=1)
    qualification.name = "=1+1"
    qualification.save()
    login(client, coordinator)
    address = reverse("coordinator-figures", args=[partnership.slug])
    assert client.get(address).url == reverse("coordinator-start", args=[partnership.slug])
    export = b"".join(client.get(address, {"download": "csv"})).decode("utf-8-sig")
    assert SecurityEvent.objects.get(kind="list_taken").what == "coordinator-figures csv"
    assert "\n=1+1" not in export
    assert "'=1+1" in export


def test_first_page_says_whose_turn_it_is(client, partnership, coordinator):
    call = CallFactory(partnership=partnership)
    SignUpFactory(call=call, organisation_name="Zorgtuin", confirmed_at=timezone.now())
    InitiativeFactory(partnership=partnership, refreshed_on=today() - timedelta(days=120), title="Oud nieuws")
    login(client, coordinator)
    page = client.get(reverse("coordinator-start", args=[partnership.slug])).content.decode()
    assert "Zorgtuin" in page
    tasks = client.get(reverse("coordinator-next-steps", args=[partnership.slug])).content.decode()
    assert "Oud nieuws" in tasks


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_costs_the_same_for_one_and_three(
    client, partnership, coordinator, django_assert_num_queries, count
):
    for _ in range(count):
        region(partnership, students=2, placed=1, seats=2)
    CallFactory(partnership=partnership)
    InitiativeFactory.create_batch(count, partnership=partnership)
    login(client, coordinator)
    url = reverse("coordinator-start", args=[partnership.slug])
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)
