"""Mails about improvements that are offered to whose playbook it is."""

from __future__ import annotations

from typing import Any

from accounts.mail import letters
from core.models import StateChange
from partnerships.queries.people import coordinators_of
from playbooks.models import PlaybookOffer


def coordinator_offer_made(offer: PlaybookOffer) -> None:
    """For who publishes the playbook; the link leads to the answer."""
    _write(offer.publisher.pk, "playbooks/mail/coordinator_offer_made.txt", offer, by=offer.by)


def offerer_offer_accepted(offer: PlaybookOffer, act: StateChange) -> None:
    """It comes into the next version: for who offered it."""
    _write(offer.offerer.pk, "playbooks/mail/offerer_offer_accepted.txt", offer, by=act.by)


def offerer_offer_declined(offer: PlaybookOffer, act: StateChange) -> None:
    """It does not, with the reason."""
    _write(offer.offerer.pk, "playbooks/mail/offerer_offer_declined.txt", offer, by=act.by, reason=act.reason)


def _write(partnership_id: int, template: str, offer: PlaybookOffer, **context: Any) -> None:
    context |= {
        "title": offer.title,
        "offerer": offer.offerer.name,
        "publisher": offer.publisher.name,
        "better": offer.why,
    }
    for person in coordinators_of(partnership_id):
        letters.to_person(person, template, link=offer.get_absolute_url(), **context)
