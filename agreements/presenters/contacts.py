"""The people around an agreement, as its page names them."""

from __future__ import annotations

from agreements.models import Agreement
from partnerships.actors import Actor
from partnerships.presenters.contacts import of_membership
from partnerships.queries.contacts import with_these_roles
from ui.components import PersonCard


def asks_of(agreement: Agreement, actor: Actor) -> list[PersonCard]:
    """Whom one can ask: the contact at the school and the practice trainer, but not oneself."""
    version = agreement.agreed or agreement.pending
    if version is None:
        return []
    named = [pk for pk in (version.contact_id, version.trainer_id) if pk is not None]
    rows = {row.pk: row for row in with_these_roles(roles=named)}
    found = [rows[pk] for pk in dict.fromkeys(named) if pk in rows]
    return [of_membership(row) for row in found if row.person_id != actor.person_id]
