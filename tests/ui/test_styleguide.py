"""The styleguide, and the pages every visitor can reach: whole, in both languages, in every role's colours."""

import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from tests.factories.accounts import UserFactory
from tests.helpers import login

PAGES = ["home", "about", "help", "accessibility", "privacy", "colophon", "styleguide"]


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["public", "student", "employer", "teacher", "supervisor", "coordinator"])
def test_styleguide_wears_the_colours_of_a_role(client, role):
    assert f'<body data-space="{role}">' in client.get(reverse("styleguide"), {"rol": role}).text


@pytest.mark.parametrize(
    ("space", "button"), [("public", "narcis"), ("coordinator", "narcis"), ("student", "ink")]
)
def test_styleguide_searches_with_the_button_of_its_space(client, space, button):
    page = client.get(reverse("styleguide"), {"rol": space}).text
    assert re.findall(r'name="q"[^>]*>\s*<button class="btn btn--(\w+)"', page) == [button]


@pytest.mark.parametrize("part", ["more", "fold", "group"])
def test_styleguide_shows_each_part_that_folds(client, part):
    assert re.search(rf'<details class="{part}[" ]', client.get(reverse("styleguide")).text)


def test_styleguide_is_not_for_visitors_of_production(client, settings):
    settings.STYLEGUIDE = False
    assert client.get(reverse("styleguide")).status_code == 404


@pytest.mark.django_db
def test_styleguide_is_for_staff_everywhere(client, settings):
    settings.STYLEGUIDE = False
    login(client, UserFactory(is_staff=True))
    assert client.get(reverse("styleguide")).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_public_page_in_both_languages(client, name, language):
    client.cookies["taal"] = language
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


@pytest.mark.parametrize(
    ("cookie", "theme"), [("licht", "light"), ("donker", "dark"), ("", "system"), ("x", "system")]
)
def test_theme_comes_from_the_cookie(client, cookie, theme):
    client.cookies["thema"] = cookie
    assert f'data-theme="{theme}"' in client.get("/").text


def test_theme_is_kept_and_leads_back(client):
    answer = client.post(reverse("set-theme"), {"thema": "donker", "next": "/privacy/"})
    assert (answer.url, answer.cookies["thema"].value) == ("/privacy/", "donker")


def test_theme_of_the_system_forgets_the_cookie(client):
    answer = client.post(reverse("set-theme"), {"thema": "systeem", "next": "/"})
    assert answer.cookies["thema"].value == ""


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_theme_never_leads_off_the_site(client, target):
    assert client.post(reverse("set-theme"), {"thema": "licht", "next": target}).url == "/"


def test_visitor_can_change_language(client):
    answer = client.post(reverse("set-language"), {"language": "en", "next": "/over/"})
    assert (answer.url, answer.cookies["taal"].value) == ("/over/", "en")


def test_unknown_page_is_in_the_look(client):
    page = client.get("/bestaat-niet/")
    assert page.status_code == 404
    assert "We kunnen deze pagina niet vinden" in page.text


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_page_for_our_own_failure_needs_no_request_and_speaks_both_languages(name):
    html = render_to_string(name)
    assert '<html lang="nl">' in html
    assert '<div lang="en">' in html
    assert "<form" not in html


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "429.html"])
def test_other_error_pages_are_whole_in_english_too(rf, name):
    request = rf.get("/")
    request.COOKIES["thema"] = "donker"
    with translation.override("en"):
        html = render_to_string(name, {"no_cookie": True}, request)
    assert '<html lang="en" data-theme="dark">' in html
