"""Where people are signed in: allauth keeps device and address beside each session."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User

_BATCH = 500


def devices_of(user: User) -> list[UserSession]:
    """Where this person is signed in now, the longest ago first; two queries, however many there are.

    A session counts that has not run out and was opened with the password of today.
    """
    rows = list(UserSession.objects.filter(user=user).select_related("user").order_by("created_at", "pk"))
    ended = {row.pk for row in _ended(rows)}
    return [row for row in rows if row.pk not in ended]


def forget_ended() -> int:
    """Delete sessions that ended, with device and address; the number of those.

    One ends when it runs out, when one signs out, and when the password changes elsewhere.
    """
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    forgotten, last = 0, 0
    while rows := list(
        UserSession.objects.filter(pk__gt=last).select_related("user").order_by("pk")[:_BATCH]
    ):
        last = rows[-1].pk
        ended = _ended(rows)
        with transaction.atomic():
            Session.objects.filter(session_key__in=[row.session_key for row in ended]).delete()
            UserSession.objects.filter(pk__in=[row.pk for row in ended]).delete()
        forgotten += len(ended)
    return forgotten


def _ended(rows: list[UserSession]) -> list[UserSession]:
    running = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    opened_with = {row.session_key: row.get_decoded().get(HASH_SESSION_KEY, "") for row in running}
    return [row for row in rows if not _is_of_today(row.user, opened_with.get(row.session_key, ""))]


def _is_of_today(user: User, opened_with: str) -> bool:
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(opened_with, own) for own in hashes)
