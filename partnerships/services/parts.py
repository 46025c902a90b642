"""Action lines and themes: saved and ended by those who write for the partnership; an end is taken back for two weeks."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from core import changes, endings, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.rules import parts as rules
from partnerships.rules.partnerships import can_write
from partnerships.services.locks import part_under_lock

Before = dict[str, object]


@transaction.atomic
def save(
    *, part: rules.Part, by: Actor, version: str | None, ensure_fits: Callable[[Before], None] | None = None
) -> rules.Part:
    """Keep one, new or changed; `version` is what was read of it.

    `ensure_fits` raises ValidationError for what does not fit together; it gets what stood before, nothing for a new one.
    Raises ValidationError for whoever may not, and when another one has its number or name.
    """
    with explained(part):
        versions.claim(version, part)
        before = _before(part, by)
        if ensure_fits is not None:
            ensure_fits(before)
        part.save()
        changes.record(part, before, by=by.person_id)
    return part


def _before(part: rules.Part, by: Actor) -> Before:
    if part._state.adding:
        ensure(rules.can_make(by, part))
        return {}
    ensure(rules.can_change(by, part_under_lock(part)))
    return changes.stored(part)


@transaction.atomic
def end(*, part: rules.Part, by: Actor, read: str | None) -> rules.Part:
    """End one from this moment on; the initiatives under it stay as they are."""
    part = part_under_lock(part)
    ensure(rules.can_end(by, part))
    versions.ensure(read, part)
    endings.end(part, by=by.person_id)
    return part


@transaction.atomic
def reopen(*, part: rules.Part, by: Actor, read: str | None) -> rules.Part:
    """Let one go on that was ended lately. Raises ValidationError when another one took its place meanwhile."""
    part = part_under_lock(part)
    ensure(can_write(by, part.partnership))
    if endings.was_taken_back(part, by=by.person_id):
        return part
    act = endings.last_end(part)
    ensure(rules.can_reopen(by, part, act))
    versions.ensure(read, part)
    assert act is not None  # noqa: S101  the rule refuses None
    endings.take_back(part, act, by=by.person_id)
    return part
