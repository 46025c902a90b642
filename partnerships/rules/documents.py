"""Who keeps the documents of a partnership and of its groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from core.models import StateChange
from partnerships.models import Document, Group, Partnership
from partnerships.rules.partnerships import can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

WAS_TAKEN_AWAY = not_now(_("This document was taken away. Bring it back first."))


def can_keep(actor: Actor, partnership: Partnership, group: Group | None) -> Verdict:
    """Put in, replace and take away what is of a partnership, or of a group of it.

    The first for who writes for the partnership; the second for its coordinators, and who chairs the group or is its
    secretary.
    """
    if group is None:
        return can_write(actor, partnership)
    if partnership.pk in actor.coordinates or group.pk in actor.presides:
        return ALLOW
    return deny(_("Only a coordinator, or the chair or secretary of this group, can do this."))


def can_keep_some(actor: Actor, partnership: Partnership) -> Verdict:
    """Put in a document at all: of the partnership, or of a group that one presides."""
    presides = any(office.partnership.partnership_id == partnership.pk for office in actor.offices)
    return (ALLOW if presides else can_write(actor, partnership)) and goes_on(partnership)


def can_add(actor: Actor, partnership: Partnership, group: Group | None) -> Verdict:
    """Put in a new one, as long as the partnership and the group go on."""
    ended = not_now(_("This group has ended.")) if group is not None and group.is_over else ALLOW
    return can_keep(actor, partnership, group) and goes_on(partnership) and ended


def can_change(actor: Actor, document: Document) -> Verdict:
    """Give it another title, other readers or a newer version, as long as it is there."""
    there = WAS_TAKEN_AWAY if document.is_taken_away else ALLOW
    return can_add(actor, document.partnership, document.group) and there


def can_take_away(actor: Actor, document: Document) -> Verdict:
    """Take it away, also in a partnership that is over: what should not have been there goes."""
    keeps = can_keep(actor, document.partnership, document.group)
    return keeps and states.permits(document, "take_away")


def can_take_back(actor: Actor, document: Document, act: StateChange | None) -> Verdict:
    """Let one that was taken away lately be read again."""
    keeps = can_keep(actor, document.partnership, document.group)
    return keeps and states.permits_undo(document, act)
