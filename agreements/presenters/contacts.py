"""The people around an agreement, as its page names them."""

from __future__ import annotations

from agreements.models import Agreement
from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.presenters.contacts import of_membership
from partnerships.queries.contacts import with_cards
from ui.components import PersonCard


def asks_of(agreement: Agreement, actor: Actor) -> list[PersonCard]:
    """Whom one can ask: the contact at the school and the practice trainer, but not oneself."""
    version = agreement.agreed or agreement.pending
    if version is None:
        return []
    named = [version.contact_id, version.trainer_id]
    rows = list(with_cards(Membership.objects.filter(pk__in=[pk for pk in named if pk is not None])))
    rows.sort(key=lambda row: named.index(row.pk))
    return [of_membership(row) for row in rows if row.person_id != actor.person_id]
