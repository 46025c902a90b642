"""The lists of this app as files: their columns, with what the page shows of a row and nothing that it hides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.presenters.outgoing import QueueRow
from accounts.presenters.own_data import RequestRow
from accounts.presenters.signing_in import EventRow
from accounts.templatetags.signing_in import device
from ui.sheets import Column, Sheet

EVENTS = Sheet(
    _("Security events"),
    (
        Column(_("When"), lambda row: row.at),
        Column(_("Kind"), lambda row: row.word),
        Column(_("What"), lambda row: row.what),
        Column(_("Network"), lambda row: row.network),
        Column(_("Account"), lambda row: row.sign),
    ),
    rows=lambda events: map(EventRow, events),
)
MAILS = Sheet(
    _("Mails"),
    (
        Column(_("Made"), lambda row: row.mail.created_at),
        Column(_("Kind"), lambda row: row.name),
        Column(_("State"), lambda row: row.mail.get_state_display()),
        Column(_("Reason"), lambda row: row.reason),
        Column(_("Attempts"), lambda row: row.mail.attempts),
        Column(_("Due"), lambda row: row.mail.due_at),
    ),
    rows=lambda mails: map(QueueRow, mails),
)
ERASURES = Sheet(
    _("Requests for erasure"),
    (
        Column(_("Name"), lambda row: row.name),
        Column(_("Asked on"), lambda row: row.request.asked_at),
        Column(_("State"), lambda row: row.word),
    ),
    rows=lambda requests: map(RequestRow, requests),
)
SUPPORT_ACTS = Sheet(
    _("Support acts"),
    (
        Column(_("Of whom"), lambda act: act.subject.full_name),
        Column(_("Reason"), lambda act: act.reason),
        Column(_("Opened by"), lambda act: act.administrator.full_name),
        Column(_("From"), lambda act: act.begun_at),
        Column(_("Over"), lambda act: bool(act.over_at)),
    ),
)
DEVICES = Sheet(
    _("Where you are signed in"),
    (
        Column(_("Device"), lambda session: device(session.user_agent)),
        Column(_("Since"), lambda session: session.created_at),
        Column(_("Internet address"), lambda session: session.ip),
    ),
)
