"""Which row is locked first."""

from __future__ import annotations

from accounts.models import Person


def both_under_lock(kept_id: int, dropped_id: int) -> tuple[Person, Person]:
    """Two people with their accounts, in one order, so that nobody waits for somebody who waits."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).select_related("user").order_by("pk")
    found = rows.in_bulk([kept_id, dropped_id])
    return found[kept_id], found[dropped_id]
