"""The seed writes consents, placements and agreements of the past itself: they obey the rules of the services."""

import inspect
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from core.append_only import as_role
from core.dates import today
from partnerships.actors import actor_of
from partnerships.models import Membership
from tests.browser.sites import loaded_database
from tests.demo.faults import FAULTS, let_texts_change
from tests.demo.rules import RULES, Rule
from tests.demo.rules.base import actor_then, forget, known_as_before


@pytest.fixture(scope="module", autouse=True)
def _region(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with loaded_database("rules") as database, django_db_blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = database
        forget()
        with as_role("owner"):  # plants faults also where the portal may write nothing
            yield
        connection.close()
        connection.settings_dict["NAME"] = usual


@pytest.mark.parametrize("name", RULES)
def test_the_demo_obeys(name):
    assert RULES[name].broken() == []


def test_who_someone_was_today_is_not_who_they_are_now():
    """A role that ended an hour ago ran today; asking so must not give it back to whoever asks afterwards."""
    role = Membership.objects.running().filter(person__user__is_active=True).order_by("pk")[0]
    with transaction.atomic():
        Membership.objects.filter(pk=role.pk).update(ended_at=timezone.now(), ends_on=today())
        forget()
        assert role.pk in actor_then(role.person_id, timezone.now()).memberships()
        assert role.pk not in actor_of(role.person.user).memberships()
        transaction.set_rollback(True)
    forget()


@pytest.mark.parametrize(
    ("name", "said", "plant"), FAULTS, ids=[f"{name}: {said}" for name, said, _plant in FAULTS]
)
def test_a_planted_fault_is_found(name, said, plant):
    with transaction.atomic():
        let_texts_change()
        plant()
        with known_as_before():
            found = _said(name, said)
            if not found:  # perhaps the fault is in who someone was
                forget()
                found = _said(name, said)
        transaction.set_rollback(True)
    assert found


def _said(name: str, said: str) -> list[str]:
    return [fault for fault in RULES[name].broken() if said in fault]


def test_each_thing_that_a_rule_can_say_was_planted():
    planted = Counter(name for name, _said, _plant in FAULTS)
    sayings = {name: inspect.getsource(rule.faults).count("yield ") for name, rule in RULES.items()}
    assert {name: number for name, number in sayings.items() if number > planted[name]} == {}


def test_nothing_to_look_at_is_not_obeyed():
    with pytest.raises(AssertionError, match="no row to look at"):
        Rule(rows=list, faults=lambda row: iter(())).broken()
