"""Whether the secrets of second steps can be read with the keys of this host: after a back-up was put back, or a new key."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management.base import BaseCommand, CommandError

ENCRYPTED = ("secret", "seed", "migrated_codes")


class Command(BaseCommand):
    help = "Say how many secrets of second steps SECRET_KEY and SECRET_KEY_FALLBACKS can read; exits with 1 when not all."

    def handle(self, *args: Any, **options: Any) -> None:
        total = unreadable = 0
        for data in Authenticator.objects.values_list("data", flat=True).iterator():
            for text in _secrets(data):
                total += 1
                unreadable += not _is_readable(text)
        self.stdout.write(json.dumps({"secrets": total, "unreadable": unreadable}))
        if unreadable:
            raise CommandError(
                f"{unreadable} of {total} secrets of second steps cannot be read: SECRET_KEY is another one than they "
                "were made with. Put the former one into SECRET_KEY_FALLBACKS."
            )


def _secrets(data: dict[str, Any]) -> list[str]:
    found = [data[name] for name in ENCRYPTED if name in data]
    return [text for one in found for text in (one if isinstance(one, list) else [one])]


def _is_readable(text: str) -> bool:
    try:
        get_adapter().decrypt(text)
    except InvalidToken:
        return False
    return True
