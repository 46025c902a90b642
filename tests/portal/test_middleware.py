"""What every answer carries, and what the logs say about it."""

import io
import json
import logging
import logging.config

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal import gunicorn_conf
from portal.logs import JsonFormatter, RequestIdFilter, request_id
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
