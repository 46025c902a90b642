"""A partnership for who takes part in it: whom to ask, its groups, its action lines and its themes, in one place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.html import format_html

from partnerships.actors import Actor
from partnerships.models import ActionLine, Group, Member, Membership, Partnership
from partnerships.presenters import contacts
from partnerships.presenters.groups import MandateRow
from partnerships.presenters.spaces import space_of
from partnerships.presenters.spots import INSIDE
from partnerships.presenters.themes import ThemeRow, lacks
from partnerships.queries.contacts import owning_or_coordinating, points_of
from partnerships.queries.themes import themes_of
from partnerships.rules.figures import can_see_figures
from partnerships.rules.partnerships import can_change_texts, can_coordinate
from ui.components import PersonCard
from ui.languages import dutch


def inside_context(actor: Actor, partnership: Partnership) -> dict[str, Any]:
    """The page for the members of a partnership; each part has a page of its own with all there is."""
    lines = list(partnership.action_lines.running().for_list())
    owners, coordinators = owning_or_coordinating(
        partnership.pk, {line.owner_id for line in lines if line.owner_id}
    )
    coordinates = bool(can_coordinate(actor, partnership))
    groups = list(Group.objects.with_mandate_for(actor).filter(partnership=partnership).for_list())
    own = Member.objects.running().filter(
        partnership=partnership, organisation__in=sorted(actor.organisations())
    )
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "own": own.for_list(),
        "contacts": contacts.of_points(points_of(partnership=partnership), actor)
        or [contacts.of_membership(row) for row in coordinators],
        "owners": [_owner(line, owners[line.owner_id]) for line in lines if line.owner_id in owners],
        "groups": [
            MandateRow(group, coordinates or group.pk in actor.groups)
            for group in sorted(groups, key=lambda group: group.pk not in actor.groups)
        ],
        "lines": lines,
        "sections": INSIDE.of(partnership, actor),
        "themes": [
            ThemeRow(theme, (), lacks(theme)) for theme in themes_of(partnership) if not theme.is_over
        ],
        "may_change": can_change_texts(actor, partnership),
        "coordinates": coordinates,
        "sees_figures": can_see_figures(actor, partnership),
    }


def _owner(line: ActionLine, role: Membership) -> PersonCard:
    """Who owns an action line, named by what one can ask."""
    said = format_html("{}, {}", dutch(line.title), role.organisation.name)
    return replace(contacts.of_membership(role), line=said)
