"""What an employer offers where, and on which conditions: the lines of a sign-up, and what the gauge makes of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange, OutgoingMail
from partnerships.enums import ConditionState, MemberRole, SignUpState
from partnerships.models import PledgeCondition, SignUp
from partnerships.services import conditions as service
from tests.factories.partnerships import (
    CallFactory,
    MemberFactory,
    PartnershipFactory,
    PledgeConditionFactory,
    SignUpFactory,
    SignUpLineFactory,
)
from tests.helpers import coordinating, edit, link_of, login, member, open_link, press
from tests.partnerships.signing_up import ANSWERS, confirm, post, sign_up_url

pytestmark = pytest.mark.django_db

SECOND = {"places_2": "6", "neighbourhood_2": "Zuilen", "setting_2": "wijkzorg", "level_2": "3"}


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(client, partnership):
    lead = MemberFactory(partnership=partnership, role=MemberRole.LEAD).organisation
    user = member(lead, Role.COORDINATOR)
    login(client, user)
    return user


def pledged(partnership, **facts):
    facts = {"state": SignUpState.PLEDGED, "confirmed_at": timezone.now(), **facts}
    return SignUpFactory(call__partnership=partnership, **facts)


def page_of(sign_up):
    here = [sign_up.call.partnership.slug, sign_up.public_id]
    return reverse("partnerships:coordination-sign-up", args=here)


def firm(call):
    figures = call.sign_ups.all().figures()
    return figures["firm_places"], figures["conditional_places"]


# Lines


def test_c01_sign_up_in_one_short_form_without_an_account(client):
    """How many places, where and of which kind, at more than one location; confirmed by mail, with a receipt."""
    call = CallFactory()
    assert "(locatie 2)" in client.get(sign_up_url(call)).content.decode()
    assert post(client, call, **SECOND).status_code == 302
    sign_up = SignUp.objects.get()
    assert [str(line) for line in sign_up.lines.all()] == [
        "Overvecht, verpleeghuis: 10",
        "Zuilen, wijkzorg: 6 (mbo 3)",
    ]
    assert (sign_up.places, sign_up.neighbourhood, sign_up.where) == (16, "Overvecht", "Overvecht, Zuilen")
    page = open_link(client, OutgoingMail.objects.get())
    assert "6 plekken: Zuilen, wijkzorg, niveau 3" in " ".join(client.get(page).content.decode().split())
    confirm(client, page)
    receipt = OutgoingMail.objects.get(kind="employer_sign_up_received").body
    assert "Zorggroep De Linde (Overvecht, Zuilen)" in receipt
    assert "16 plekken" in receipt


def test_line_that_is_half_filled_in_is_said_and_keeps_what_was_typed(client):
    response = post(client, CallFactory(), places_2="6", setting_3="wijkzorg")
    form = response.context["form"]
    assert set(form.errors) == {"neighbourhood_2", "places_3", "neighbourhood_3"}
    html = response.content.decode()
    assert 'value="6"' in html
    assert 'value="wijkzorg"' in html
    assert html.count('<details class="more"\n   open>') == 2 or html.count(" open>") >= 2


@pytest.mark.parametrize("wrong", ["0", "501", "zes", "9" * 400])
def test_wrong_number_at_a_further_location(client, wrong):
    response = post(client, CallFactory(), **{**SECOND, "places_2": wrong})
    assert list(response.context["form"].errors) == ["places_2"]
    assert SignUp.objects.count() == 0


def test_employer_changes_its_lines_and_it_shows_how(client):
    call = CallFactory()
    post(client, call, **SECOND)
    page = open_link(client, OutgoingMail.objects.get())
    confirm(client, page)
    lead = MemberFactory(partnership=call.partnership, role=MemberRole.LEAD).organisation
    coordinator = member(lead, Role.COORDINATOR)
    asked = {name: ANSWERS[name] for name in ANSWERS if name not in {"contact_name", "email", "consent"}}
    edit(client, page, {**asked, "places": "", "neighbourhood": "", "setting": "", **SECOND})
    assert SignUp.objects.get().places == 16  # the first location is asked
    edit(
        client,
        page,
        {
            **asked,
            **SECOND,
            "places": "4",
            "places_2": "",
            "neighbourhood_2": "",
            "setting_2": "",
            "level_2": "",
        },
    )
    sign_up = SignUp.objects.get()
    assert [str(line) for line in sign_up.lines.all()] == ["Overvecht, verpleeghuis: 4"]
    assert sign_up.places == 4
    change = FieldChange.objects.get(field="lines")
    assert [row["name"] for row in change.before] == [
        "Overvecht, verpleeghuis: 10",
        "Zuilen, wijkzorg: 6 (mbo 3)",
    ]
    told = OutgoingMail.objects.get(kind="coordinator_sign_up_changed")
    assert "locaties" in told.body
    shown = login(client, coordinator).get(link_of(told)).content.decode()
    assert "Zuilen, wijkzorg: 6 (mbo 3)" in shown


def test_more_than_five_locations_are_added_when_it_is_changed(client, partnership, coordinator):
    sign_up = pledged(partnership)
    SignUpLineFactory.create_batch(4, sign_up=sign_up, places=1)
    here = [partnership.slug, sign_up.public_id]
    change = reverse("partnerships:coordination-sign-up-change", args=here)
    form = client.get(change).context["form"]
    stands = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    more = {
        f"{name}_{number}": value
        for number in (6, 7)
        for name, value in (("places", 2), ("neighbourhood", "Zuilen"))
    }
    answer = edit(client, change, {**stands, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    sign_up.refresh_from_db()
    assert sign_up.lines.count() == 7
    assert sign_up.places == sum(line.places for line in sign_up.lines.all())
    assert "(locatie 9)" in client.get(change).content.decode()


def test_database_keeps_the_sum_of_the_lines_with_the_sign_up():
    sign_up = SignUpFactory(places=10)
    SignUpLineFactory(sign_up=sign_up, places=4)
    sign_up.refresh_from_db()
    assert sign_up.places == 14
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=sign_up.pk).update(places=3)
    sign_up.lines.all()[1].delete()
    SignUp.objects.filter(pk=sign_up.pk).update(places=3)  # as the version from before the lines does
    assert sign_up.lines.get().places == 3


def test_sign_up_from_before_the_lines_gets_the_one_it_says(by_owner):
    sign_up = SignUpFactory(places=7, confirmed_at=timezone.now(), condition="Als het lukt")
    from importlib import import_module  # noqa: PLC0415

    filled = import_module("partnerships.migrations.0020_sign_up_lines_filled")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnerships_signupline; DELETE FROM partnerships_pledgecondition")
        cursor.execute(filled.LINES)
        cursor.execute(filled.CONDITIONS)
    assert str(sign_up.lines.get()) == "Overvecht: 7"
    assert sign_up.conditions.get().text == "Als het lukt"


# Conditions


def test_condition_turns_firm_in_one_press_and_is_taken_back(client, partnership, coordinator):
    sign_up = pledged(partnership, condition="Als er begeleiders zijn", places=8)
    assert firm(sign_up.call) == (0, 8)
    condition = sign_up.conditions.get()
    url = reverse("partnerships:coordination-condition-settle", args=[partnership.slug, condition.public_id])
    assert "Als er begeleiders zijn" in client.get(page_of(sign_up)).content.decode()
    press(client, url, condition, {"action": "meet"})
    assert firm(sign_up.call) == (8, 0)
    told = OutgoingMail.objects.get(kind="employer_condition_settled")
    assert told.subject == f"Je voorwaarde, vervuld: {sign_up.call.title}"
    assert "Als er begeleiders zijn" in told.body
    row = client.get(page_of(sign_up)).context["conditions"][0]
    assert (row.act.by, row.undo.act) == (coordinator.person, row.act)
    back = reverse(
        "partnerships:coordination-condition-take-back", args=[partnership.slug, condition.public_id]
    )
    for _ in range(2):
        client.post(back, {"act": row.act.pk})
    assert firm(sign_up.call) == (0, 8)


def test_condition_that_is_not_met_is_neither_firm_nor_conditional(client, partnership, coordinator):
    sign_up = pledged(partnership, condition="Als er begeleiders zijn", places=8)
    condition = sign_up.conditions.get()
    url = reverse("partnerships:coordination-condition-settle", args=[partnership.slug, condition.public_id])
    press(client, url, condition, {"action": "fail"})
    assert firm(sign_up.call) == (0, 0)
    assert sign_up.call.sign_ups.all().figures()["talking_places"] == 8


def test_condition_that_was_settled_meanwhile_is_read_again(client, partnership, coordinator):
    condition = PledgeConditionFactory(sign_up=pledged(partnership))
    url = reverse("partnerships:coordination-condition-settle", args=[partnership.slug, condition.public_id])
    client.post(url, {"action": "meet", "read": "7"})
    condition.refresh_from_db()
    assert condition.state == ConditionState.OPEN
    press(client, url, condition, {"action": "meet"})
    page = press(client, url, condition, {"action": "fail"}, follow=True)
    assert "Over deze voorwaarde is al beslist." in page.content.decode()
    condition.refresh_from_db()
    assert condition.state == ConditionState.MET


def test_coordinator_writes_down_a_condition_with_its_day(client, partnership, coordinator):
    sign_up = pledged(partnership, places=8)
    url = reverse("partnerships:coordination-condition-add", args=[partnership.slug, sign_up.public_id])
    wrong = press(client, url, sign_up, {"text": "Eerst scholing", "due_on": "2001-01-01"})
    assert list(wrong.context["condition_form"].errors) == ["due_on"]
    assert 'value="Eerst scholing"' in wrong.content.decode()
    data = {"text": "Eerst scholing", "due_on": today().isoformat()}
    assert press(client, url, sign_up, data).status_code == 302
    condition = PledgeCondition.objects.get()
    assert (condition.text, condition.due_on) == ("Eerst scholing", today())
    assert firm(sign_up.call) == (0, 8)
    assert "voorwaarden" in OutgoingMail.objects.get(kind="employer_sign_up_changed").body


def test_condition_follows_what_the_employer_tells_until_it_is_settled(client, partnership):
    sign_up = pledged(partnership, condition="Als er begeleiders zijn")
    post(client, sign_up.call, email=sign_up.email)
    page = open_link(client, OutgoingMail.objects.get())
    edit(client, page, {**ANSWERS, "condition": "Als er geld is"})
    told = sign_up.conditions.get()
    assert told.text == "Als er geld is"
    service.settle(condition_id=told.pk, action="meet", by=coordinating(partnership), read=None)
    edit(client, page, {**ANSWERS, "condition": "Als er een docent meekomt"})
    states = sign_up.conditions.values_list("text", "state")
    assert list(states) == [("Als er geld is", "met"), ("Als er een docent meekomt", "open")]
    edit(client, page, {**ANSWERS, "condition": ""})
    assert sign_up.conditions.last().state == ConditionState.DROPPED
    assert "Als er een docent meekomt (niet meer gevraagd)" in client.get(page).content.decode()


def test_nothing_is_added_to_a_sign_up_that_was_closed(partnership):
    sign_up = pledged(partnership, state=SignUpState.DROPPED_OUT)
    with pytest.raises(ValidationError):
        service.add(sign_up_id=sign_up.pk, by=coordinating(partnership), text="Toch", read=None)


@pytest.mark.parametrize("item_count", [1, 3])
def test_page_of_a_sign_up_costs_the_same(client, partnership, coordinator, fetched_in, item_count):
    sign_up = pledged(partnership)
    SignUpLineFactory.create_batch(item_count, sign_up=sign_up)
    PledgeConditionFactory.create_batch(item_count, sign_up=sign_up)
    response = fetched_in(12, page_of(sign_up))
    assert len(response.context["conditions"]) == item_count
