"""Where sessions are kept: in the database, as Django does it, read together with the account that is signed in with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError

from accounts.models import User
from accounts.queries import signed_in

_read_with: ContextVar[SessionStore | None] = ContextVar("session", default=None)


class SessionStore(db.SessionStore):
    """A session as every page begins with it."""

    account: User | None = None  # who is signed in with it, as far as that was read along

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # Ours are letters and digits; what else a cookie can hold, as a character that no database takes, is none.
        found = self._read(key) if key.isascii() and key.isalnum() else None
        if found is None:
            self._session_key = None
        return found

    def _read(self, key: str) -> Session | None:
        accounts = signed_in.account_of_session(key=key)
        if not accounts:  # of a visitor, or of someone whose devices are not kept count of
            return next(iter(signed_in.session(key=key)), None)
        [account] = accounts
        data = account.__dict__.pop("session_data")
        if data is None:
            return None
        self.account = account
        return Session(session_key=key, session_data=data)

    def save(self, must_create: bool = False) -> None:
        """As Django's, but a database that is away or full is no session that was ended elsewhere."""
        try:
            super().save(must_create)
        except UpdateError as gone:
            said = gone.__context__
            # By the database, not by Django.
            if isinstance(said, DatabaseError) and said.__cause__ is not None:
                raise said from said.__cause__
            raise


@contextmanager
def read_with(session: SessionStore) -> Iterator[None]:
    """Within the block, the account of a session is the one that was read with it."""
    token = _read_with.set(session)
    try:
        yield
    finally:
        _read_with.reset(token)


def account_read_along(key: int) -> User | None:
    """The account with this key, where it was read with the session that is asked about."""
    session = _read_with.get()
    account = session.account if session is not None else None
    return account if account is not None and account.pk == key else None
