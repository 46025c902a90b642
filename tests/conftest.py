"""Fixtures for all tests. docs/conventions/tests.md says what they refuse."""

import gc
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from core import calendars, rest
from core.append_only import as_role
from core.models import Holiday, OutgoingMail
from tests import databases
from tests.reminding import START
from tests.schedule import heavy_first, pytest_xdist_make_scheduler
from tests.smtp import SmtpServer
from tests.strict import RefuseUndefined, StrictClient
from tools.local.processes import free_port

# How long an example takes says something of the machine only.
hypothesis_settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("portal")


__all__ = ["pytest_xdist_make_scheduler"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cross", action="store_true", help="every page in every theme and width")
    parser.addoption("--plans", action="store_true", help="what each page reads with 20,000 students")
    parser.addoption("--plain", action="store_true", help="the journey without JavaScript")


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it for garbage again and again costs a thirtieth of all time.

    What a test leaves is looked through thirty times as seldom as usual, which costs as much again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(trylast=True)  # after the shuffling
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("PYTEST_XDIST_WORKER"):
        heavy_first(items)


def pytest_configure(config: pytest.Config) -> None:
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RefuseUndefined()
    options = django_settings.DATABASES["default"]["OPTIONS"]
    options["options"] = f"{options.get('options', '')} {databases.PLANS}"


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest) -> bool:
    """A kept test database from before a change of migrations is made anew."""
    stamp = databases.stamp_of_worker()
    changed = not stamp.exists() or stamp.read_text() != databases.migrations()
    return changed or bool(request.config.getvalue("create_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_createdb: bool) -> None:
    """Workers copy a migrated database instead of migrating each for itself. The owner makes it."""
    if django_db_createdb:
        connection.settings_dict["TEST"]["TEMPLATE"] = databases.migrated()
    act_as("owner")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_modify_db_settings: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """What is tested connects as the portal does, by a role that owns nothing."""
    databases.stamp_of_worker().write_text(databases.migrations())
    # Emptying the database after a test would write them anew each time, for longer than the emptying takes. Of the types of
    # content the same rows come back: their keys are remembered by the process, and the administrators' log points to them.
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    # The same holidays whatever the year in which the tests run, and again after a test that emptied the database.
    post_migrate.disconnect(sender=apps.get_app_config("core"), dispatch_uid="core.fill_calendar")
    post_migrate.connect(fill_calendar, sender=apps.get_app_config("core"))
    with django_db_blocker.unblock():
        act_as("app")
        # There is no table when no test asked for a database.
        if Holiday._meta.db_table in connection.introspection.table_names():
            fill_calendar()
            for config in apps.get_app_configs():
                create_contenttypes(config, verbosity=0)
            post_migrate.connect(types_kept(), sender=apps.get_app_config("core"), weak=False)
        yield
        act_as("owner")


def fill_calendar(**_options: Any) -> None:
    calendars.fill(years=range(2020, 2036))


def types_kept() -> Callable[..., None]:
    """Writes the types of content as they are now."""
    types = list(ContentType.objects.all())

    def write(**_options: Any) -> None:
        ContentType.objects.bulk_create(types, ignore_conflicts=True)

    return write


def act_as(role: str) -> None:
    """From the next connection on, in every thread."""
    theirs = django_settings.DATABASE_ROLES[role]
    connection.close()
    connection.settings_dict.update(USER=theirs["USER"], PASSWORD=theirs["PASSWORD"])


@pytest.fixture(scope="module")
def by_owner(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tests of a module connect as the owner of the tables, for what the portal itself may not do."""
    with django_db_blocker.unblock(), as_role("owner"):
        yield


@pytest.fixture(scope="module")
def once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """`once(make)` makes rows that all tests of the module start from; what a test does to them is undone after it.

    For fixtures of a module. Refuses one with a test of `transaction=True`, which would wait for ever for these rows.
    """
    marks = (
        mark
        for item in request.session.items
        if item.path == request.path
        for mark in item.iter_markers("django_db")
    )
    assert not any(mark.kwargs.get("transaction") for mark in marks), "a test here has transaction=True"

    def made(make: Callable[[], Any]) -> Any:
        with django_db_blocker.unblock():
            return make()

    block = transaction.atomic()
    made(block.__enter__)
    yield made
    made(lambda: transaction.set_rollback(True))
    made(lambda: block.__exit__(None, None, None))


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test found out or kept must not reach the next."""
    rest._rests.clear()
    cache.clear()


@pytest.fixture
def cache_away(settings: Any) -> None:
    """The cache's server cannot be reached."""
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": f"redis://127.0.0.1:{free_port()}/1"}
    }


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def csrf_client() -> StrictClient:
    """As a browser: a POST without token is refused."""
    return StrictClient(enforce_csrf_checks=True)


@pytest.fixture
def smtp_server(settings: Any) -> Iterator[SmtpServer]:
    """Mails leave over SMTP and arrive in `smtp_server.messages`."""
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def clock():
    """Time stands still at `START`; the test moves it on."""
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


@pytest.fixture
def outbox(db):
    """Kinds and recipients of the mails promised so far: `outbox()` gives (kind, address) pairs, sorted.

    What is told in another mail is not sent itself.
    """

    def mails() -> list[tuple[str, str]]:
        return sorted(OutgoingMail.objects.filter(told_in=None).values_list("kind", "to_email"))

    return mails
