"""What visitors see while a server behind the portal is away."""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse
from psycopg.errors import DiskFull, ReadOnlySqlTransaction

from tests.factories.accounts import PASSWORD, UserFactory
from tests.helpers import login
from tests.strict import StrictClient


@contextmanager
def database_away() -> Iterator[None]:
    def refuse(*arguments: Any) -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_database_away_gives_503_with_a_time_to_come_back():
    client = StrictClient(raise_request_exception=False)
    login(client, UserFactory())
    with database_away():
        response = client.get(reverse("home"))
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "We zijn er zo weer" in page
    assert "verstuurde" not in page
    with database_away():
        page = client.post(reverse("accounts:profile"), {"first_name": "Noor"}).content.decode()
    assert "Wat je net verstuurde, is misschien wel opgeslagen." in page


@pytest.mark.django_db
@pytest.mark.parametrize("cause", [DiskFull, ReadOnlySqlTransaction])
def test_database_that_can_keep_nothing_says_that_nothing_was_kept(cause):
    def refuse(*_arguments: Any) -> Any:
        raise DatabaseError("could not extend file") from cause()

    client = StrictClient(raise_request_exception=False)
    login(client, UserFactory())
    with connection.execute_wrapper(refuse):
        response = client.get(reverse("home"))
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "kan nu niets opslaan" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("full", ["accounts_person", "django_session"])
def test_what_was_kept_before_the_disk_was_full_is_not_said_to_be_lost(full):
    """The act is done; only when the page ends, the session finds no room."""

    def refuse(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith(f'UPDATE "{full}"'):
            raise DatabaseError("could not extend file") from DiskFull()
        return execute(sql, *arguments)

    client = StrictClient(raise_request_exception=False)
    login(client, user := UserFactory())
    form = client.get(reverse("accounts:profile")).context["form"]
    facts = {
        "first_name": "Noor",
        "last_name": "Bakker",
        "language": "nl",
        form.made_from_name: form.made_from,
    }
    session = client.session
    session["seen"] = time.time() - 400  # so long ago that it is written again
    session.save()
    with connection.execute_wrapper(refuse):
        response = client.post(reverse("accounts:profile"), facts)
    user.person.refresh_from_db()
    is_kept, page = user.person.first_name == "Noor", response.content.decode()
    assert response.status_code == 503
    assert is_kept == (full == "django_session")
    assert "is misschien wel opgeslagen" in page if is_kept else "is niet opgeslagen" in page


@pytest.mark.django_db
def test_database_away_as_the_session_is_written_is_said_to_be_away():
    """To Django any refused write of a session is one that was ended elsewhere, and the request a bad one."""

    def refuse(execute: Any, sql: str, *arguments: Any) -> Any:
        if sql.startswith('UPDATE "django_session"'):
            raise OperationalError(
                "server closed the connection unexpectedly"
            ) from psycopg.OperationalError()
        return execute(sql, *arguments)

    client = StrictClient(raise_request_exception=False)
    login(client, UserFactory())
    session = client.session
    session["seen"] = time.time() - 400
    session.save()
    with connection.execute_wrapper(refuse):
        response = client.get(reverse("accounts:profile"))
    assert (response.status_code, response["Retry-After"]) == (503, "10")


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_full_disk_for_what_comes_in_says_that_nothing_was_kept(monkeypatch, number):
    def full(*_arguments: Any, **_more: Any) -> Any:
        raise OSError(number, os.strerror(number))

    client = StrictClient(raise_request_exception=False)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", full)
    large = SimpleUploadedFile("werk.png", b"0" * (django_settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1))
    response = client.post(reverse("account_login"), {"file": large})
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "kan nu niets opslaan" in response.content.decode()


@pytest.mark.django_db
def test_readyz_with_the_database_away_says_not_ready(client):
    with database_away():
        response = client.get(reverse("readyz"))
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json() == {"ready": False, "database": "down", "cache": "ok"}


@pytest.mark.django_db
def test_livez_does_not_mind(client):
    with database_away():
        assert client.get(reverse("livez")).status_code == 200


@pytest.mark.django_db
def test_readyz_with_the_cache_away_is_still_ready(client, cache_away):
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["cache"]) == (200, "down")


