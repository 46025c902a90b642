"""Locations of an organisation are closed, never deleted: what runs there goes on."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import versions
from core.access import ensure
from core.constraints import explained
from core.dates import today
from partnerships.actors import Actor
from partnerships.models import Location
from partnerships.queries.likeness import locations_like, unanswered
from partnerships.rules.memberships import can_work_on_location
from partnerships.services.locks import lock_organisations


@transaction.atomic
def make(*, location: Location, seen: Collection[int]) -> Location:
    """Make a location that was filled in. `seen` are the keys of those like it that were said to be others.

    Raises ValidationError when one was not asked about, and for what a constraint refuses.
    """
    lock_organisations([location.organisation_id])
    found = locations_like(
        organisation_id=location.organisation_id,
        name=location.name,
        municipality=location.municipality,
        neighbourhood=location.neighbourhood,
        pc4=location.pc4,
    )
    if unanswered(found, seen):
        raise ValidationError(_("One that looks like it is there by now. Say whether it is that one."))
    with explained(location):
        location.save()
    return location


@transaction.atomic
def close(*, location_id: int, by: Actor, read: str | None = None) -> Location:
    """Close a location from today on. Raises ValidationError when it was closed before."""
    location = Location.objects.select_for_update(of=("self",), no_key=True).get(pk=location_id)
    ensure(can_work_on_location(by, location))
    versions.ensure(read, location)
    location.closed_on = today()
    location.save(update_fields=["closed_on"])
    return location
