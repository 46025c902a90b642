"""What an administrator sees of one person: how one signs in, what one may do where, and what was mailed."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from accounts import rules
from accounts.models import Invitation, SecurityEvent, SupportAct
from accounts.presenters.signing_in import InvitationRow, MailRow, account_word
from accounts.queries.devices import devices_of
from core import emails
from core.models import OutgoingMail
from partnerships.models import GroupSeat, Membership
from ui.components import SummaryRow

MOST_EVENTS = 20
MOST_MAILS = 30


def account_context(act: SupportAct) -> dict[str, Any]:
    """The whole page, while the act runs."""
    person = act.subject
    running = F("ended_at").asc(nulls_first=True)
    roles = Membership.objects.filter(person=person).select_related("organisation")
    seats = GroupSeat.objects.filter(person=person).select_related("group__partnership")
    invitations = Invitation.objects.filter(person=person).order_by("-created_at", "-pk")
    mails = OutgoingMail.objects.filter(person=person).order_by("-pk").only(*_MAIL)
    return {
        "space": "administrator",
        "act": act,
        "person": person,
        "facts": _facts(act),
        "devices": devices_of(person.user) if person.user else (),
        "may": _verdicts(act),
        "roles": roles.order_by(running, "organisation__name", "pk"),
        "seats": seats.order_by(running, "group__name", "pk"),
        "invitations": [InvitationRow(row) for row in invitations],
        "merges_with": _merges_with(act),
        "mails": [MailRow(row) for row in mails[:MOST_MAILS]],
        "events": SecurityEvent.objects.of(person)[:MOST_EVENTS],
    }


def _merges_with(act: SupportAct) -> list[SupportAct]:
    """The other accounts that this administrator has open now, of people who can be one with this one."""
    own = SupportAct.objects.running().filter(administrator=act.administrator)
    others = own.exclude(subject=act.subject_id).select_related("subject__user").order_by("begun_at", "pk")
    pairs = [(other, act.subject, other.subject) for other in others]
    return [
        other for other, one, two in pairs if rules.permits_merge(one, two) or rules.permits_merge(two, one)
    ]


# Never the text, the subject or the link.
_MAIL = ("kind", "state", "created_at", "last_error")


def record_context(act: SupportAct) -> dict[str, Any]:
    """What stays of an act: who, why, when, and what was done."""
    return {"space": "administrator", "act": act, "events": act.events.order_by("at", "pk")}


def _facts(act: SupportAct) -> list[SummaryRow]:
    person = act.subject
    step = _("Switched on") if act.has_second_step else _("Switched off")
    rows = [
        SummaryRow(_("Name"), person.full_name),
        SummaryRow(_("Email address"), emails.shown(person.address)),
        SummaryRow(_("Account"), account_word(person)),
    ]
    return [*rows, SummaryRow(_("Second step"), step)] if person.has_account else rows


def _verdicts(act: SupportAct) -> dict[str, bool]:
    person = act.subject
    return {
        "end_sessions": bool(rules.can_end_sessions(person)),
        "remove_second_step": bool(rules.can_remove_second_step(act)),
        "close": bool(rules.can_close(person)),
        "reopen": bool(rules.can_reopen(person)),
        "change_address": bool(rules.can_correct_address(person) or rules.can_ask_address(person)),
    }