@pytest.mark.django_db
def test_signing_in_works_with_the_cache_away(client, cache_away):
    user = UserFactory()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


# A session that ended while someone was typing


def on_site(path: str) -> str:
    return RequestFactory().get(path).build_absolute_uri()


@pytest.fixture
def feedback_address() -> str:
    return reverse("students:remark-add", args=["5a2fa5f4-5e3d-4d6b-9c36-3c7a1f5f0b11"])


@pytest.mark.django_db
def test_form_after_the_session_ended_shows_what_was_typed(client, feedback_address):
    page = on_site("/doelen/5a2fa5f4-5e3d-4d6b-9c36-3c7a1f5f0b11/?toon=alles")
    response = client.post(
        feedback_address,
        {"remark-text": "Je vroeg eerst\nwat mevrouw <b>wilde</b>.", "old_password": "drie korte woorden"},
        headers={"Referer": page},
    )
    text = response.content.decode()
    assert response.status_code == 403
    assert "Je bent niet meer ingelogd" in text
    assert "Je vroeg eerst\nwat mevrouw &lt;b&gt;wilde&lt;/b&gt;.</textarea>" in text
    assert "drie korte woorden" not in text
    assert (
        'href="/account/inloggen/?next=/doelen/5a2fa5f4-5e3d-4d6b-9c36-3c7a1f5f0b11/%3Ftoon%3Dalles"' in text
    )
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "goes_on"),
    [
        (on_site("/begeleider/"), "/begeleider/"),
        ("https://elders.example/begeleider/", "/mijn/"),
        ("", "/mijn/"),
    ],
)
def test_button_after_the_session_ended_leads_back_to_its_page(client, feedback_address, before, goes_on):
    response = client.post(feedback_address, {"act": "next"}, headers={"Referer": before})
    assert (response.status_code, response["Location"]) == (302, f"/account/inloggen/?next={goes_on}")


@pytest.mark.django_db
def test_part_of_a_page_after_the_session_ended_does_not_hold_the_sign_in_page(client, feedback_address):
    asked = {"HX-Request": "true", "Referer": on_site("/begeleider/")}
    response = client.post(feedback_address, {"answer": "yes"}, headers=asked)
    assert response["HX-Redirect"] == "/account/inloggen/?next=/begeleider/"
    response = client.post(feedback_address, {"remark-text": "Twee woorden"}, headers=asked)
    assert response["HX-Retarget"] == "body"


@pytest.mark.django_db
def test_form_with_an_old_token_shows_what_was_typed_unless_it_came_from_elsewhere(
    csrf_client, feedback_address
):
    typed = {"remark-text": "Twee woorden"}
    own = csrf_client.post(feedback_address, typed, headers={"Referer": on_site("/begeleider/")})
    assert own.status_code == 403
    assert "Twee woorden</textarea>" in own.content.decode()
    for elsewhere in ("https://elders.example/", ""):
        other = csrf_client.post(feedback_address, typed, headers={"Referer": elsewhere})
        assert other.status_code == 403
        assert "Twee woorden" not in other.content.decode()


@pytest.mark.django_db
def test_address_of_a_form_says_so_to_who_opens_it(client, feedback_address):
    login(client, UserFactory())
    response = client.get(feedback_address, headers={"Referer": on_site("/begeleider/")})
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "Je kunt deze pagina niet zo openen" in response.content.decode()
    assert 'href="/begeleider/"' in response.content.decode()


@pytest.mark.django_db
def test_error_page_takes_the_whole_page_not_the_part_that_asked(client, csrf_client, feedback_address):
    asked = {"HX-Request": "true"}
    assert csrf_client.post(feedback_address, headers=asked)["HX-Retarget"] == "body"
    login(client, UserFactory())
    gone = client.post(feedback_address, headers=asked)
    assert (gone.status_code, gone["HX-Retarget"]) == (404, "body")
    assert "HX-Retarget" not in client.get("/bestaat-niet/")
