"""What the pages of an action show."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from meetings.models import Action
from meetings.presenters.tables import Table, frame
from meetings.rules import actions as rules
from meetings.rules.meetings import can_sit_in
from partnerships.actors import Actor
from partnerships.presenters.spaces import space_of
from ui.history import last_act, trail, undo_of


def own_frame(actor: Actor) -> dict[str, Any]:
    """Of the list of one's own actions."""
    found: dict[str, Any] = {"space": space_of(actor)}
    if actor.groups:
        found["belongs_under"] = reverse("partnerships:group-list")
    return found


def _around(actor: Actor, action: Action) -> dict[str, Any]:
    """The table that it came from for who sits there; for anyone else the own actions."""
    table = Table(action.partnership, action.group)
    sits = action.group_id in actor.groups if action.group_id else action.partnership_id in actor.inside
    if sits or action.partnership_id in actor.coordinates:
        return frame(actor, table) | {"list_url": table.actions_url}
    return own_frame(actor) | {"table": table, "list_url": reverse("meetings:action-list")}


def form_frame(actor: Actor, action: Action) -> dict[str, Any]:
    """What a form about an action has around it."""
    found = _around(actor, action)
    return found | {"action": action, "back": action.get_absolute_url(), "back_name": action.title}


def detail_context(actor: Actor, action: Action) -> dict[str, Any]:
    """The page of an action."""
    history = trail(action)
    may_work = rules.can_work_on(actor, action)
    return _around(actor, action) | {
        "action": action,
        "may_change": rules.can_change(actor, action),
        "may_take": rules.can_take(actor, action),
        "may_finish": rules.can_finish(actor, action),
        "may_lapse": rules.can_lapse(actor, action),
        "undo": undo_of(action, history) if may_work else None,
        "reason": getattr(last_act(history), "reason", "") if action.state == "lapsed" else "",
        "may_see_meeting": action.meeting is not None and can_sit_in(actor, action.meeting),
        "history": history,
    }
