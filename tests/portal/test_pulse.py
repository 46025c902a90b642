"""How a partnership runs: every figure opens the list that it was counted from; and the report for the board."""

from datetime import timedelta

import page as pdf_page
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.dates import today
from meetings.models import Action
from portal import documents, pulse
from tests.factories.core import StateChangeFactory
from tests.factories.meetings import (
    ActionFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
)
from tests.factories.partnerships import (
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    MembershipFactory,
    PartnershipFactory,
)
from tests.factories.placements import MatchFactory, PlacementFactory, SlotFactory
from tests.factories.programmes import CohortFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import coordinating, login

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory(name="Zorgpact Polderstad")


@pytest.fixture
def coordinator(client, partnership):
    actor = coordinating(partnership)
    login(client, User.objects.get(person=actor.person_id))
    return actor


def page_of(partnership) -> str:
    return reverse("coordinator-pulse", args=[partnership.slug])


def answered(partnership, *, took: int, ago: int):
    """A proposal that its employer answered `ago` days ago, after so many days."""
    match = MatchFactory(slot__partnership=partnership, slot__title="Plek op Molenhof", state="declined")
    then = timezone.now() - timedelta(days=ago)
    type(match).objects.filter(pk=match.pk).update(proposed_at=then - timedelta(days=took))
    StateChangeFactory(
        model="placements.match", object_id=match.pk, from_state="proposed", to_state="declined", at=then
    )


def held(partnership, *, hours: int, ago: int, people: int):
    starts = timezone.now() - timedelta(days=ago)
    meeting = MeetingFactory(
        partnership=partnership,
        starts_at=starts,
        ends_at=starts + timedelta(hours=hours),
        state="held",
        place="Zaal",
    )
    AttendanceFactory.create_batch(people, meeting=meeting, was_present=True)


def full(partnership):
    answered(partnership, took=9, ago=5)
    answered(partnership, took=7, ago=100)
    slot = SlotFactory(partnership=partnership, seats=4)
    PlacementFactory(slot=slot, seat_no=1)
    ActionFactory(partnership=partnership, title="Lijst van functies", due_on=today() - timedelta(days=26))
    ActionFactory(partnership=partnership, due_on=today())
    held(partnership, hours=3, ago=20, people=2)
    held(partnership, hours=1, ago=400, people=2)
    group = GroupFactory(partnership=partnership, name="Werkgroep Lessen", max_size=2)
    for _each in range(3):
        organisation = MemberFactory(partnership=partnership).organisation
        role = MembershipFactory(organisation=organisation, role="colleague")
        GroupSeatFactory(group=group, organisation=organisation, person=role.person)


def shown(client, partnership) -> dict[str, tuple[str, str]]:
    found = client.get(page_of(partnership)).context["measures"]
    return {measure.key: (measure.value, measure.note) for measure in found}


def test_e08_warning_when_a_table_grows_too_large_to_act(client, partnership, coordinator):
    full(partnership)
    assert shown(client, partnership)["tafels"][0] == "1"
    said = client.get(page_of(partnership), {"lijst": "tafels"}).content.decode()
    assert "Werkgroep Lessen" in said
    assert "te groot om te handelen" in said


def test_each_figure_says_how_it_changed(client, partnership, coordinator):
    full(partnership)
    found = shown(client, partnership)
    assert found["antwoord"] == ("9 dagen", "2 dagen trager dan in de drie maanden daarvoor")
    assert found["acties"] == ("1", "de oudste 26 dagen")
    assert found["vergaderen"] == ("3 uur", "per persoon, 2 uur meer dan in het jaar daarvoor")
    assert found["bezetting"][0].endswith("%")


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("antwoord", "Plek op Molenhof"),
        ("acties", "Lijst van functies"),
        ("tafels", "Werkgroep Lessen"),
    ],
)
def test_every_figure_opens_the_list_behind_it_and_gives_it_as_a_file(
    client, partnership, coordinator, key, told
):
    full(partnership)
    page = client.get(page_of(partnership), {"lijst": key})
    assert told in page.content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # whose pages say in which language a title is
    page = client.get(page_of(partnership), {"lijst": key})
    assert f'<span lang="nl">{told}' in page.content.decode()
    file = client.get(page_of(partnership), {"lijst": key, "download": "csv"})
    lines = b"".join(file.streaming_content).decode()
    assert told in lines
    assert "<span" not in lines


@pytest.mark.parametrize("key", pulse._MADE)
def test_every_list_can_be_taken_along_and_an_empty_one_says_so(client, partnership, coordinator, key):
    assert "Hier is nog niets te tellen." in client.get(page_of(partnership), {"lijst": key}).content.decode()
    assert client.get(page_of(partnership), {"lijst": key, "download": "xlsx"}).status_code == 200


def test_few_who_left_are_hidden_with_what_gives_them_away(client, partnership, coordinator):
    for left in (2, 8):
        cohort = CohortFactory(programme__partnership=partnership)
        EnrolmentFactory.create_batch(10, cohort=cohort)
        EnrolmentFactory.create_batch(
            left,
            cohort=cohort,
            state="dropped_out",
            leaving_reason="werk",
            ended_on=today(),
            starts_on="2026-01-01",
        )
    page = client.get(page_of(partnership), {"lijst": "uitval"}).context
    numbers = [row.cells[1:] for row in page["page"]]
    # Both who left are hidden though one is eight: the sum, or all who learnt less who stayed, would tell the other.
    assert all("niet getoond" in map(str, cells) for cells in numbers)
    file = b"".join(
        client.get(page_of(partnership), {"lijst": "uitval", "download": "csv"}).streaming_content
    )
    assert "niet getoond" in file.decode()
    assert ";2\r" not in file.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_many(client, django_assert_num_queries, partnership, coordinator, number):
    for _each in range(number):
        answered(partnership, took=3, ago=4)
        ActionFactory(partnership=partnership, due_on=today() - timedelta(days=2))
        held(partnership, hours=1, ago=3, people=1)
        GroupFactory(partnership=partnership)
    client.get(page_of(partnership))
    with django_assert_num_queries(8):
        client.get(page_of(partnership))


def test_report_for_the_board_tells_news_figures_decisions_and_what_is_late(client, partnership, coordinator):
    full(partnership)
    placed = PlacementFactory(slot__partnership=partnership)
    decision = DecisionFactory(item__meeting__partnership=partnership, text="We gaan door met Kees")
    data = documents.contents(coordinator, partnership)
    said = str(data)
    assert data["news"]
    assert f"Besluit {decision.number}" in said or f"Decision {decision.number}" in said
    assert "26" in said
    for never in (placed.student.full_name, "Kees", Action.objects.earliest("due_on").title):
        assert never not in said
    answer = client.get(reverse("coordinator-report", args=[partnership.slug]))
    assert answer["Content-Type"] == "application/pdf"
    report = pdf_page.validate_pdf_bytes(answer.content, profile="ua1")
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("number", [1, 3])
def test_report_costs_the_same_for_many(client, django_assert_num_queries, partnership, coordinator, number):
    for _each in range(number):
        ActionFactory(partnership=partnership, due_on=today() - timedelta(days=2))
        DecisionFactory(item__meeting__partnership=partnership)
    with django_assert_num_queries(9):
        documents.contents(coordinator, partnership)
