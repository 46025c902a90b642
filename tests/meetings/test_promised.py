"""Promises of a signed cooperation agreement: each becomes an action with owner and day, shown with the agreement."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import Role
from core.dates import AMSTERDAM, today
from core.models import OutgoingMail
from core.reminding.engine import tick
from meetings.models import Action, PromisedAction
from meetings.rules.promised import can_give
from partnerships.actors import actor_of
from partnerships.enums import CooperationState
from partnerships.models import CooperationVersion
from partnerships.reminders import REMINDERS
from tests.factories.partnerships import (
    CooperationSignatureFactory,
    CooperationVersionFactory,
    PromiseFactory,
)
from tests.helpers import edit, login, member

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def version(table):
    """Signed by both parties, with a promise of De Linde."""
    draft = CooperationVersionFactory(partnership=table.partnership, parties=[table.employer, table.school])
    PromiseFactory(
        version=draft, organisation=table.employer, text="Tien plekken", due_on=today() + timedelta(days=30)
    )
    for party in draft.parties.all():
        CooperationSignatureFactory(party=party)
    CooperationVersion.objects.update(state=CooperationState.SIGNED, signed_on=today())
    return CooperationVersion.objects.get()


def test_a01_what_was_promised_becomes_an_action_with_owner_and_day(client, table, version):
    """Story A-01: the agreement says what was promised, who keeps it by when, and how it stands."""
    promise = version.promises.get()
    page = reverse("meetings:promise-give", args=[promise.public_id])
    login(client, table.coordinator)
    assert page in text_of(client.get(version.get_absolute_url()))
    form = client.get(page).context["form"]
    assert (form["title"].value(), form["due_on"].value()) == ("Tien plekken", promise.due_on)
    due = f"{promise.due_on:%d-%m-%Y}"
    owner = table.contact.person
    answer = edit(client, page, {"title": "Tien plekken", "owner": owner.pk, "due_on": due})
    assert answer.url == version.get_absolute_url()
    action = Action.objects.get()
    assert (action.owner, action.organisation, action.due_on) == (owner, table.employer, promise.due_on)
    assert PromisedAction.objects.get().promise == promise
    login(client, table.teacher)
    shown = text_of(client.get(version.get_absolute_url()))
    assert owner.full_name in shown
    assert page not in shown


def test_a_promise_becomes_one_action_and_only_of_the_text_in_force(client, table, version):
    promise = version.promises.get()
    page = reverse("meetings:promise-give", args=[promise.public_id])
    login(client, table.coordinator)
    data = {"title": "Tien", "owner": table.contact.person.pk, "due_on": f"{promise.due_on:%d-%m-%Y}"}
    edit(client, page, data)
    assert client.post(page, data).status_code == 302
    assert Action.objects.count() == 1
    version.state = CooperationState.REPLACED
    assert not can_give(actor_of(table.coordinator), version)


@pytest.mark.parametrize("number", [1, 3])
def test_agreement_costs_the_same_whatever_the_number_of_promises(
    client, table, number, django_assert_num_queries
):
    draft = CooperationVersionFactory(partnership=table.partnership, parties=[table.employer, table.school])
    PromiseFactory.create_batch(number, version=draft, organisation=table.employer)
    for party in draft.parties.all():
        CooperationSignatureFactory(party=party)
    CooperationVersion.objects.update(state=CooperationState.SIGNED, signed_on=today())
    login(client, table.teacher)
    client.get(draft.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(draft.get_absolute_url())


def test_managers_who_have_not_signed_are_reminded_and_who_has_is_not(table):
    """manager_cooperation_waiting.txt"""
    version = CooperationVersionFactory(
        partnership=table.partnership, parties=[table.employer, table.school], asked=True
    )
    late, done = member(table.employer, Role.MANAGER), member(table.school, Role.MANAGER)
    CooperationSignatureFactory(party=version.parties.get(organisation=table.school), person=done.person)
    for days in range(6, 12):
        with time_machine.travel(
            dt.datetime.combine(today() + timedelta(days=days), dt.time(12), AMSTERDAM), tick=False
        ):
            tick(REMINDERS)
    [mail] = OutgoingMail.objects.filter(kind="reminder_cooperation")
    assert mail.to_email == late.email
    assert table.partnership.name in mail.body
