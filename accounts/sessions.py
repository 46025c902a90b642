"""Where sessions are kept: in the database, as Django does it, read by a query that is written once."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from core.written import written


@written
def _lasting(*, key: str) -> QuerySet[Session]:
    """The session with this key, unless its time is over."""
    return Session.objects.filter(session_key=key, expire_date__gt=timezone.now())


class SessionStore(db.SessionStore):
    """A session as every page begins with it."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        # Ours are letters and digits; what else a cookie can hold, as a character that no database takes, is none.
        found = _lasting(key=key) if key.isascii() and key.isalnum() else []
        if not found:
            self._session_key = None
            return None
        return found[0]

    def save(self, must_create: bool = False) -> None:
        """As Django's, but a database that is away or full is no session that was ended elsewhere."""
        try:
            super().save(must_create)
        except UpdateError as gone:
            said = gone.__context__
            if (
                isinstance(said, DatabaseError) and said.__cause__ is not None
            ):  # by the database, not by Django
                raise said from said.__cause__
            raise
