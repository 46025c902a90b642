"""How someone signs in, and what became of invitations and mails: for the account's owner, managers and administrators."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Count
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.enums import Role, SecurityKind
from accounts.models import Invitation, Person, SecurityEvent, User
from accounts.queries.devices import devices_of
from core import emails
from core.models import OutgoingMail
from ui.components import SummaryRow, Text


def signing_in(user: User) -> list[SummaryRow]:
    """How this person signs in, each line with the way to change it."""
    step = _("Switched on") if is_mfa_enabled(user) else _("Switched off")
    return [
        SummaryRow(_("Email address"), emails.shown(user.email), reverse("account_email")),
        SummaryRow(_("Password"), "••••••••", reverse("account_change_password")),
        SummaryRow(_("Second step"), step, reverse("mfa_index")),
        SummaryRow(_("Signed in on"), _device_words(len(devices_of(user))), reverse("usersessions_list")),
    ]


def account_word(person: Person) -> str:
    """Whether someone can sign in; the account must be loaded."""
    if person.user is None:
        return _("None")
    return _("Can sign in") if person.user.is_active else _("Signing in has been stopped")


def _device_words(number: int) -> str:
    return ngettext("%(number)d device", "%(number)d devices", number) % {"number": number}


@dataclass(frozen=True)
class EventRow:
    """What happened, for administrators: `sign` tells one account from another and leads to nobody."""

    event: SecurityEvent

    @property
    def at(self) -> dt.datetime:
        """When."""
        return self.event.at

    @property
    def word(self) -> Text:
        """What kind of event."""
        return self.event.get_kind_display()

    @property
    def what(self) -> str:
        """Which limit, page, list or role, a role by its word; never anything that a visitor typed."""
        role, _space, where = self.event.what.partition(" ")
        return f"{Role(role).label}, {where}" if role in Role.values else self.event.what

    @property
    def network(self) -> str:
        """The first part of where it came from."""
        return self.event.network

    @property
    def sign(self) -> str:
        """Made with the portal's own secret, so that it cannot be found from a link to the person."""
        if self.event.person_id is None:
            return ""
        return salted_hmac("accounts.event", str(self.event.person_id), algorithm="sha256").hexdigest()[:6]


@dataclass(frozen=True)
class KindOfLate:
    """How often one kind of event happened in the last seven days."""

    kind: str
    label: Text
    number: int


def kinds_of_late() -> list[KindOfLate]:
    """The kinds that happened in the last seven days, the most frequent first."""
    counted = SecurityEvent.objects.of_late().values_list("kind").annotate(number=Count("pk"))
    return [
        KindOfLate(kind, SecurityKind(kind).label, number)
        for kind, number in counted.order_by("-number", "kind")
    ]


# What a mail was, for who may know that it went and not what it said; all else is about someone's work or learning.
KINDS = {
    "accounts.invitation": gettext_lazy("Invitation"),
    "accounts.password_reset": gettext_lazy("Link for a new password"),
    "accounts.signing_code": gettext_lazy("Code to sign"),
    "accounts.email_confirmation": gettext_lazy("Link to confirm an address"),
    "accounts.security": gettext_lazy("Word of a change in signing in"),
    "owner_account_known": gettext_lazy("Word that there is an account"),
}
SUPPORT = ("person_support_", "person_account_", "owner_address_")


@dataclass(frozen=True)
class InvitationRow:
    """An invitation with what became of it; without an answer it can be sent again."""

    invitation: Invitation

    @property
    def kind(self) -> str:
        """How its state looks."""
        if self.invitation.accepted_at:
            return "done"
        return "wait" if self.invitation.is_usable else "back"

    @property
    def word(self) -> Text:
        """Its state."""
        if self.invitation.accepted_at:
            return _("accepted")
        if self.invitation.revoked_at:
            return _("withdrawn")
        return _("link no longer valid") if self.invitation.is_expired else _("no answer yet")

    @property
    def may_renew(self) -> bool:
        """Whether a new link can be mailed."""
        return self.invitation.accepted_at is None and self.invitation.revoked_at is None


@dataclass(frozen=True)
class MailRow:
    """That a mail went, or did not: its kind, day and state; never what it said or about whom."""

    mail: OutgoingMail

    @property
    def name(self) -> Text:
        """What kind of mail it was."""
        if self.mail.kind.startswith("reminder_"):
            return _("Reminder")
        if self.mail.kind.startswith(SUPPORT):
            return _("Word of a support act")
        return KINDS.get(self.mail.kind, _("Message about work or learning"))

    @property
    def kind(self) -> str:
        """How its state looks."""
        wrong = {OutgoingMail.State.FAILED: "back", OutgoingMail.State.HELD: "back"}
        known = {OutgoingMail.State.SENT: "done", OutgoingMail.State.CANCELLED: "todo", **wrong}
        known[OutgoingMail.State.TOLD] = "todo"
        return known.get(OutgoingMail.State(self.mail.state), "wait")

    @property
    def may_send_again(self) -> bool:
        """Whether it failed or is held."""
        return self.mail.state in (OutgoingMail.State.FAILED, OutgoingMail.State.HELD)
