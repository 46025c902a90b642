"""Duties of social return of the members of a partnership, as sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.dates import today
from core.lookups import keys_of
from partnerships.models import Member, Organisation, Partnership, SocialReturnObligation


@dataclass(frozen=True)
class Total:
    """What one member owes in all, what counts for that, and what is open."""

    organisation: Organisation
    owed: Decimal
    counted: Decimal
    open: Decimal


def totals(partnership: Partnership) -> list[Total]:
    """Of each member with duties that hold today, by name; one query."""
    members = Member.objects.running().filter(partnership=partnership)
    rows = SocialReturnObligation.objects.filter(
        organisation__in=keys_of(members, "organisation"), ends_on__gte=today()
    )
    found: dict[int, Total] = {}
    for row in rows.for_list().order_by("organisation__name", "pk"):
        before = found.get(row.organisation_id) or Total(row.organisation, Decimal(0), Decimal(0), Decimal(0))
        found[row.organisation_id] = Total(
            row.organisation, before.owed + row.owed, before.counted + row.counted, before.open + row.open
        )
    return list(found.values())
