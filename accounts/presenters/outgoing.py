"""The mails that wait or went wrong, for administrators: never to whom one goes or what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.presenters.signing_in import MailRow
from accounts.queries import outgoing
from core import resending
from core.models import OutgoingMail, StateChange
from ui.components import Text
from ui.formats import moment

State, Trouble = OutgoingMail.State, OutgoingMail.Trouble
MOST_STOPPED = 25


@dataclass(frozen=True)
class QueueRow(MailRow):
    """A mail that waits, failed or is held, with what can be done about it."""

    @property
    def reason(self) -> Text:
        """What is wrong, or what it waits for."""
        mail = self.mail
        if mail.trouble:
            return _with_code(Trouble(mail.trouble).label, mail.answer_code)
        if mail.state != State.QUEUED:
            return _with_code(_("the reason is not known"), mail.answer_code)
        if mail.claimed_by:
            return _("being sent")
        return _("waits for the morning") if mail.by_day and mail.attempts == 0 else _("waits its turn")

    @property
    def edition(self) -> str:
        """What this page shows of it, to be sent along with what is done to it."""
        return resending.edition(self.mail)

    @property
    def tried(self) -> str:
        """How often it was tried."""
        number = self.mail.attempts
        words = ngettext("tried %(number)s time", "tried %(number)s times", number)
        return words % {"number": number} if number else ""

    @property
    def due(self) -> str:
        """When it goes at the earliest, as long as it waits."""
        at = {"at": moment(self.mail.due_at)}
        return _("at the earliest on %(at)s") % at if self.mail.state == State.QUEUED else ""

    @property
    def is_gone(self) -> bool:
        """Whether its text is gone, so that it cannot be sent any more."""
        return bool(getattr(self.mail, "is_gone", False))


@dataclass(frozen=True)
class ReasonRow:
    """How many failed, or are held, for one reason."""

    state: str
    trouble: str
    number: int

    @property
    def title(self) -> str:
        """The state and the reason in words."""
        reason = Trouble(self.trouble).label if self.trouble else _("the reason is not known")
        return f"{State(self.state).label}, {reason}"


def _with_code(reason: Text, code: str) -> str:
    return f"{reason} ({code})" if code else str(reason)


def queue_context(state: str, trouble: str, rows: Sequence[OutgoingMail]) -> dict[str, Any]:
    """The page: how it stands, the list that was chosen, and what was stopped today."""
    shown = [QueueRow(mail) for mail in rows]
    return {
        "space": "administrator",
        "waiting": outgoing.how_it_waits(),
        "reasons": [ReasonRow(*row) for row in outgoing.by_reason()],
        "state": state,
        "trouble": trouble,
        "chosen": Trouble(trouble).label if trouble else "",
        "title": _titles()[state],
        "rows": shown,
        "newest": max((mail.pk for mail in rows), default=0),
        "stopped": stopped(),
    }


def _titles() -> dict[str, Text]:
    return {
        "": _("Failed or held"),
        State.QUEUED: _("Waiting"),
        State.FAILED: _("Failed"),
        State.HELD: _("Held"),
    }


@dataclass(frozen=True)
class StoppedRow(MailRow):
    """A mail that was stopped, and the act by which that can be taken back."""

    act: StateChange


def stopped() -> list[StoppedRow]:
    """The mails that were stopped in the last day, each to be let go after all."""
    acts = list(outgoing.stopped_today()[:MOST_STOPPED])
    mails = outgoing.mails_of(acts)
    return [StoppedRow(mails[act.object_id], act) for act in acts if act.object_id in mails]
