"""What accounts hears of core: every mail that someone's act writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from accounts.services import mailing
from core.mail import mail_asked
from core.models import OutgoingMail


@receiver(mail_asked)
def hold_to_limits(*, by: int, mails: Sequence[OutgoingMail], **_named: Any) -> None:
    """Refuse mails past the limits of who acts; a mail to oneself is nobody's burden."""
    others = [mail for mail in mails if mail.person is None or mail.person.pk != by]
    mailing.count(
        by=by,
        to=[(mail.to_email, mail.person is not None and mail.person.has_account) for mail in others],
    )
