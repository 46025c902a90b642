"""Who may work on a partnership: its coordinators, and for its texts who leads its steering group (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.access import ALLOW, Verdict, deny, not_now
from partnerships.models import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

HAS_ENDED = not_now(_("This partnership has ended."))


def can_coordinate(actor: Actor, partnership: Partnership) -> Verdict:
    """Work on members, groups, sign-ups and figures: for coordinators of its leading organisations."""
    if partnership.pk in actor.coordinates:
        return ALLOW
    return deny(_("Only a coordinator of this partnership can do this."))


def can_write(actor: Actor, partnership: Partnership) -> Verdict:
    """Write its texts, initiatives and calls: for coordinators, and for chair and secretary of its steering group."""
    if partnership.pk in actor.writes_for:
        return ALLOW
    return deny(
        _(
            "Only a coordinator of this partnership, or the chair or secretary of its steering group, can do this."
        )
    )


def goes_on(partnership: Partnership) -> Verdict:
    """Whether anything begins in a partnership: groups, seats, calls, initiatives, roles; asks nothing about people.

    One that was closed is there to be read.
    """
    return HAS_ENDED if partnership.is_over else ALLOW


def can_change_texts(actor: Actor, partnership: Partnership) -> Verdict:
    """Change what a partnership says of itself: for those who write for it, as long as it goes on."""
    return can_write(actor, partnership) and goes_on(partnership)


def can_change_region(actor: Actor, partnership: Partnership) -> Verdict:
    """Say in which provinces it is: for coordinators, since members find the places offered there."""
    return can_coordinate(actor, partnership)


def can_change_facts(actor: Actor, partnership: Partnership) -> Verdict:
    """Change its name, first day and what follows it: for coordinators; the last also when it is over."""
    return can_coordinate(actor, partnership)


def can_be_followed_by(actor: Actor, partnership: Partnership, successor: Partnership) -> Verdict:
    """Name what a partnership goes on as: one that the actor coordinates too, and that does not lead back here.

    The pages of both say so, so it is for who speaks for both. Of `successor` all that follow it are read.
    """
    if successor.pk not in actor.coordinates:
        return deny(_("Choose a partnership that you coordinate too."))
    seen: set[int] = {partnership.pk}
    row: Partnership | None = successor
    while row is not None:
        if row.pk in seen:
            return not_now(_("That partnership goes on as this one already. Choose another."))
        seen.add(row.pk)
        row = row.successor
    return ALLOW
