"""What a password must be; Django's own checks, in our words, and what is known to be guessed first."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import password_validation as django_checks
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# 44.000 passwords of twelve signs and more that many people have, as marks: tools/make_passwords.py.
KNOWN = Path(__file__).parent / "data" / "common_passwords.bin"
LEAST = 12
MARK = 5  # bytes
# What people here think of first; with the name of the site, and what is known of the person.
OWN_WORDS = (
    *("leerpact", "leerwerkplek", "leerplek", "student", "docent", "werkgever", "school", "stage", "zorg"),
    *("welkom", "welcome", "wachtwoord", "password", "inloggen", "login", "geheim", "secret", "test"),
    *("lente", "voorjaar", "zomer", "herfst", "najaar", "winter", "januari", "februari", "maart", "april"),
    *("juni", "juli", "augustus", "september", "oktober", "november", "december", "abc", "qwerty"),
)
SHORTEST_PART = 4  # a shorter part of a name stands in many words
LEAST_BESIDE = 8  # letters of one's own beside them


class LongEnough(django_checks.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Choose a longer password: at least %(min_length)d characters.")


class NotLikeThePerson(django_checks.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Choose a password that looks less like your name or email address.")


class NotCommon(django_checks.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people have this password. Choose another one.")


class NotKnown:
    """Refuses what was found in lists of stolen passwords; nothing leaves this machine for it."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002  # Django gives it
        if _is_known(password):
            raise ValidationError(
                _("This password appears in lists of stolen passwords. Choose another one.")
            )

    def get_help_text(self) -> str:
        return ""


class NotOwnWords:
    """Refuses words that are tried first here, with little else: of the site, the season, the person."""

    def validate(self, password: str, user: Any = None) -> None:
        rest = password.lower()
        for word in sorted({*OWN_WORDS, *_site(), *_of_person(user)}, key=len, reverse=True):
            rest = rest.replace(word, " ")
        changed = rest != password.lower()
        if changed and sum(letter.isalpha() for letter in rest) < LEAST_BESIDE:
            raise ValidationError(
                _(
                    "Choose other words: those of this site, the time of year and your own name are tried first."
                )
            )

    def get_help_text(self) -> str:
        return ""


def mark_of(password: str) -> bytes:
    """By what a password is looked up; capitals make no other password of it."""
    return sha256(password.lower().encode()).digest()[:MARK]


def _is_known(password: str) -> bool:
    marks, wanted = _marks(), mark_of(password)
    low, high = 0, len(marks) // MARK
    while low < high:
        middle = (low + high) // 2
        if marks[middle * MARK : (middle + 1) * MARK] < wanted:
            low = middle + 1
        else:
            high = middle
    return marks[low * MARK : (low + 1) * MARK] == wanted


@cache
def _marks() -> bytes:
    return KNOWN.read_bytes()


def _site() -> list[str]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    return [part for part in host.split(".") if len(part) >= SHORTEST_PART]


def _of_person(user: Any) -> list[str]:
    if user is None:
        return []
    told = f"{user.first_name} {user.last_name} {user.email}".lower()
    return [part for part in re.findall(r"[^\W\d_]+", told) if len(part) >= SHORTEST_PART]
