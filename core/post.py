"""Hand mails to the mail server one by one, and say of each what became of it."""

from __future__ import annotations

import logging
import re
import smtplib
from typing import NoReturn

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core import providers, troubles
from core.models import OutgoingMail
from core.smtp import CLOSING

logger = logging.getLogger(__name__)

PERMANENT = 500


class ServerDown(Exception):
    """The mail server cannot be reached: no use trying any mail now."""


class Refused(Exception):
    """The server refused this one mail; the next may be fine."""

    def __init__(self, reason: str, *, permanent: bool, trouble: OutgoingMail.Trouble) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.trouble = trouble


class BrokeOff(Exception):
    """The server broke off or fell silent before it had all of this mail, which is surely not out."""


class InDoubt(Exception):
    """The server has all of this mail and did not say what becomes of it: its reader may have it."""


class Post:
    """One connection to the mail server, opened at the first mail and again after the server broke off."""

    def __init__(self) -> None:
        self.breaks = 0  # how often in a row the server broke off
        self._backend: BaseEmailBackend | None = None

    def send(self, mail: OutgoingMail) -> None:
        """Hand one mail over; returning means that the server took it. Raises one of the four above."""
        backend = self._open()
        try:
            backend.send_messages([_message(mail)])
        except smtplib.SMTPRecipientsRefused as error:
            self._refused(*next(iter(error.recipients.values())), error, at_address=True)
        except smtplib.SMTPSenderRefused as error:
            # Our address, our configuration: not the recipient's fault, so never final.
            self._refused(error.smtp_code, error.smtp_error, error, may_be_final=False)
        except smtplib.SMTPDataError as error:
            self._refused(error.smtp_code, error.smtp_error, error)
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            raise Refused(
                f"address not supported: {error}", permanent=True, trouble=OutgoingMail.Trouble.NO_ADDRESS
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            self._broke_off(f"{type(error).__name__}: {error}", error)
        self.breaks = 0

    def _refused(
        self,
        code: int,
        answer: bytes | str,
        error: Exception,
        *,
        may_be_final: bool = True,
        at_address: bool = False,
    ) -> NoReturn:
        """What an SMTP answer means: 5xx never, 421 the server goes away, other 4xx later."""
        text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
        if code == CLOSING:
            self._broke_off(f"{code} {text}", error)
        self.breaks = 0
        trouble = troubles.of_answer(f"{code} {text}", at_address=at_address)
        is_final = may_be_final and code >= PERMANENT
        raise Refused(f"{code} {text}", permanent=is_final, trouble=trouble) from error

    def _broke_off(self, reason: str, error: Exception) -> NoReturn:
        in_doubt = getattr(self._backend, "may_be_out", False)
        self.breaks += 1
        self.close()
        raise (InDoubt if in_doubt else BrokeOff)(reason) from error

    def _open(self) -> BaseEmailBackend:
        if self._backend is None:
            backend = get_connection()
            try:
                backend.open()
            except (smtplib.SMTPException, OSError) as error:
                raise ServerDown(f"{type(error).__name__}: {error}") from error
            self._backend = backend
        return self._backend

    def close(self) -> None:
        """End the connection. What the server took stays sent, also when it does not answer this."""
        backend, self._backend = self._backend, None
        if backend is not None:
            try:
                backend.close()
            except (smtplib.SMTPException, OSError):
                logger.info("Mail server broke off at QUIT.")


def _message(mail: OutgoingMail) -> EmailMessage:
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",  # RFC 3834: out-of-office robots keep silent
        "Content-Language": mail.language,
    }
    if mail.list_unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.list_unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    headers |= providers.headers(settings.MAIL_PROVIDER, mail.message_id)
    if settings.BOUNCE_ADDRESS:
        headers["From"] = settings.DEFAULT_FROM_EMAIL  # what readers see; reports go to the other one
    message = EmailMultiAlternatives(
        from_email=settings.BOUNCE_ADDRESS or None,
        subject=mail.subject,
        body=mail.body,
        to=[mail.to_email],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={_method_of(mail.calendar)}")
    return message


def _method_of(calendar: str) -> str:
    """What the entry does with the reader's agenda: the part names it too, or mail programs only show a file."""
    found = re.search(r"^METHOD:([A-Z]+)", calendar, re.MULTILINE)
    return found[1] if found else "PUBLISH"
