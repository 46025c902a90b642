"""Themes of a partnership: added, renamed and ended by those who write for it; an end is taken back for two weeks."""

from __future__ import annotations

from django.db import transaction

from core import changes, endings, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import PartnershipTheme
from partnerships.rules import themes as rules
from partnerships.rules.partnerships import can_write, goes_on
from partnerships.services.locks import theme_under_lock


@transaction.atomic
def save(*, theme: PartnershipTheme, by: Actor, version: str | None) -> PartnershipTheme:
    """Keep a theme, new or changed; `version` is what was read of it.

    Raises ValidationError for whoever may not, and when another one has the name or belongs to the same shared theme.
    """
    with explained(theme):
        versions.claim(version, theme)
        if theme._state.adding:
            ensure(can_write(by, theme.partnership) and goes_on(theme.partnership))
            before = {}
        else:
            ensure(rules.can_change(by, theme_under_lock(theme.pk)))
            before = changes.stored(theme)
        theme.save()
        changes.record(theme, before, by=by.person_id)
    return theme


@transaction.atomic
def end(*, theme_id: int, by: Actor, read: str | None) -> PartnershipTheme:
    """End a theme from this moment on; the initiatives under it stay as they are."""
    theme = theme_under_lock(theme_id)
    ensure(rules.can_end(by, theme))
    versions.ensure(read, theme)
    endings.end(theme, by=by.person_id)
    return theme


@transaction.atomic
def reopen(*, theme_id: int, by: Actor, read: str | None) -> PartnershipTheme:
    """Let a theme that was ended lately go on. Raises ValidationError when another one took its place meanwhile."""
    theme = theme_under_lock(theme_id)
    ensure(can_write(by, theme.partnership))
    if endings.was_taken_back(theme, by=by.person_id):
        return theme
    act = endings.last_end(theme)
    ensure(rules.can_reopen(by, theme, act))
    versions.ensure(read, theme)
    assert act is not None  # noqa: S101  the rule refuses None
    endings.take_back(theme, act, by=by.person_id)
    return theme
