"""An organisation writes down its duties of social return, and what it did for them."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction

from core import changes, files, versions
from core.access import ensure
from core.attachments import Accepted
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import SocialReturnActivity, SocialReturnObligation
from partnerships.rules.social_returns import can_keep_social_return
from partnerships.services.locks import organisation_under_lock

# What a count of placements says.
COUNTED = ("kind", "what", "quantity", "value", "starts_on", "ends_on")


@transaction.atomic
def save(*, obligation: SocialReturnObligation, by: Actor, version: str | None) -> SocialReturnObligation:
    """Keep a duty, new or changed, on record."""
    ensure(can_keep_social_return(by, organisation_under_lock(obligation.organisation_id)))
    with explained(obligation):
        versions.claim(version, obligation)
        before = {} if obligation._state.adding else changes.stored(obligation)
        obligation.save()
        changes.record(obligation, before, by=by.person_id)
    return obligation


@transaction.atomic
def save_activity(
    *, activity: SocialReturnActivity, file: Accepted | None, by: Actor, version: str | None
) -> SocialReturnActivity:
    """Keep what was done, new or changed, on record; another proof takes the place of the one that was there."""
    ensure(can_keep_social_return(by, organisation_under_lock(activity.obligation.organisation_id)))
    put_out = None
    with explained(activity):
        versions.claim(version, activity)
        before = {} if activity._state.adding else changes.stored(activity)
        if file is not None:
            put_out = activity.proof
            activity.proof = files.keep(
                file=file.file, path=f"social-return/{uuid4()}", content_type=file.content_type, subject=None
            )
            activity.file_name = file.name
        activity.save()
        changes.record(activity, before, by=by.person_id)
    if put_out is not None:
        files.remove(file=put_out)
    return activity


@transaction.atomic
def count_placements(
    *, obligation: SocialReturnObligation, counted: SocialReturnActivity, by: Actor
) -> SocialReturnActivity:
    """Keep what the placements of students count for a duty, in place of what was counted of them before."""
    ensure(can_keep_social_return(by, organisation_under_lock(obligation.organisation_id)))
    known = obligation.activities.filter(is_of_placements=True).order_by("pk").first()
    activity = known or SocialReturnActivity(obligation=obligation, is_of_placements=True)
    before = {} if known is None else changes.stored(known)
    told = {name: getattr(counted, name) for name in COUNTED} | {"counts": True}
    if known is not None and all(getattr(known, name) == value for name, value in told.items()):
        return known
    for name, value in told.items():
        setattr(activity, name, value)
    with explained(activity):
        activity.save()
        changes.record(activity, before, by=by.person_id)
    return activity
