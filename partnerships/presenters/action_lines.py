"""Action lines as the members of a partnership see them: what for, whom to ask, and what is done under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import endings
from partnerships.actors import Actor
from partnerships.models import ActionLine, Initiative, Membership, Partnership
from partnerships.presenters.contacts import initials, of_membership
from partnerships.presenters.indicators import rolled_up
from partnerships.presenters.spaces import space_of
from partnerships.presenters.spots import IN_ACTION_LINES, ON_ACTION_LINE
from partnerships.queries.action_lines import going_on_under, measured_under, owning
from partnerships.rules import parts as rules
from partnerships.rules.partnerships import can_change_texts, can_coordinate
from ui.components import PersonCard
from ui.history import dated_trail
from ui.languages import dutch, told
from ui.pages import Page
from ui.sections import Section

TAKES_PART_NO_MORE = gettext_lazy("no longer takes part")


@dataclass(frozen=True)
class LineRow:
    """An action line in the list of its partnership; `opens_group` for whoever may see who sits in its group."""

    line: ActionLine
    owner: PersonCard | None
    opens_group: bool
    initiatives: Sequence[Initiative] = ()
    sections: Sequence[Section] = ()


def list_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """The page of the action lines of a partnership."""
    lines = list(page)
    under = going_on_under(lines, actor)
    above = IN_ACTION_LINES.of_each(lines, actor)
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "page": page,
        "rows": [
            _row(actor, line, roles, under.get(line.pk, ()), above[line.pk])
            for roles in [owning(partnership, (line.owner_id for line in lines if line.owner_id))]
            for line in lines
        ],
        "may_write": can_change_texts(actor, partnership),
    }


def detail_context(actor: Actor, line: ActionLine, page: Page) -> dict[str, Any]:
    """The page of one action line, with its initiatives."""
    roles = owning(line.partnership, [line.owner_id]) if line.owner_id else {}
    return {
        "space": space_of(actor),
        "partnership": line.partnership,
        "row": _row(actor, line, roles),
        "sections": ON_ACTION_LINE.of(line, actor),
        "page": page,
        "progress": rolled_up(measured_under(line, actor)),
        "may_change": rules.can_change(actor, line),
        "may_end": rules.can_end(actor, line),
        "may_reopen": line.ended_at and rules.can_reopen(actor, line, endings.last_end(line)),
        "history": dated_trail(line),
    }


def _row(
    actor: Actor,
    line: ActionLine,
    roles: dict[int, Membership],
    initiatives: Sequence[Initiative] = (),
    sections: Sequence[Section] = (),
) -> LineRow:
    opens = line.group_id in actor.groups or bool(can_coordinate(actor, line.partnership))
    return LineRow(line, _owner(line, roles), opens, initiatives, sections)


def _owner(line: ActionLine, roles: dict[int, Membership]) -> PersonCard | None:
    """Who owns it, with what that person shows; of who works for no member any more only the name."""
    if line.owner is None:
        return None
    role = roles.get(line.owner.pk)
    if role is not None:
        return of_membership(role)
    return PersonCard(line.owner.full_name, initials(line.owner), line=TAKES_PART_NO_MORE)


def ending(line: ActionLine) -> dict[str, Any]:
    """Before an action line is ended."""
    says = [
        _("Its initiatives go on. They keep it as the action line that they belong to."),
        _("Its number is free for another one. It can be taken back for 14 days."),
    ]
    return {
        "of": dutch(line.title),
        "heading": told(_("End the action line “%(name)s”?"), name=dutch(line.title)),
        "says": says,
        "word": _("End the action line"),
        "back_url": line.get_absolute_url(),
        "space": "coordinator",
        "belongs_under": reverse("partnerships:partnership-action-lines", args=[line.partnership.slug]),
    }
