"""The money of an initiative and the plan for after it, kept by who leads it."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from core import changes, versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Funding
from partnerships.queries.initiative_partners import who_can_carry
from partnerships.rules.initiative_partners import can_be_named, can_lead
from partnerships.rules.partnerships import goes_on
from partnerships.services.locks import initiative_under_lock


@transaction.atomic
def save(*, funding: Funding, by: Actor, version: str | None) -> Funding:
    """Keep a funding, new or changed; a new one that is there already is given back as it is.

    Raises ValidationError when its days do not fit, or for a planner who does not work on the initiative.
    """
    initiative = initiative_under_lock(funding.initiative_id)
    ensure(can_lead(by, initiative) and goes_on(initiative.partnership))
    versions.claim(version, funding)
    if funding.amount is not None:  # as the column has it, so that 48000 and 48000.00 are no change
        funding.amount = funding.amount.quantize(Decimal("0.01"))
    before = Funding.objects.filter(pk=funding.pk).first()
    if before is None:
        same = {name: getattr(funding, name) for name in ("source", "amount", "starts_on", "ends_on")}
        known = initiative.fundings.filter(**same).first()
        if known is not None:
            return known
    known_planner = before.plan_owner_id if before else None
    ensure(can_be_named(funding.plan_owner, list(who_can_carry(initiative, known_planner))))
    with explained(funding):
        changes.save(funding, by=by.person_id)
    initiative.refreshed_on = today()
    initiative.save(update_fields=["refreshed_on"])
    return funding
