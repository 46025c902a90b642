"""What could not be delivered, in words: why, and what whoever invited can do."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from accounts.queries.delivery import OWN_ADDRESS, UNKNOWN
from core.models import OutgoingMail
from ui.components import Text

register = template.Library()
Trouble = OutgoingMail.Trouble
WORDS: dict[str, Text] = {
    Trouble.NO_ADDRESS: _(
        "Could not be delivered: the address does not exist. Correct the address, or send the invitation again."
    ),
    Trouble.FULL: _(
        "Could not be delivered: the mailbox is full. Ask the person to make room, then send it again."
    ),
    Trouble.REFUSED: _(
        "Could not be delivered: the mail server of the recipient refused it. Ask the person for another address."
    ),
    Trouble.NOT_YET: _(
        "Could not be delivered in five days. Send it again, or ask the person for another address."
    ),
    Trouble.AWAY: _("Could not be delivered. Send it again."),
    Trouble.UNSURE: _("Nobody knows whether this arrived. Ask the person, or send it again."),
    OWN_ADDRESS: _(
        "The last email did not arrive. Ask the person to check the email address in the account."
    ),
    UNKNOWN: _("Could not be delivered. Check the address, then send it again."),
}


@register.filter
def undelivered_words(trouble: str) -> Text:
    """Of a reason as `accounts.queries.delivery` gives it."""
    return WORDS.get(trouble, WORDS[UNKNOWN])
