"""Action lines: made, changed and ended by those who write for the partnership; an end is taken back for two weeks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes, endings, versions
from core.access import ensure
from core.constraints import explained
from partnerships.actors import Actor
from partnerships.models import ActionLine
from partnerships.queries import action_lines as queries
from partnerships.rules import action_lines as rules
from partnerships.rules.partnerships import can_write, goes_on
from partnerships.services.locks import action_line_under_lock


@transaction.atomic
def save(*, line: ActionLine, by: Actor, version: str | None) -> ActionLine:
    """Keep an action line, new or changed; `version` is what was read of it.

    Raises ValidationError for whoever may not, when another one has the number in these days, for an owner who works
    for no member, and for a group or theme of another partnership.
    """
    with explained(line):
        versions.claim(version, line)
        before = _before(line, by)
        _ensure_fits(line, before.get("owner"))
        line.save()
        changes.record(line, before, by=by.person_id)
    return line


def _before(line: ActionLine, by: Actor) -> dict[str, object]:
    if line._state.adding:
        ensure(can_write(by, line.partnership) and goes_on(line.partnership))
        return {}
    ensure(rules.can_change(by, action_line_under_lock(line.pk)))
    return changes.stored(line)


def _ensure_fits(line: ActionLine, owner_before: object) -> None:
    """Whoever owned it and left stays named until another is chosen."""
    known = owner_before["id"] if isinstance(owner_before, dict) else None
    if line.owner_id not in (None, known) and not queries.can_own(line.partnership, line.owner_id or 0):
        raise ValidationError({"owner": _("Choose someone who works for a member of this partnership.")})
    if line.group is not None and line.group.partnership_id != line.partnership_id:
        raise ValidationError({"group": _("Choose a group of this partnership.")})
    if line.theme is not None and line.theme.partnership_id != line.partnership_id:
        raise ValidationError({"theme": _("Choose a theme of this partnership.")})


@transaction.atomic
def end(*, line_id: int, by: Actor, read: str | None) -> ActionLine:
    """End an action line from this moment on; its initiatives keep it as the line that they came from."""
    line = action_line_under_lock(line_id)
    ensure(rules.can_end(by, line))
    versions.ensure(read, line)
    endings.end(line, by=by.person_id)
    return line


@transaction.atomic
def reopen(*, line_id: int, by: Actor, read: str | None) -> ActionLine:
    """Let an action line that was ended lately go on. Raises ValidationError when another one has its number by now."""
    line = action_line_under_lock(line_id)
    ensure(can_write(by, line.partnership))
    if endings.was_taken_back(line, by=by.person_id):
        return line
    act = endings.last_end(line)
    ensure(rules.can_reopen(by, line, act))
    versions.ensure(read, line)
    assert act is not None  # noqa: S101  the rule refuses None
    endings.take_back(line, act, by=by.person_id)
    return line
