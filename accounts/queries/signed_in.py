"""Who is signed in: the account with what every page asks of it, by the session or by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from core.written import written

# What an app above reads with each account, in the same query: annotations beside it.
ALONG: list[Callable[[], dict[str, Any]]] = []


@written
def account(*, key: int) -> QuerySet[User]:
    """The account with this key, with the person and what is read along."""
    return _with_all(User.objects.filter(pk=key))


@written
def account_of_session(*, key: str) -> QuerySet[User]:
    """The same by a session in which someone signed in; `session_data` of it is None once its time is over."""
    accounts = User.objects.filter(usersession__session_key=key)
    return _with_all(accounts).annotate(session_data=Subquery(_lasting(key).values("session_data")))


@written
def session(*, key: str) -> QuerySet[Session]:
    """The session with this key, unless its time is over."""
    return _lasting(key)


def _lasting(key: str) -> QuerySet[Session]:
    """The same, to be asked within another query."""
    return Session.objects.filter(session_key=key, expire_date__gt=timezone.now())


def _with_all(accounts: QuerySet[User]) -> QuerySet[User]:
    along = {name: one for annotations in ALONG for name, one in annotations().items()}
    return accounts.annotate(**along)
