"""The demo's own pages and guards."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from core.models import DatabaseMark
from demo import mark
from demo.middleware import LoopbackOnlyMiddleware
from demo.people import demo_people
from tests.factories.accounts import UserFactory

MAIL = """\
From: Leerpact <leerpact@localhost>
To: yara@student.example
Subject: =?utf-8?q?Doe_je_mee=3F?=
Content-Type: text/plain; charset=utf-8

Klik hier: http://localhost:8000/uitnodiging/abc/ <script>
"""


@pytest.fixture
def demo_urls(settings: Any, tmp_path: Path) -> Path:
    settings.ROOT_URLCONF = "demo.urls"
    settings.DEMO_MAIL_DIR = tmp_path
    (tmp_path / "1795296741403773424-0a1b2c3d.eml").write_text(MAIL)
    return tmp_path


def ok(request: Any) -> HttpResponse:
    return HttpResponse("ok")


def test_other_settings_do_not_mount_the_demo():
    with pytest.raises(NoReverseMatch):
        reverse("demo-sign-in")


@pytest.mark.django_db
def test_one_post_signs_in_as_a_demo_person(client, demo_urls):
    person = demo_people()[0]
    user = UserFactory(email=person.email)
    response = client.post("/demo/", {"person": person.key})
    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "1 apparaat" in client.get(reverse("accounts:profile")).content.decode()


@pytest.mark.django_db
def test_only_demo_people_can_be_signed_in_as(client, demo_urls):
    UserFactory(email="echt@zorg.example")
    assert client.post("/demo/", {"person": "echt@zorg.example"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_sign_in_page_lists_everyone(client, demo_urls):
    page = client.get("/demo/").content.decode()
    assert [person.key for person in demo_people() if f'value="{person.key}"' not in page] == []


@pytest.mark.django_db
def test_caught_mails_are_listed_and_read_with_their_links(client, demo_urls):
    assert "Doe je mee?" in client.get("/demo/mail/").content.decode()
    page = client.get("/demo/mail/1795296741403773424-0a1b2c3d/").content.decode()
    assert 'href="http://localhost:8000/uitnodiging/abc/"' in page
    assert "<script>" not in page.split("<main", 1)[1].split("</main>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fsecret_key", "*"])
def test_mail_names_open_nothing_else(client, demo_urls, name):
    assert client.get(f"/demo/mail/{name}/").status_code == 404


@pytest.mark.django_db
def test_demo_settings_refuse_an_unmarked_database():
    with pytest.raises(ImproperlyConfigured, match="no demo mark"):
        LoopbackOnlyMiddleware(ok)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 403),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 403),
    ],
)
def test_demo_answers_this_machine_only(address, headers, status):
    DatabaseMark.objects.create(name=mark.LOADED)
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)
    assert LoopbackOnlyMiddleware(ok)(request).status_code == status


@pytest.mark.django_db
def test_seed_refuses_other_settings(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="runs under"):
        call_command("seed_demo")


@pytest.mark.django_db
def test_seed_refuses_a_database_with_accounts():
    UserFactory()
    with pytest.raises(CommandError, match="no demo mark"):
        call_command("seed_demo")
