"""What every answer carries, and what the logs say about it."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from portal import gunicorn_conf
from portal.logs import JsonFormatter, RequestIdFilter, request_id
from portal.middleware import BodySizeMiddleware
from tests.factories.accounts import UserFactory
from tests.helpers import login

POLICY = {
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
def test_every_page_carries_the_security_headers(client):
    headers = client.get(reverse("about")).headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.django_db
def test_pages_of_signed_in_people_are_stored_nowhere(client):
    assert "no-store" not in client.get(reverse("about")).get("Cache-Control", "")
    login(client, UserFactory())
    assert client.get(reverse("about"))["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "browser", "language"),
    [("", "en", "nl"), ("en", "nl", "en"), ("nl", "en", "nl"), ("xx", "en", "nl"), ("../en", "", "nl")],
)
def test_language_is_what_the_visitor_chose_not_what_the_browser_says(client, cookie, browser, language):
    if cookie:
        client.cookies["taal"] = cookie
    response = client.get(reverse("about"), headers={"Accept-Language": browser})
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [("abc-12345", True), ("short", False), ("with space and more", False), ("x" * 65, False)],
)
def test_request_id_of_the_proxy_is_kept_when_well_formed(client, given, kept):
    answered = client.get(reverse("livez"), headers={"X-Request-ID": given})["X-Request-ID"]
    assert (answered == given) is kept
    assert len(answered) >= 8


def test_log_lines_are_json_with_the_request_id():
    record = logging.LogRecord("portal", logging.WARNING, "f.py", 1, "regel %s\nmet einde", ("één",), None)
    token = request_id.set("abc-12345")
    RequestIdFilter().filter(record)
    request_id.reset(token)
    line = json.loads(JsonFormatter().format(record))
    assert {**line, "time": ""} == {
        "time": "",
        "level": "WARNING",
        "logger": "portal",
        "request": "abc-12345",
        "message": "regel één\nmet einde",
    }


@pytest.mark.django_db
def test_request_line_names_the_route_and_no_person(client, caplog):
    with caplog.at_level(logging.INFO, logger="portal.request"):
        client.get("/account/uitnodiging/een-geheim/")
        client.get(reverse("about"), {"naam": "Ans"})
    lines = [
        json.loads(JsonFormatter().format(record))
        for record in caplog.records
        if record.name == "portal.request"
    ]
    assert [(line["method"], line["status"]) for line in lines][-1] == ("GET", 200)
    assert [word for word in ("geheim", "Ans") if word in json.dumps(lines)] == []


SECRET = "een-geheim"


@pytest.fixture(params=["settings", "gunicorn"])
def written(request):
    """What the portal's own console, or gunicorn's, writes of every line that reaches it."""
    config = settings.LOGGING if request.param == "settings" else gunicorn_conf.logconfig_dict
    made = logging.config.DictConfigurator(config)
    filters = {name: made.configure_filter(own) for name, own in config["filters"].items()}
    handler = logging.StreamHandler(io.StringIO())
    for name in config["handlers"]["console"]["filters"]:
        handler.addFilter(filters[name])
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in handler.stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda client: client.get(f"/account/nieuw/{SECRET}/x/"), "Not Found: /…"),
        (lambda client: client.get(f"/account/nieuw/een '{SECRET} met spaties/x/"), "Not Found: /…"),
        (
            lambda client: client.put(reverse("accounts:invitation", args=[SECRET])),
            "/uitnodiging/<str:token>/",
        ),
        (
            lambda client: client.post(reverse("accounts:invitation", args=[SECRET])),
            "/uitnodiging/<str:token>/",
        ),
        (
            lambda client: client.post(
                reverse("about"),
                secure=True,
                headers={"Referer": f"https://elders.test/a/{SECRET}?t={SECRET}"},
            ),
            "https://elders.test/…",
        ),
    ],
    ids=["unknown", "spaces", "method", "forgery", "referer"],
)
def test_lines_of_django_hold_no_token(written, ask, said):
    ask(Client(enforce_csrf_checks=True))
    lines = [line["message"] for line in written() if line["logger"].startswith("django.")]
    assert [line for line in lines if said in line], lines
    assert SECRET not in json.dumps(written())


def test_line_of_gunicorn_and_of_the_server_at_hand_hold_no_token(written):
    logging.getLogger("gunicorn.error").error(
        "Error handling request %s", f"/uitnodiging/{SECRET}/?a={SECRET}"
    )
    logging.getLogger("gunicorn.error").warning(f"Bad request: /plaatsen/{SECRET}")
    logging.getLogger("gunicorn.error").warning(
        "Bad request: %s", ValueError(f"no such page: /oproepen/{SECRET}/")
    )
    public_id = "7d1f1c3e-8c1b-4d67-9f0e-2f1c9d0a1b2c"
    logging.getLogger("django.request").warning("Forbidden: %s", f"/groepen/{public_id}/")
    logging.getLogger("django.server").error('"%s" %s', f"GET /uitnodiging/{SECRET}/ HTTP/1.1", 200)
    assert [line["message"] for line in written()] == [
        "Error handling request /uitnodiging/<str:token>/",
        "Bad request: /…",
        "Bad request: no such page: /oproepen/<slug:slug>/",
        "Forbidden: /groepen/<uuid:public_id>/",
        '"GET /uitnodiging/<str:token>/ HTTP/1.1" 200',
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_page_not_found_tells_only_visitors_to_sign_in(client, signed_in):
    if signed_in:
        login(client, UserFactory())
    page = client.get("/bestaat-niet/").content.decode()
    assert ("Log dan eerst in" in page) is not signed_in


def test_line_of_celery_and_of_our_own_hold_no_token_and_no_mailbox(written):
    logging.getLogger("celery.app.trace").error(
        "Task %(name)s[%(id)s] raised: %(exc)s",
        {"name": "core.deliver", "id": "7", "exc": f"no such page: /uitnodiging/{SECRET}/"},
    )
    logging.getLogger("core.outbox").warning(
        "Mail server: %s", OSError("(550, b'<anna@voorbeeld.test>: unknown')")
    )
    assert [line["message"] for line in written()] == [
        "Task core.deliver[7] raised: no such page: /uitnodiging/<str:token>/",
        "Mail server: (550, b'<…@…>: unknown')",
    ]


@pytest.mark.django_db
def test_traceback_keeps_the_values_to_itself_that_a_database_refused(written):
    user = UserFactory(email="anna@voorbeeld.test")
    try:
        with transaction.atomic():
            User.objects.create(email=user.email)
    except IntegrityError:
        logging.getLogger("core").exception("Not written")
    traceback = written()[-1]["traceback"]
    assert "in test_traceback_keeps" in traceback
    assert 'duplicate key value violates unique constraint "accounts_user_email_key"' in traceback
    assert "anna" not in traceback
    assert "DETAIL" not in traceback


ERRORS = {
    400: lambda client: client.get("/over/", headers={"Host": "elders.example"}),
    403: lambda client: client.post(
        "/taal/", {"language": "en"}, headers={"Origin": "https://elders.example"}
    ),
    404: lambda client: client.get("/bestaat-niet/"),
    405: lambda client: client.get("/taal/"),
    413: lambda client: client.generic("POST", "/taal/", b"", CONTENT_LENGTH="60000000"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("status", ERRORS)
@pytest.mark.parametrize("secure", [False, True], ids=["plain", "to HTTPS"])
def test_error_page_is_protected_as_every_page(settings, status, secure):
    """Also where the middleware that redirects to HTTPS is the one that refuses."""
    settings.SECURE_SSL_REDIRECT = secure
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    response = ERRORS[status](client)
    if response.status_code == 301:
        assert (secure, status == 400) == (True, False)
        return
    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_server_error_and_the_database_away_are_protected_too(client_of_an_error):
    for response in client_of_an_error:
        assert set(response["Content-Security-Policy"].split("; ")) == POLICY
        assert response["X-Frame-Options"] == "DENY"


@pytest.fixture
def client_of_an_error(monkeypatch):
    def failing(error):
        def fail(*_arguments, **_named):
            raise error

        return fail

    def asked():
        client = Client(raise_request_exception=False)
        for error, status in ((RuntimeError("no"), 500), (OperationalError("away"), 503)):
            monkeypatch.setattr("portal.views.preferences.django_set_language", failing(error))
            response = client.post("/taal/", {"language": "en"})
            assert response.status_code == status
            yield response

    return asked()


def test_nothing_is_read_of_a_request_that_is_too_large():
    class Body:
        def read(self, *_size):
            raise AssertionError("read")

        close = readline = read

    request = RequestFactory().generic("POST", "/taal/", CONTENT_LENGTH="12000001")
    request.environ["wsgi.input"] = Body()
    response = BodySizeMiddleware(lambda _request: HttpResponse())(request)
    assert response.status_code == 413
    assert "te groot" in response.content.decode()
    request.META["CONTENT_LENGTH"] = "12000000"
    assert BodySizeMiddleware(lambda _request: HttpResponse())(request).status_code == 200
