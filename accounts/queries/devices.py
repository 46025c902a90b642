"""Where people are signed in: allauth keeps device and address beside each session."""

from __future__ import annotations

from collections.abc import Collection

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User


def devices_of(user: User) -> list[UserSession]:
    """Where this person is signed in now, the longest ago first; two queries, however many there are.

    A session counts that has not run out and was opened with the password of today.
    """
    rows = list(UserSession.objects.filter(user=user).select_related("user").order_by("created_at", "pk"))
    over = {row.pk for row in ended(rows)}
    return [row for row in rows if row.pk not in over]


def ended(rows: Collection[UserSession]) -> list[UserSession]:
    """Of these sessions, those that ended: run out, signed out, or opened with a former password.

    The rows need their `user` loaded; one query for all.
    """
    running = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    opened_with = {row.session_key: row.get_decoded().get(HASH_SESSION_KEY, "") for row in running}
    return [row for row in rows if not _is_of_today(row.user, opened_with.get(row.session_key, ""))]


def _is_of_today(user: User, opened_with: str) -> bool:
    """Whether a session was opened with the present password; what it was opened with is kept as a hash."""
    hashes = (user.get_session_auth_hash(), *user.get_session_auth_fallback_hash())
    return any(constant_time_compare(opened_with, own) for own in hashes)
