"""Where people are signed in: allauth keeps device and address beside each session."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User


def devices_of(user: User) -> list[UserSession]:
    """Where this person is signed in now, the longest ago first; two queries, however many there are.

    A session counts that has not run out and was opened with the password of today.
    """
    rows = list(UserSession.objects.filter(user=user).order_by("created_at", "pk"))
    running = Session.objects.filter(
        session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
    )
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    valid = {
        session.session_key
        for session in running
        if any(constant_time_compare(session.get_decoded().get(HASH_SESSION_KEY, ""), own) for own in hashes)
    }
    return [row for row in rows if row.session_key in valid]


@transaction.atomic
def forget_ended() -> int:
    """Delete sessions that ran out, and device and address of all that ended; the number of those."""
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    deleted: int
    deleted, _per_model = UserSession.objects.exclude(session_key__in=Session.objects.values("pk")).delete()
    return deleted
