"""Fixtures for all tests. docs/conventions/tests.md says what they refuse."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache

from tests.smtp import SmtpServer
from tests.strict import RefuseUndefined, StrictClient


def pytest_configure(config: pytest.Config) -> None:
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = RefuseUndefined()


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
