"""What coordinators do with initiatives: write them, move them through their phases, add results."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from core import states
from core.dates import today
from core.states import IllegalTransition
from partnerships.actors import actor_of
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative
from partnerships.services import initiatives
from tests.factories.partnerships import InitiativeFactory, PartnershipFactory
from tests.helpers import coordinating, edit, press

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "action"), list(product(InitiativePhase, Initiative.TRANSITIONS)))
def test_every_phase_and_step_of_an_initiative(state, action):
    initiative = InitiativeFactory(state=state, stop_reason="was gestopt" if state == "stopped" else "")
    sources, target = Initiative.TRANSITIONS[action]
    values = {
        "initiative_id": initiative.pk,
        "action": action,
        "by": coordinating(initiative.partnership),
        "reason": "omdat",
        "read": None,
    }
    if state in sources:
        initiatives.move(**values)
    else:
        with pytest.raises(IllegalTransition):
            initiatives.move(**values)
    assert Initiative.objects.get().state == (target if state in sources else state)


def test_stopping_shows_the_reason_to_visitors(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership)
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    press(client, url, initiative, {"action": "stop", "reason": "Te weinig deelnemers"})
    client.logout()
    assert "Te weinig deelnemers" in client.get(initiative.get_absolute_url()).content.decode()


def test_phase_changed_twice_says_that_the_step_is_past(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    data = {"action": "stop", "reason": "Geen docenten"}
    press(client, url, initiative, data)
    page = press(client, url, initiative, data, follow=True)
    assert "Deze stap kan niet meer." in page.content.decode()


def test_phase_is_taken_back_for_two_weeks_and_both_stand_in_the_history(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    here = [partnership.slug, initiative.slug]
    moving = reverse("partnerships:coordination-initiative-move", args=here)
    press(client, moving, initiative, {"action": "stop", "reason": "Te duur"})
    page = client.get(reverse("partnerships:coordination-initiative", args=here))
    undo = page.context["undo"]
    assert undo.last_day == today() + dt.timedelta(days=14)
    url = reverse("partnerships:coordination-initiative-take-back", args=here)
    assert url in page.content.decode()
    for _ in range(2):  # the second is a button pressed twice
        client.post(url, {"act": undo.act.pk})
    initiative.refresh_from_db()
    assert (initiative.state, initiative.stop_reason) == (InitiativePhase.RUNNING, "")
    page = client.get(reverse("partnerships:coordination-initiative", args=here))
    assert [line.is_undo for line in page.context["history"]] == [False, True]
    assert page.context["undo"] is None


def test_old_phase_is_not_taken_back(partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    by = actor_of(coordinator)
    initiatives.move(initiative_id=initiative.pk, action="finish", by=by, read=None)
    act = states.last_act(initiative)
    late = dt.datetime.combine(today() + dt.timedelta(days=15), dt.time(12), dt.UTC)
    with time_machine.travel(late), pytest.raises(IllegalTransition, match="14 dagen"):
        initiatives.take_back(initiative_id=initiative.pk, act_id=act.pk, by=by)
    initiatives.take_back(initiative_id=initiative.pk, act_id=act.pk, by=by)


def test_stopped_initiative_runs_again_with_a_reason_and_that_is_taken_back(partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    by = actor_of(coordinator)
    initiatives.move(initiative_id=initiative.pk, action="stop", reason="Te duur", by=by, read=None)
    with pytest.raises(ValidationError):
        initiatives.move(initiative_id=initiative.pk, action="reopen", by=by, read=None)
    again = initiatives.move(
        initiative_id=initiative.pk, action="reopen", reason="Er is geld", by=by, read=None
    )
    assert (again.state, again.stop_reason) == (InitiativePhase.RUNNING, "")
    act = states.last_act(again)
    back = initiatives.take_back(initiative_id=initiative.pk, act_id=act.pk, by=by)
    assert (back.state, back.stop_reason) == (InitiativePhase.STOPPED, "Te duur")


def test_step_that_was_not_on_the_page_is_not_taken_back(client, partnership, coordinator):
    initiative, other = InitiativeFactory.create_batch(2, partnership=partnership)
    by = actor_of(coordinator)
    initiatives.move(initiative_id=other.pk, action="stop", reason="Te duur", by=by, read=None)
    act = states.last_act(other)
    url = reverse("partnerships:coordination-initiative-take-back", args=[partnership.slug, initiative.slug])
    for read in (str(act.pk), "", "x", "9" * 30):
        page = client.post(url, {"act": read}, follow=True)
        assert "Intussen is er iets anders gebeurd." in page.content.decode()
    other.refresh_from_db()
    assert other.state == InitiativePhase.STOPPED


def test_new_initiative_is_found_at_an_own_address(client, partnership, coordinator):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"kind": "project", "summary": "Kort", "is_published": "on"}
    for title in ("Nieuw", "Nieuw!"):
        assert client.post(url, {**data, "title": title}).status_code == 302
    assert set(Initiative.objects.values_list("slug", flat=True)) == {"nieuw-2", "nieuw-3"}
    assert Initiative.objects.first().refreshed_on == today()


def test_new_initiative_sent_twice_is_made_once(client, partnership, coordinator):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"title": "Samen leren", "kind": "project", "summary": "Kort"}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.context["form"].errors["title"] == [
        "Er is al een initiatief met deze titel. Kijk in de lijst."
    ]
    assert partnership.initiatives.count() == 1


def test_initiative_does_not_take_the_title_of_another(client, partnership, coordinator):
    InitiativeFactory(partnership=partnership, title="Samen leren")
    InitiativeFactory(title="Samen leren")  # elsewhere: free
    second = InitiativeFactory(partnership=partnership, title="Ook leren")
    url = reverse("partnerships:coordination-initiative-change", args=[partnership.slug, second.slug])
    response = edit(client, url, {"title": "samen Leren", "kind": "project", "summary": "Kort"})
    assert "Er is al een initiatief met deze titel. Kijk in de lijst." in response.content.decode()
    assert response.context["form"]["title"].value() == "samen Leren"
    assert response.context["initiative"].title == "Ook leren"  # the page is still that of the old title
    second.refresh_from_db()
    assert second.title == "Ook leren"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "Vul “Titel” in."),
        ("title", "x" * 121, "Gebruik hoogstens 120 tekens; het zijn er nu 121."),
        ("summary", "mijn nummer is 111222333", None),
        ("ends_on", "2020-01-01", None),
        ("kind", "hostile'; DROP TABLE", None),
        ("starts_on", "31-02-2026", None),
    ],
)
def test_bad_input_of_an_initiative_is_kept_and_explained(
    client, partnership, coordinator, field, value, error
):
    url = reverse("partnerships:coordination-initiative-create", args=[partnership.slug])
    data = {"title": "Goed", "kind": "project", "summary": "Kort", "starts_on": "2026-01-01"}
    response = client.post(url, {**data, field: value})
    assert response.status_code == 200
    errors = response.context["form"].errors
    assert errors
    if error:
        assert errors[field] == [error]
    assert not Initiative.objects.exists()


def test_other_days_and_publishing_stand_in_the_history(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.IDEA, is_published=True)
    here = [partnership.slug, initiative.slug]
    change = reverse("partnerships:coordination-initiative-change", args=here)
    data = {"title": initiative.title, "kind": initiative.kind, "summary": "Kort", "ends_on": "2027-07-01"}
    assert edit(client, change, data).status_code == 302
    page = client.get(reverse("partnerships:coordination-initiative", args=here))
    lines = {line.field: (line.before, line.after, line.change.by) for line in page.context["history"]}
    assert lines == {
        "Einddatum": ("(leeg)", "1 juli 2027", coordinator.person),
        "Gepubliceerd": ("Ja", "Nee", coordinator.person),
    }
    assert page.context["may_discard"]  # other days alone are no use of it


def test_result_posted_twice_stands_once(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership)
    url = reverse("partnerships:coordination-initiative-add-result", args=[partnership.slug, initiative.slug])
    data = {"label": "Studenten", "value": "24", "measured_on": "2026-01-01", "source": "telling"}
    for _ in range(2):
        assert client.post(url, data).status_code == 302
    assert initiative.results.count() == 1


@pytest.mark.django_db(transaction=True)
def test_address_taken_at_the_same_moment_goes_to_the_first():
    elsewhere, here = PartnershipFactory(), PartnershipFactory()
    by = coordinating(elsewhere, here)
    values = {"themes": [], "kind": "project", "summary": "Kort", "by": by}

    def save() -> str:
        try:
            return initiatives.save(
                initiative=Initiative(partnership=here), title="Samen leren!", **values, version=None
            ).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = initiatives.save(
                initiative=Initiative(partnership=elsewhere), title="Samen leren", **values, version=None
            )
            second = pool.submit(save)
            wait_for_a_lock()
        assert (first.slug, second.result(30)) == ("samen-leren", "samen-leren-2")


def wait_for_a_lock() -> None:
    """Until another connection waits for this one."""
    # Not by pg_stat_activity: a transaction keeps seeing whom it found there first, without who connects later.
    waiting = "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
    end = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(waiting)
            if cursor.fetchone() == (True,):
                return
            time.sleep(0.02)
    raise AssertionError("nobody waited")
