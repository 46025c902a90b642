"""A company that sends our mail tells by a webhook what did not arrive (django-anymail): it counts as a delivery report.

Mail still goes by SMTP, so that the outbox knows how far each one got; a header of the provider's own carries our
Message-ID along, and comes back with what it tells.
"""

from __future__ import annotations

import importlib
import json
import logging
from collections.abc import Callable
from typing import Any

from django.http.response import HttpResponseBase

from core import emails, reports, troubles
from core.reports import Outcome

logger = logging.getLogger(__name__)

MARK = "mail"
# provider: the view of django-anymail, and the header in which it hands on what belongs to a mail
_VIEWS = {
    "brevo": "BrevoTrackingWebhookView",
    "mailgun": "MailgunTrackingWebhookView",
    "mailjet": "MailjetTrackingWebhookView",
    "postmark": "PostmarkTrackingWebhookView",
}
_HEADERS: dict[str, Callable[[str], tuple[str, str]]] = {
    "brevo": lambda mark: ("X-Mailin-custom", _whole(mark)),
    "mailgun": lambda mark: ("X-Mailgun-Variables", _whole(mark)),
    "mailjet": lambda mark: ("X-MJ-EventPayload", _whole(mark)),
    "postmark": lambda mark: (f"X-PM-Metadata-{MARK}", mark),
}


def _whole(mark: str) -> str:
    """Without a space at which a long header would be broken."""
    return json.dumps({MARK: mark}, separators=(",", ":"))


GONE = {"bounced", "rejected", "failed"}
# What it says without the words of a mail server, as a status.
STATUSES = {"invalid": "5.1.1", "bounced": "5.0.0", "blocked": "5.7.1", "spam": "5.7.1", "timed_out": "4.4.7"}


class TryLater(Exception):
    """A worker has this mail in hand: the provider is answered 500 and tells it again."""


def headers(provider: str, message_id: str) -> dict[str, str]:
    """What a mail carries for the provider that is set."""
    return dict([_HEADERS[provider](message_id)]) if provider else {}


def webhook(provider: str, secret: str) -> Callable[..., HttpResponseBase]:
    """Where that provider tells it, with `secret` ("account:password") as basic authentication.

    Mailgun signs what it tells besides: the password is then the key of its account for that.
    """
    module = importlib.import_module(f"anymail.webhooks.{provider}")
    known = getattr(module, _VIEWS[provider])
    # Each view asks the settings for the secret unless it is given one, which only a declared name can be.
    own = type(known.__name__, (known,), {"webhook_secret": None})
    signed = {"webhook_signing_key": secret.partition(":")[2]} if provider == "mailgun" else {}
    view: Callable[..., HttpResponseBase] = own.as_view(webhook_secret=secret, **signed)  # type: ignore[attr-defined]  # a view
    return view


def told(*, event: Any, esp_name: str, **_more: Any) -> None:
    """One thing that a provider tells; what is opened, clicked or deferred is nothing to us."""
    if event.event_type not in GONE:
        return
    message_id = str((event.metadata or {}).get(MARK) or event.message_id or "")
    addresses = frozenset({emails.one_form(str(event.recipient or ""))})
    outcome = reports.returned(message_id=message_id, addresses=addresses, text=_said(event))
    if outcome == Outcome.BUSY:
        raise TryLater
    if outcome != Outcome.RETURNED:
        logger.info("%s told of a mail: %s", esp_name, outcome.value)


def _said(event: Any) -> str:
    """Status and code alone: the words of servers repeat addresses."""
    words = str(event.mta_response or event.description or "")
    status, code = reports.STATUS.search(words), troubles.CODE.match(words)
    known = status.group() if status else STATUSES.get(str(event.reject_reason), "5.0.0")
    return f"{code.group(1)} {known}" if code else known
