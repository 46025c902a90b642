"""SMTP that knows how far a mail got. When the line breaks: before the last dot it is not out, after it that is in doubt."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends import smtp

# Seconds that a server may think about a mail it has whole. Giving up sooner makes copies (RFC 5321, 4.5.3.2.6).
PATIENCE = 600.0
CLOSING = 421  # the answer of a server that goes away


class _Followed(smtplib.SMTP):
    """Follows the text of a mail: `has_all` is true from the last dot until the server answers."""

    has_all = False
    _tells_text = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._tells_text = True
        try:
            return super().data(msg)
        finally:
            self._tells_text = False

    def send(self, s: Any) -> None:
        super().send(s)
        # Commands are str; the text goes in one piece, its last dot too.
        if self._tells_text and isinstance(s, bytes):
            self.has_all = True
            assert self.sock is not None  # noqa: S101  it was just written to
            self.sock.settimeout(PATIENCE)

    def getreply(self) -> tuple[int, bytes]:
        answer = super().getreply()
        if self.has_all:
            self.has_all = answer[0] == CLOSING  # it goes away and says nothing of the mail
            if self.sock is not None:
                self.sock.settimeout(self.timeout)
        return answer


class _FollowedOverTls(_Followed, smtplib.SMTP_SSL):
    """The same on a line that is secret from its first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's, over a connection that can say whether the server has all of the mail it broke off at."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _FollowedOverTls if self.use_ssl else _Followed

    @property
    def may_be_out(self) -> bool:
        """Whether the server has the last mail whole and did not say what becomes of it."""
        return getattr(self.connection, "has_all", False)
