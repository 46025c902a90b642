"""The cache may be away or silent: nothing is lost, and a request waits once at most."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.accounts.signing import sign_in
from tests.accounts.test_second_factor import code, with_second_step
from tests.factories.accounts import UserFactory
from tests.silence import SilentServer

A_REQUEST = 3.0  # seconds; with a time-out for each question it took more than twenty


@pytest.fixture
def silent(settings):
    """The cache's server takes connections and says nothing."""
    with SilentServer() as server:
        location = f"redis://127.0.0.1:{server.port}/1"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": location}}
        yield server


def test_silent_cache_is_asked_once_and_then_left_alone(silent):
    started = time.monotonic()
    assert [cache.get("key", "none") for _turn in range(20)] == ["none"] * 20
    assert cache.add("key", 1) is True
    assert cache.get_many(["key"]) == {}
    assert silent.asked == 1
    assert time.monotonic() - started < A_REQUEST


def test_silent_cache_is_left_alone_by_every_thread(silent):
    cache.get("key")
    with ThreadPoolExecutor(1) as others:  # Django makes a cache of its own there
        assert others.submit(cache.get, "key", "none").result() == "none"
    assert silent.asked == 1


@pytest.mark.django_db
def test_sign_in_with_a_silent_cache_waits_once(client, silent):
    started = time.monotonic()
    user, other = with_second_step(), UserFactory()
    page = sign_in(client, user.email).url
    client.post(page, {"code": "000000"})
    assert client.post(page, {"code": code()}).url == "/mijn/"
    client.logout()
    assert sign_in(client, other.email).url == "/mijn/"
    assert silent.asked == 1  # where allauth keeps the codes that were used
    assert time.monotonic() - started < A_REQUEST


@pytest.mark.django_db
def test_readyz_looks_for_itself_whether_the_cache_is_back(client, silent):
    assert client.get(reverse("readyz")).json()["cache"] == "down"
    before = silent.asked
    assert client.get(reverse("readyz")).json()["cache"] == "down"
    assert silent.asked > before


def test_cache_that_is_back_is_used_again(monkeypatch):
    rest = cache.rest
    rest.failed()
    cache.set("key", 1)
    assert cache.get("key") is None
    monkeypatch.setattr(rest, "_until", time.monotonic() - 1)  # the pause is over
    cache.set("key", 1)
    assert cache.get("key") == 1
