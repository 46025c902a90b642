"""The employers of a call in columns, moved by a button; and next year's call from this one."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import a_year_after
from core.models import StateChange
from partnerships.enums import MemberRole, SignUpState
from partnerships.models import Call
from partnerships.presenters import boards
from tests.factories.partnerships import (
    CallFactory,
    MemberFactory,
    PartnershipFactory,
    PledgeConditionFactory,
    SignUpFactory,
)
from tests.helpers import login, member, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(client, partnership):
    lead = MemberFactory(partnership=partnership, role=MemberRole.LEAD).organisation
    user = member(lead, Role.COORDINATOR)
    login(client, user)
    return user


def sign_up(call, state, **facts):
    return SignUpFactory(call=call, state=state, confirmed_at=timezone.now(), **facts)


def board_of(call):
    return reverse("partnerships:coordination-call-board", args=[call.partnership.slug, call.slug])


def move_of(row):
    here = [row.call.partnership.slug, row.public_id]
    return reverse("partnerships:coordination-sign-up-move", args=here)


def states_of(page):
    return {
        column.state.value: [card.organisation_name for card in column.cards]
        for column in page.context["columns"]
        if column.cards
    }


def test_c02_call_counts_partners_and_places_against_targets_of_its_own(client, partnership):
    """Each call of each study year has its own targets; the public page says what is firm, conditional and open."""
    call = CallFactory(partnership=partnership, partners_target=10, places_target=100, study_year=2027)
    later = CallFactory(partnership=partnership, partners_target=4, places_target=30, study_year=2028)
    sign_up(call, SignUpState.SIGNED, places=12)
    sign_up(call, SignUpState.PLEDGED, places=8)
    PledgeConditionFactory(sign_up=sign_up(call, SignUpState.PLEDGED, places=9))
    sign_up(call, SignUpState.DROPPED_OUT, places=7, organisation_name="Stopt Ermee")
    page = client.get(call.get_absolute_url())
    words = " ".join(page.content.decode().split())
    for said in ("2 van de 10 zeker", "20 van de 100 zeker", "9 onder voorwaarde", "nog 71 open"):
        assert said in words
    assert "Stopt Ermee" not in words
    assert "teruggetrokken" not in words
    assert "0 van de 30 zeker" in " ".join(client.get(later.get_absolute_url()).content.decode().split())


def test_c03_employer_goes_through_the_pipeline_on_the_board(client, partnership, coordinator):
    """Interest, in talks, pledged, signed, started by an ordinary button; dropped out with a reason on its own page."""
    call = CallFactory(partnership=partnership)
    row = sign_up(call, SignUpState.INTEREST, organisation_name="Zorgtuin", places=6)
    walked = []
    for action in ("talk", "pledge", "sign", "start"):
        html = client.get(board_of(call)).content.decode()
        assert f'name="action" value="{action}"' in html
        answer = press(client, move_of(row), row, {"action": action, "board": "1"})
        assert answer.url == board_of(call)
        walked += states_of(client.get(board_of(call)))
    assert walked == ["talking", "pledged", "signed", "started"]
    press(client, move_of(row), row, {"action": "drop_out", "board": "1", "reason": "Geen begeleider meer"})
    page = client.get(board_of(call))
    assert states_of(page) == {"dropped_out": ["Zorgtuin"]}
    assert [act.by for act in StateChange.objects.order_by("pk")] == [coordinator.person] * 5


def test_card_that_was_moved_meanwhile_is_not_moved_again(client, partnership, coordinator):
    row = sign_up(CallFactory(partnership=partnership), SignUpState.INTEREST)
    late = str(row.row_version)
    press(client, move_of(row), row, {"action": "talk", "board": "1"})
    page = client.post(move_of(row), {"action": "pledge", "board": "1", "read": late})
    assert "Er is iets gewijzigd" in page.content.decode()
    row.refresh_from_db()
    assert row.state == SignUpState.TALKING


def test_board_and_list_say_the_same_and_a_long_column_leads_to_the_list(
    client, partnership, coordinator, monkeypatch
):
    call = CallFactory(partnership=partnership)
    for _ in range(3):
        sign_up(call, SignUpState.PLEDGED, places=5)
    SignUpFactory(call=call, places=400)  # not confirmed
    monkeypatch.setattr(boards, "MOST_STEPS", 2)
    page = client.get(board_of(call))
    column = page.context["columns"][2]
    assert (column.employers, column.places, len(column.cards)) == (3, 15, 2)
    assert "Alle in de lijst zien" in page.content.decode()
    shown = client.get(reverse("partnerships:coordination-call", args=[partnership.slug, call.slug]))
    assert shown.context["figures"]["firm_places"] == column.places


@pytest.mark.parametrize("item_count", [1, 3])
def test_board_costs_the_same(client, partnership, coordinator, fetched_in, item_count):
    call = CallFactory(partnership=partnership)
    for _ in range(item_count):
        sign_up(call, SignUpState.TALKING)
    page = fetched_in(6, board_of(call))
    assert len(page.context["columns"][1].cards) == item_count


# Next year's call


def next_of(call):
    here = [call.partnership.slug, call.slug]
    return reverse("partnerships:coordination-call-start-next", args=here)


def test_next_years_call_starts_from_this_years(client, partnership, coordinator):
    call = CallFactory(partnership=partnership, title="Werkgevers gezocht", text="Doe mee", partners_target=7)
    sign_up(call, SignUpState.SIGNED)
    answer = client.post(next_of(call))
    made = Call.objects.exclude(pk=call.pk).get()
    assert answer.url == reverse("partnerships:coordination-call-change", args=[partnership.slug, made.slug])
    assert (made.title, made.text, made.partners_target) == ("Werkgevers gezocht", "Doe mee", 7)
    assert (made.study_year, made.deadline) == (call.study_year + 1, a_year_after(call.deadline))
    assert (made.is_published, made.sign_ups.count()) == (False, 0)
    assert "is een concept" in client.get(answer.url).content.decode()


def test_pressed_twice_there_is_one_of_next_year(client, partnership, coordinator):
    call = CallFactory(partnership=partnership)
    client.post(next_of(call))
    page = client.post(next_of(call), follow=True)
    assert "Er is al een oproep met deze titel" in page.content.decode()
    assert Call.objects.count() == 2


def test_last_of_february_stays_in_february():
    assert a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)
    assert a_year_after(date(2027, 2, 28)) == date(2028, 2, 28)
