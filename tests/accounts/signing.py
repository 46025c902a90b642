"""Signing in and reading what comes of it, as the tests of accounts do it."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from tests.factories.accounts import PASSWORD

LOGIN = "/account/inloggen/"
TOO_MANY = "Te veel pogingen"


def sign_in(client, email, password=PASSWORD, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def path_of(mail):
    """Where the link in a mail leads; its host is the portal's own, whatever host was asked."""
    assert mail.link.startswith(settings.SITE_URL)
    return urlsplit(mail.link).path


def page(response):
    """What a person sees, without token and without the address they typed."""
    text = re.sub(r'value="[^"]*"', "", response.content.decode())
    return response.status_code, text


def ask_reset(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def confirm(client, response):
    """Give the password once more; what was posted before then goes through."""
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert client.get(response.url).status_code == 200
    return client.post(response.url, {"password": PASSWORD})
