"""What a person does with a mail that waits or went wrong: send it again, stop it, or let it go after all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import states, versions
from core.access import ALLOW, Verdict, ensure, not_now
from core.models import OutgoingMail, StateChange

BEING_SENT = _("This email is being sent right now. Look again in a minute.")
WIPED = _(
    "What this email said is gone, because the link in it opens something. Let the person be invited again."
)

TAKEN_BACK = _("What this email tells of was taken back, so it is not sent any more.")


def edition(mail: OutgoingMail) -> str:
    """Which state of a mail a page showed: workers move it all the time."""
    return f"{mail.state}.{mail.attempts}"


def can_send_again(mail: OutgoingMail) -> Verdict:
    """Whether it is one that failed or is held, of which the text is still there."""
    verdict = states.permits(mail, mail.SEND_AGAIN)
    return verdict and (not_now(WIPED) if mail.is_wiped else ALLOW)


def can_cancel(mail: OutgoingMail) -> Verdict:
    """Whether it is not out yet."""
    return states.permits(mail, mail.CANCEL)


def can_restore(mail: OutgoingMail) -> Verdict:
    """Whether a mail that was stopped still has something to say: meanwhile it may have been stopped for another reason."""
    if mail.is_wiped:
        return not_now(WIPED)
    return not_now(TAKEN_BACK) if mail.about is not None and hasattr(mail.about, "undone_by") else ALLOW


@transaction.atomic
def send_again(*, mail_id: int, by: int | None, read: str | None) -> OutgoingMail:
    """Queue a failed mail again, or a held one once someone decided that it did not arrive."""
    mail = _locked(mail_id)
    ensure(can_send_again(mail))
    versions.ensure_same(read, edition(mail))
    now = timezone.now()
    facts: dict[str, Any] = {"due_at": now, "created_at": now, "copies": 0, "trouble": ""}
    states.advance(mail, mail.SEND_AGAIN, by=by, subject=_subject(mail), **facts)
    return mail


@transaction.atomic
def cancel(*, mail_id: int, by: int | None, read: str | None) -> StateChange:
    """Stop a mail that is not out: its reader gets nothing."""
    mail = _locked(mail_id)
    ensure(can_cancel(mail))
    versions.ensure_same(read, edition(mail))
    return states.advance(mail, mail.CANCEL, by=by, subject=_subject(mail), claimed_by=None)


@transaction.atomic
def restore(*, act_id: int, by: int | None) -> None:
    """Take back that a mail was stopped: it waits, failed or is held, as before. Pressed twice it is done once."""
    act = StateChange.objects.filter(pk=act_id, model=OutgoingMail._meta.label_lower).first()
    if act is None:
        raise ValidationError(states.CHANGED, code="changed")
    mail = _locked(int(act.object_id))
    if states.act_read(mail, act_id, by=by) is not None:
        ensure(can_restore(mail))
        states.take_back(mail, act, by=by)


def _locked(mail_id: int) -> OutgoingMail:
    """Under its lock, which a worker has while it talks to the mail server: that is not waited for."""
    rows = OutgoingMail.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    mail = rows.filter(pk=mail_id).first()
    if mail is None:
        there = OutgoingMail.objects.filter(pk=mail_id).exists()
        raise ValidationError(BEING_SENT if there else states.CHANGED, code="changed")
    return mail


def _subject(mail: OutgoingMail) -> UUID | None:
    return mail.person.public_id if mail.person else None
