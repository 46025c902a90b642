"""Queue a mail: a row written in the transaction of what caused it. `core.outbox` sends it afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise

from core import broker, emails, tasks
from core.links import absolute_url
from core.models import OutgoingMail, StateChange

LONGEST_SUBJECT = 200
MOST_ASKED = 2  # people named in a mail: more is a list that nobody reads
FOOT = "core/mail/foot.txt"

# The person who acts in this request, by key; None for what happens by the clock, and for visitors, whose few acts that
# mail have limits of their own by mailbox and network.
acting: ContextVar[int | None] = ContextVar("acting", default=None)
# The keys of the mails that are written in an act that tells each reader once (`core.gathering`).
written_here: ContextVar[list[int] | None] = ContextVar("written_here", default=None)
# Sent before mails of that person are kept, with `by` and `mails`. A receiver that raises
# ValidationError refuses the act.
mail_asked = Signal()


@dataclass(frozen=True, slots=True)
class Ask:
    """Someone to ask about a mail, with what that person shows to its reader; `person_id` so that nobody asks oneself."""

    name: str
    line: str | Promise = ""
    email: str = ""
    phone: str = ""
    person_id: int = 0


def operator() -> Ask:
    """Who answers for the portal, as the settings name it: whom one asks when nobody is nearer."""
    known = settings.OPERATOR
    return Ask(known.name or "Leerpact", email=emails.one_form(known.email), phone=known.phone)


def send(
    *,
    kind: str,
    to_email: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    why: str | Promise,
    ask: Sequence[Ask] = (),
    subject: str | None = None,
    person: Any = None,
    link: str = "",
    list_unsubscribe: str = "",
    calendar: str = "",
    is_secret: bool = False,
    by_day: bool = False,
    about: StateChange | None = None,
) -> OutgoingMail:
    """Write the mail in the recipient's language and queue it; nothing is sent before the commit.

    Without `subject` the first line of the rendered template is the subject. `link` (a path or a full address) is the
    one act the mail asks for and is in the context as `link`. Each mail ends with whom to ask, `why` its reader gets it
    and what Leerpact is; who replies reaches the first of `ask` who shows an address, or else who runs the portal.
    `calendar` is an iCalendar entry (RFC 5546) that mail programs offer to put in the reader's agenda.
    `is_secret` wipes text and link once sent: for mails whose link opens something by itself. `by_day` keeps it until the
    morning when it could only go at night (`core.reminding.hours`). `about` is the act that
    the mail tells of, for acts that can be taken back (`core.states.take_back`): the mail then goes no further, or its
    reader hears of it.
    """
    mail = written(
        kind=kind,
        to_email=to_email,
        template=template,
        context=context,
        language=language,
        why=why,
        ask=ask,
        subject=subject,
        person=person,
        link=link,
        list_unsubscribe=list_unsubscribe,
        calendar=calendar,
        is_secret=is_secret,
        by_day=by_day,
        about=about,
    )
    queue([mail])
    return mail


def queue(mails: Sequence[OutgoingMail]) -> None:
    """Queue mails that were `written`, in one statement however many they are."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("Send mail in the transaction of what it tells about.")
    if mails and (by := acting.get()) is not None:
        mail_asked.send(sender=OutgoingMail, by=by, mails=mails)
    OutgoingMail.objects.bulk_create(mails)
    if (keys := written_here.get()) is not None:
        keys += [one.pk for one in mails]
    if mails:
        wake_on_commit()


def queue_instead(mails: Sequence[OutgoingMail]) -> None:
    """Queue mails that go in place of others of this act, which have been counted (`core.gathering`)."""
    OutgoingMail.objects.bulk_create(mails)


def written(
    *,
    kind: str,
    to_email: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    why: str | Promise,
    ask: Sequence[Ask] = (),
    subject: str | None = None,
    person: Any = None,
    link: str = "",
    list_unsubscribe: str = "",
    calendar: str = "",
    is_secret: bool = False,
    by_day: bool = False,
    about: StateChange | None = None,
) -> OutgoingMail:
    """The same mail as `send` queues, for `queue`: those of a whole list go together."""
    emails.check(emails.one_form(to_email))
    full_link = absolute_url(link) if link else ""
    asked = [one for one in ask if one.person_id == 0 or one.person_id != getattr(person, "pk", None)]
    asked = asked[:MOST_ASKED]
    if not any(one.email or one.phone for one in asked):
        asked.append(operator())
    if reply_to := next((one.email for one in [*asked, operator()] if one.email), ""):
        emails.check(reply_to)
    with translation.override(language):
        text = _render(template, {**context, "link": full_link, "site_url": settings.SITE_URL})
        foot = _render(FOOT, {"ask": asked, "why": str(why), "site_url": settings.SITE_URL})
    if subject is None:
        subject, _newline, text = text.lstrip().partition("\n")
    return OutgoingMail(
        kind=kind,
        about=about,
        person=person,
        to_email=to_email,
        reply_to=reply_to,
        subject=_one_line(subject)[:LONGEST_SUBJECT],
        body=f"{text.strip()}\n\n{foot.strip()}\n",
        language=language,
        link=full_link,
        list_unsubscribe=absolute_url(list_unsubscribe) if list_unsubscribe else "",
        calendar=calendar,
        is_secret=is_secret,
        by_day=by_day,
        message_id=_message_id(),
    )


def _render(template: str, context: Mapping[str, Any]) -> str:
    """Plain text: no HTML escaping, whatever the template engine does for pages."""
    engine_template = get_template(template).template  # type: ignore[attr-defined]  # Django's own engine has it
    return str(engine_template.render(Context(context, autoescape=False)))


def _one_line(text: str) -> str:
    """The text without line breaks of any kind, which could otherwise add a header of their own."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _message_id() -> str:
    """Made once and stored: a second try after a crash carries the same id, so that readers see one mail."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def wake_on_commit() -> None:
    """Ask for delivery once the transaction commits; once for a transaction, however many mails it wrote."""
    connection = transaction.get_connection()
    if not any(hook is _wake for _sids, hook, _robust in connection.run_on_commit):
        transaction.on_commit(_wake)


def _wake() -> None:
    """Tell a worker that there is mail. When the broker is away nothing is lost: `sweep_outbox` looks within a minute."""
    broker.hint(tasks.deliver)
