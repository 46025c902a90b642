"""Action lines are saved with what they belong to; what they share with themes is in `parts`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import changes
from partnerships.actors import Actor
from partnerships.models import ActionLine, Membership
from partnerships.queries import action_lines as queries
from partnerships.queries.leaving import LINE, lines_left_by
from partnerships.services import parts
from partnerships.services.locks import part_under_lock


@transaction.atomic
def save(*, line: ActionLine, by: Actor, version: str | None) -> ActionLine:
    """Keep an action line, new or changed; `version` is what was read of it.

    Raises ValidationError for whoever may not, when another one has the number in these days, for an owner who works
    for no member, and for a group or theme of another partnership.
    """
    parts.save(part=line, by=by, version=version, ensure_fits=partial(_ensure_fits, line))
    return line


def _ensure_fits(line: ActionLine, before: parts.Before) -> None:
    """Whoever owned it and left stays named until another is chosen."""
    owner = before.get("owner")
    known = owner["id"] if isinstance(owner, dict) else None
    if line.owner_id not in (None, known) and not queries.can_own(line.partnership, line.owner_id or 0):
        raise ValidationError({"owner": _("Choose someone who works for a member of this partnership.")})
    if line.group is not None and line.group.partnership_id != line.partnership_id:
        raise ValidationError({"group": _("Choose a group of this partnership.")})
    if line.theme is not None and line.theme.partnership_id != line.partnership_id:
        raise ValidationError({"theme": _("Choose a theme of this partnership.")})


@transaction.atomic
def take_over(*, membership: Membership, successors: Mapping[str, int], by: Actor) -> None:
    """Colleagues own the action lines of someone whose role ends: for each a role of the same organisation, by their keys.

    Raises ValidationError for one that has no role there.
    """
    chosen = {key: role for key, role in successors.items() if key.startswith(LINE) and role}
    colleagues = Membership.objects.able().filter(organisation=membership.organisation_id)
    for row in lines_left_by(membership).order_by("pk") if chosen else ():
        if (key := f"{LINE}{row.pk}") not in chosen:
            continue
        successor = colleagues.exclude(person=membership.person_id).filter(pk=chosen[key]).first()
        if successor is None:
            raise ValidationError(_("Choose someone of the same organisation."))
        part_under_lock(row)
        row.refresh_from_db()
        row.owner_id = successor.person_id
        changes.save(row, by=by.person_id)
