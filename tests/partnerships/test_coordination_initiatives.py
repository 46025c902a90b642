"""What coordinators do with initiatives: write them, move them through their phases, add results."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.states import IllegalTransition
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative
from partnerships.services import initiatives
from tests.factories.partnerships import InitiativeFactory, OrganisationFactory, PartnershipFactory
from tests.helpers import acting, edit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "action"), list(product(InitiativePhase, Initiative.TRANSITIONS)))
def test_every_phase_and_step_of_an_initiative(state, action):
    initiative = InitiativeFactory(state=state, stop_reason="was gestopt" if state == "stopped" else "")
    sources, target = Initiative.TRANSITIONS[action]
    values = {
        "initiative_id": initiative.pk,
        "action": action,
        "by": acting(OrganisationFactory(), Role.COORDINATOR),
        "reason": "omdat",
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
    client.post(url, {"action": "stop", "reason": "Te weinig deelnemers"})
    client.logout()
    assert "Te weinig deelnemers" in client.get(initiative.get_absolute_url()).content.decode()


def test_phase_changed_twice_says_that_the_step_is_past(client, partnership, coordinator):
    initiative = InitiativeFactory(partnership=partnership, state=InitiativePhase.RUNNING)
    url = reverse("partnerships:coordination-initiative-move", args=[partnership.slug, initiative.slug])
    data = {"action": "stop", "reason": "Geen docenten"}
    client.post(url, data)
    page = client.post(url, data, follow=True)
    assert "Deze stap kan niet meer." in page.content.decode()


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
        ("partners", "999999", None),
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
    values = {"themes": [], "partners": [], "kind": "project", "summary": "Kort"}

    def save() -> str:
        try:
            return initiatives.save(
                initiative=Initiative(partnership=here), title="Samen leren!", **values
            ).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = initiatives.save(
                initiative=Initiative(partnership=elsewhere), title="Samen leren", **values
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
