"""Counts of actions: promised, done and late."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from core.dates import today
from meetings.enums import ActionState
from meetings.models.actions import RUNNING, ActionQuerySet
from partnerships.models import ActionLine


@dataclass(frozen=True)
class Promised:
    """How many actions were promised, and how it stands with them; what lapsed is not counted."""

    done: int
    to_do: int
    late: int

    @property
    def all(self) -> int:
        """How many were promised."""
        return self.done + self.to_do + self.late


def promised(actions: ActionQuerySet) -> Promised:
    """The counts of these actions, in one query."""
    late = Q(state__in=RUNNING, due_on__lt=today())
    counts = actions.order_by().aggregate(
        done=Count("pk", filter=Q(state=ActionState.DONE)),
        to_do=Count("pk", filter=Q(state__in=RUNNING) & ~late),
        late=Count("pk", filter=late),
    )
    return Promised(**counts)


def under_line(actions: ActionQuerySet, line: ActionLine | None) -> ActionQuerySet:
    """Those for an action line or for an initiative under it; all of them without a line."""
    if line is None:
        return actions
    return actions.filter(Q(action_line=line) | Q(initiative__action_line=line))
