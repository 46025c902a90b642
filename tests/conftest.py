"""Fixtures for all tests. docs/conventions/tests.md says what they refuse."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from tests.smtp import SmtpServer
from tests.strict import RefuseUndefined, StrictClient


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cross", action="store_true", help="every page in every theme and width")


def pytest_configure(config: pytest.Config) -> None:
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RefuseUndefined()


def _migrations() -> str:
    """Changes with any migration; a kept test database from before that is made anew."""
    files = sorted(django_settings.ROOT.glob("*/migrations/*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _stamp() -> Path:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Path(django_settings.ROOT / "var" / "test" / f"migrations-{worker}.sha256")


@pytest.fixture(scope="session")
def django_db_createdb(request: pytest.FixtureRequest) -> bool:
    changed = not _stamp().exists() or _stamp().read_text() != _migrations()
    return changed or bool(request.config.getvalue("create_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    _stamp().write_text(_migrations())


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Counters of one test (throttles) must not reach the next."""
    cache.clear()


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
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
