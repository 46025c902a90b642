"""The people around a proposal, a placement or a place, as the page names them."""

from __future__ import annotations

from collections.abc import Iterable

from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.presenters.contacts import is_member, of_membership
from partnerships.queries.contacts import holding
from partnerships.roles import EMPLOYER_PARTY
from placements.enums import Visibility
from placements.models import Slot
from ui.components import PersonCard


def cards(rows: Iterable[Membership], actor: Actor) -> list[PersonCard]:
    """People who work on one student with the reader; oneself is left out."""
    return [of_membership(row) for row in rows if row.person_id != actor.person_id]


def of_slot(slot: Slot, actor: Actor) -> list[PersonCard]:
    """Whom one asks about a place. Who sees it by its partnership works together with its employer."""
    shared = (
        slot.visibility != Visibility.REGION
        or slot.partnership_id in actor.inside
        or slot.organisation_id in actor.organisations()
    )
    rows = holding([slot.organisation_id], EMPLOYER_PARTY)
    return [of_membership(row, shared=shared, member=is_member(actor)) for row in rows]
