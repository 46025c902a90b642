"""Sessions that ended are deleted, with the device and address kept beside them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.queries.devices import ended

_BATCH = 500


def forget_ended() -> int:
    """Delete the sessions that ended, by 500 at a time, each batch in a transaction of its own; gives their number.

    One ends when it runs out, when one signs out, and when the password changes elsewhere.
    """
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    forgotten, last = 0, 0
    while rows := list(
        UserSession.objects.filter(pk__gt=last).select_related("user").order_by("pk")[:_BATCH]
    ):
        last = rows[-1].pk
        over = ended(rows)
        with transaction.atomic():
            Session.objects.filter(session_key__in=[row.session_key for row in over]).delete()
            UserSession.objects.filter(pk__in=[row.pk for row in over]).delete()
        forgotten += len(over)
    return forgotten
