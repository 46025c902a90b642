"""Locations of an organisation are closed, never deleted: who learns there stays."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, endings, merging, versions
from core.access import ensure
from core.constraints import explained
from core.likeness import unanswered
from core.merging import Merging
from core.versions import NO_PAGE
from partnerships.actors import Actor
from partnerships.mail import closings as mail
from partnerships.models import Location, SignUp
from partnerships.queries.likeness import locations_like
from partnerships.queries.organisations import is_member
from partnerships.rules.memberships import can_manage, can_work_on_location
from partnerships.rules.merging import can_merge_locations
from partnerships.rules.sign_ups import can_draft_places
from partnerships.services.locks import location_under_lock, lock_organisations
from partnerships.signals import location_closed


@transaction.atomic
def make(*, location: Location, seen: Collection[int], by: Actor) -> Location:
    """Make a location that was filled in. `seen` are the keys of those like it that were said to be others.

    Raises ValidationError when one was not asked about, and for what a constraint refuses.
    """
    lock_organisations([location.organisation_id])
    ensure(can_manage(by, location.organisation))
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
def make_of_sign_up(*, location: Location, sign_up: SignUp, by: Actor) -> Location:
    """Make the location where an employer that has started offers places, as its coordinator fills it in.

    The people of the employer change it as any other. Raises ValidationError for what a constraint refuses.
    """
    lock_organisations([location.organisation_id])
    is_theirs = location.organisation_id == sign_up.organisation_id
    ensure(
        can_draft_places(
            by, sign_up, is_member=is_theirs and is_member(location.organisation, sign_up.call.partnership)
        )
    )
    with explained(location):
        location.save()
    return location


@transaction.atomic
def change(*, location: Location, by: Actor, read: str | None) -> Location:
    """Keep what was changed of a location, over what was `read` of it. Raises ValidationError as `make` does."""
    ensure(can_work_on_location(by, location_under_lock(location.pk)))
    with explained(location):
        versions.claim(read, location)
        changes.save(location, by=by.person_id)
    return location


@transaction.atomic
def close(*, location_id: int, by: Actor, read: str | None) -> Location:
    """Close a location from this moment on, with the places offered there; who learns there stays, and all are told.

    For two weeks it is taken back (`returns.location`). Raises ValidationError when it was closed before.
    """
    location = location_under_lock(location_id)
    ensure(can_work_on_location(by, location))
    versions.ensure(read, location)
    act = endings.end(location, by=by.person_id)
    location_closed.send(sender=Location, location=location, by=by, act=act)
    mail.people_location_closed(location, act, by=by)
    return location


@transaction.atomic
def merge(*, kept_id: int, dropped_id: int, by: Actor, read: str | None, digest: str | None) -> Merging:
    """Two locations turned out to be one: what is at `dropped` is at `kept` from now on. Gives what moved.

    The name of the dropped one stays to be found. `read` and `digest` are what was on the page: the versions of both,
    and what was shown to move. Raises ValidationError when it is another by now, or when they cannot be one.
    """
    rows = Location.objects.select_related("organisation")
    kept, dropped = merging.both_under_lock(rows, kept_id, dropped_id)
    versions.ensure(read, kept, dropped)
    ensure(can_merge_locations(by, kept, dropped))
    merged = Merging(make_one(kept=kept, dropped=dropped, by=by), [])
    if digest is not None and digest != merged.digest:
        raise versions.Changed
    return merged


@transaction.atomic
def looked_at(*, kept_id: int, dropped_id: int, by: Actor) -> Merging:
    """What `merge` would do."""
    return merging.looked_at(
        lambda: merge(kept_id=kept_id, dropped_id=dropped_id, by=by, read=NO_PAGE, digest=NO_PAGE)
    )


@transaction.atomic
def make_one(*, kept: Location, dropped: Location, by: Actor) -> list[merging.Moved]:
    """Move what is at one location to another, under the lock of who calls, and close the one that was left."""
    moved = merging.move(kept, dropped)
    dropped.merged_into = kept
    if not dropped.is_closed:
        endings.end(dropped, by=by.person_id)
    changes.save(dropped, by=by.person_id, update_fields=["merged_into"])
    merging.fill_in(kept, dropped)
    kept.save()
    return moved
