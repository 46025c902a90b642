"""How an account is found again for the session of who signed in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.queries import signed_in
from accounts.sessions import account_read_along


class AccountBackend(AuthenticationBackend):
    """Signs in with email and password; what every page reads of the account, it reads with the session."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None once it is closed or gone."""
        found = account_read_along(user_id) or next(iter(signed_in.account(key=user_id)), None)
        return found if found is not None and self.user_can_authenticate(found) else None
