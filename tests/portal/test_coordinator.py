"""The coordinator's first page: true sums, hidden small groups, an export that says the same."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import SecurityEvent, User
from core.dates import today
from partnerships.enums import MemberRole, PartnershipShape
from placements.enums import PlacementState
from placements.models import Placement
from placements.queries import figures
from portal.news import change
from tests.demo.taken import taken
from tests.factories.meetings import ActionFactory, ImprovementProposalFactory
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
from tests.helpers import coordinating, login, member

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
    first = client.get(reverse("coordinator-start", args=[partnership.slug])).context
    # Ten of twelve would leave two; how many there are in all is not said.
    assert (first["figures"][1].value, first["figures"][1].note) == (10, "10 meer dan een maand geleden")
    assert first["news"] == "0 plekken zijn vrij"
    page = client.get(reverse("coordinator-figures", args=[partnership.slug]))
    assert next(iter(page.context["page"])).looking is None
    for kind in ("csv", "xlsx"):
        rows = taken(client, page.context["page"].csv_url, kind)
        # With all students, or with nobody free and all who are placed, who looks could be worked out.
        assert rows[0][2:] == ["10", "0", "niet getoond", "niet getoond"]


def test_a_name_does_not_become_a_formula(client, partnership, coordinator):
    qualification, *_rest = region(partnership, students=1, placed=0, seats=1)
    qualification.name = "=1+1"
    qualification.save()
    login(client, coordinator)
    address = reverse("coordinator-figures", args=[partnership.slug])
    assert client.get(address).status_code == 200
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
    with django_assert_num_queries(10):
        client.get(url)


@pytest.mark.parametrize("shape", PartnershipShape)
def test_news_is_written_out_of_the_figures_of_each_shape(client, partnership, coordinator, shape):
    partnership.shape = shape
    partnership.save()
    login(client, coordinator)
    address = reverse("coordinator-start", args=[partnership.slug])
    region(partnership, students=18, placed=8, seats=14)
    InitiativeFactory(partnership=partnership, refreshed_on=today() - timedelta(days=120))
    InitiativeFactory(partnership=partnership)
    CallFactory(partnership=partnership, places_target=40)
    ActionFactory.create_batch(3, partnership=partnership, state="done")
    ActionFactory(partnership=partnership, due_on=today() - timedelta(days=26))
    said = client.get(address).content.decode()
    told = {
        "bilateral": "18 studenten leren hier, 10 zoeken nog een plek",
        "network": "2 initiatieven zijn bezig, 1 al drie maanden zonder nieuws",
        "learning_workplaces": "0 van de 40 plekken zijn zeker",
        "platform": "3 acties zijn gedaan, 1 is te laat",
        "open_pact": "10 studenten zoeken nog, 6 plekken zijn vrij",
    }
    assert f"<h1>{told[shape]}</h1>" in said


def test_without_figures_the_name_is_the_news(client, partnership, coordinator):
    login(client, coordinator)
    page = client.get(reverse("coordinator-start", args=[partnership.slug]))
    assert page.context["news"] == ""
    assert partnership.name in page.content.decode()


def test_change_is_in_words_and_a_few_people_are_no_number(client, partnership, coordinator):
    _qualification, _enrolments, _slot = region(partnership, students=30, placed=12, seats=20)
    login(client, coordinator)
    address = reverse("coordinator-start", args=[partnership.slug])
    assert "12 meer dan een maand geleden" in client.get(address).content.decode()
    ago = today() - timedelta(days=60)
    Placement.objects.filter(seat_no__gt=3).update(confirmed_on=ago)
    assert "een paar meer dan een maand geleden" in client.get(address).content.decode()
    Placement.objects.update(confirmed_on=ago)
    assert "evenveel als een maand geleden" in client.get(address).content.decode()
    assert (change(20, 26), change(4, 6)) == (
        "6 minder dan een maand geleden",
        "een paar minder dan een maand geleden",
    )


def test_tasks_are_grouped_by_kind_with_the_oldest(client, partnership, coordinator):
    call = CallFactory(partnership=partnership)
    for days in (2, 12):
        then = timezone.now() - timedelta(days=days)
        SignUpFactory(call=call, organisation_name=f"Zorgtuin {days}", confirmed_at=then)
    login(client, coordinator)
    page = client.get(reverse("coordinator-start", args=[partnership.slug]))
    (group,) = [group for group in page.context["tasks"] if group.first.kind == "sign_up"]
    assert group.count == 2
    assert "Zorgtuin 12" in group.first.title
    assert "Aanmeldingen beantwoorden" in page.content.decode()


def test_without_places_no_zeros_stand_there(client, partnership, coordinator):
    InitiativeFactory(partnership=partnership)
    ActionFactory(partnership=partnership, due_on=today() - timedelta(days=26))
    for kind in ("care_provider", "school"):
        MemberFactory(partnership=partnership, organisation__kind=kind)
    login(client, coordinator)
    page = client.get(reverse("coordinator-start", args=[partnership.slug]))
    labels = [str(figure.label) for figure in page.context["figures"]]
    assert labels == ["Acties gedaan", "Acties te laat", "Initiatieven die lopen"]
    assert "de oudste 26 dagen" in page.content.decode()
    assert "Vrije plekken" not in page.content.decode()


def test_first_page_takes_twelve_queries_at_most_with_everything_that_waits(client, partnership, coordinator):
    CallFactory(partnership=partnership)
    ActionFactory(partnership=partnership, owner=coordinator.person, due_on=today())
    colleague = member(partnership.members.get().organisation, Role.COORDINATOR)
    ImprovementProposalFactory(partnership=partnership, considered=True, owner=coordinator.person)
    assert colleague
    login(client, coordinator)
    url = reverse("coordinator-start", args=[partnership.slug])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) <= 12


@pytest.mark.parametrize("count", [1, 3])
def test_all_partnerships_on_one_page_cost_the_same(client, django_assert_num_queries, count):
    partnerships = [MemberFactory().partnership for _ in range(count)]
    actor = coordinating(*partnerships)
    for turn, one in enumerate(partnerships):
        ActionFactory(partnership=one, due_on=today() - timedelta(days=10 + turn))
        SignUpFactory(call__partnership=one, confirmed_at=timezone.now())
    login(client, User.objects.get(person=actor.person_id))
    address = reverse("coordinator-all")
    page = client.get(address)
    assert f"{2 * count} taken" in page.content.decode()
    # What waits longest stands first, and says so.
    assert page.context["rows"][0].partnership.partnership_id == partnerships[-1].pk
    assert page.context["rows"][0].oldest == 9 + count
    assert partnerships[0].name in b"".join(client.get(address, {"download": "csv"})).decode()
    with django_assert_num_queries(3):
        client.get(address)
