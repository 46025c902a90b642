"""Groups, calls and initiatives that nobody used are thrown away, on record."""

from __future__ import annotations

from django.db import transaction

from core import versions
from core.access import ensure
from core.drafts import discard
from partnerships.actors import Actor
from partnerships.queries import drafts as queries
from partnerships.rules import closings as rules
from partnerships.services.locks import call_under_lock, group_under_lock, initiative_under_lock


@transaction.atomic
def group(*, group_id: int, by: Actor, read: str | None) -> None:
    """Throw a group away in which nobody ever sat."""
    row = group_under_lock(group_id)
    ensure(rules.can_discard_group(by, row, was_used=queries.group_was_used(row)))
    versions.ensure(read, row)
    discard(row, row.expectations.all(), by=by.person_id)


@transaction.atomic
def call(*, call_id: int, by: Actor, read: str | None) -> None:
    """Throw a call away that was never published."""
    row = call_under_lock(call_id)
    ensure(rules.can_discard_call(by, row, was_used=queries.call_was_used(row)))
    versions.ensure(read, row)
    discard(row, by=by.person_id)


@transaction.atomic
def initiative(*, initiative_id: int, by: Actor, read: str | None) -> None:
    """Throw an idea away that nobody else has seen, with the partners it names."""
    row = initiative_under_lock(initiative_id)
    ensure(rules.can_discard_initiative(by, row, was_used=queries.initiative_was_used(row)))
    versions.ensure(read, row)
    discard(row, row.partners.all(), by=by.person_id)
