"""Who writes and publishes the playbook of a partnership (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, not_now
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_coordinate
from playbooks.models import PlaybookVersion
from playbooks.models.playbooks import MOST_PARTS, ONE_DRAFT, STANDS

if TYPE_CHECKING:
    from partnerships.actors import Actor

MOST_NAMED = 5
_NAMES = _("A playbook names nobody. Take this out first: {found}.")


def can_begin(actor: Actor, partnership: Partnership, *, has_draft: bool) -> Verdict:
    """Begin the playbook of a partnership, or its next version: for coordinators, also of one that is over."""
    verdict = can_coordinate(actor, partnership)
    return not_now(ONE_DRAFT) if verdict and has_draft else verdict


def can_change(actor: Actor, version: PlaybookVersion) -> Verdict:
    """Change a draft and its parts."""
    verdict = can_coordinate(actor, version.playbook.partnership)
    return not_now(STANDS) if verdict and not version.is_draft else verdict


def can_add_part(actor: Actor, version: PlaybookVersion, *, parts: int) -> Verdict:
    """Add a part to a draft that has so many already."""
    verdict = can_change(actor, version)
    if verdict and parts >= MOST_PARTS:
        return not_now(_("This playbook has as many parts as it can hold. Remove one first."))
    return verdict


def can_publish(actor: Actor, version: PlaybookVersion, *, parts: int) -> Verdict:
    """Publish a draft that has so many parts."""
    verdict = can_coordinate(actor, version.playbook.partnership) and states.permits(version, "publish")
    if verdict and not parts:
        return not_now(_("Add a part first: a playbook says how others can do the same."))
    return verdict


def is_nameless(found: list[str]) -> Verdict:
    """Nobody is named in what becomes public; `found` is who is, and which addresses and numbers stand there."""
    if found:
        return not_now(format_lazy(_NAMES, found=", ".join(found[:MOST_NAMED])))
    return ALLOW
