"""What was done, told on the next page: in a cookie, whose name is a setting as that of every other one is."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class NamedCookieStorage(CookieStorage):
    """Django's own, under a name that production can bind to its host."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    """Django's usual one: the cookie, and the session for what does not fit."""

    storage_classes = (NamedCookieStorage, SessionStorage)
