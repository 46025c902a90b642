"""How an account is found again for the session of who signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from accounts.models import User
from core.written import written

# What an app above reads with each account, in the same query: annotations beside it.
ALONG: list[Callable[[], dict[str, Any]]] = []


@written
def _account(*, key: int) -> QuerySet[User]:
    """The account, with the person and what is read along."""
    along = {name: one for annotations in ALONG for name, one in annotations().items()}
    return User.objects.filter(pk=key).annotate(**along)


class AccountBackend(AuthenticationBackend):
    """Signs in with email and password; every page reads the account by a query that is written once."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None once it is closed or gone."""
        found = _account(key=user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
