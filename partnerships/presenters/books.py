"""The contact book as its readers see it: of each person what that person shows, and what one owns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst

from accounts.enums import Role
from partnerships.actors import Actor
from partnerships.models import ActionLine, Initiative, Membership, Partnership
from partnerships.models.contacts import card_of
from partnerships.presenters.contacts import of_membership
from partnerships.presenters.spaces import space_of
from partnerships.queries.books import owned_by
from partnerships.roles import MEMBERSHIP
from ui import formats
from ui.components import PersonCard
from ui.languages import dutch
from ui.pages import Page


@dataclass(frozen=True)
class BookRow:
    """Someone in the contact book, and what there is to ask about."""

    card: PersonCard
    owns: Sequence[ActionLine | Initiative]


def book_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """A page of the contact book."""
    rows: list[Any] = list(page)
    owns = owned_by(partnership, {row.person_id for row in rows}, actor)
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "page": page,
        "rows": [BookRow(_card(row, row.roles), owns.get(row.person_id, ())) for row in rows],
    }


def _card(row: Membership, roles: Sequence[str]) -> PersonCard:
    """With every role that one has there, the weightiest first; what one can be asked stands behind that."""
    held = sorted({Role(role) for role in roles}, key=MEMBERSHIP.index)
    card = of_membership(row)
    named = formats.listed([str(role.label) for role in held])
    where = format_html("{}, {}", capfirst(named), dutch(row.organisation.name))
    own = card_of(row.person).line if _says(row) else ""
    return replace(card, line=format_html("{}; {}", where, dutch(own)) if own else where)


def _says(row: Membership) -> bool:
    """Whether someone says what one can be asked, to who works with that person."""
    card = card_of(row.person)
    return bool(card.line) and card.shows("line", shared=True, member=True)
