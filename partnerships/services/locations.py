"""Locations of an organisation are closed, never deleted: what runs there goes on."""

from __future__ import annotations

from django.db import transaction

from core.access import ensure
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Location
from partnerships.rules.memberships import can_work_on_location


@transaction.atomic
def close(*, location_id: int, by: Actor) -> Location:
    """Close a location from today on. Raises ValidationError when it was closed before."""
    location = Location.objects.select_for_update(of=("self",), no_key=True).get(pk=location_id)
    ensure(can_work_on_location(by, location))
    location.closed_on = today()
    location.save(update_fields=["closed_on"])
    return location
