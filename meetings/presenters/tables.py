"""A table: a group, or all members of a partnership; where its pages stand and whose colours they wear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from meetings.models import Action, Decision, Meeting
from meetings.models.actions import ActionQuerySet
from meetings.models.decisions import DecisionQuerySet
from meetings.models.meetings import MeetingQuerySet
from partnerships.actors import Actor
from partnerships.models import Group, Partnership
from partnerships.presenters.spaces import space_of


@dataclass(frozen=True)
class Table:
    """Whose meetings, decisions and actions a page shows."""

    partnership: Partnership
    group: Group | None = None

    @property
    def name(self) -> str:
        """The group, or the partnership."""
        return self.group.name if self.group else self.partnership.name

    @property
    def url(self) -> str:
        """Its own page."""
        return (self.group or self.partnership).get_absolute_url()

    def _page(self, name: str) -> str:
        if self.group is not None:
            return reverse(f"meetings:group-{name}", args=[self.group.public_id])
        return reverse(f"meetings:partnership-{name}", args=[self.partnership.slug])

    @property
    def meetings_url(self) -> str:
        """Its meetings."""
        return self._page("meetings")

    @property
    def plan_url(self) -> str:
        """Where a meeting of it is planned."""
        return self._page("meeting-create")

    @property
    def rhythm_url(self) -> str:
        """Where is said how often it meets."""
        return self._page("rhythm")

    @property
    def plan_next_url(self) -> str:
        """Where its next meeting is planned in one press."""
        return self._page("rhythm-plan")

    @property
    def decisions_url(self) -> str:
        """Its register."""
        return self._page("decisions")

    @property
    def actions_url(self) -> str:
        """What was promised there."""
        return self._page("actions")

    @property
    def give_url(self) -> str:
        """Where an action is given besides a meeting."""
        return self._page("action-create")

    def meetings(self, actor: Actor) -> MeetingQuerySet:
        """Its meetings that the actor may see: of a partnership those of its groups too, as far as the actor sits there."""
        rows = Meeting.objects.visible_to(actor).filter(partnership=self.partnership)
        return rows.filter(group=self.group) if self.group else rows

    def decisions(self, actor: Actor) -> DecisionQuerySet:
        """Its decisions, in the same way."""
        rows = Decision.objects.visible_to(actor).filter(partnership=self.partnership)
        return rows.filter(group=self.group) if self.group else rows

    def actions(self, actor: Actor) -> ActionQuerySet:
        """Its actions, in the same way."""
        rows = Action.objects.visible_to(actor).filter(partnership=self.partnership)
        return rows.filter(group=self.group) if self.group else rows


def frame(actor: Actor, table: Table) -> dict[str, Any]:
    """What every page of a table has: the table, and in which space it stands."""
    found: dict[str, Any] = {"table": table, "partnership": table.partnership, "group": table.group}
    if table.partnership.pk in actor.coordinates:
        meetings = reverse("meetings:partnership-meetings", args=[table.partnership.slug])
        return found | {"space": "coordinator", "belongs_under": meetings}
    if table.group is not None and table.group.pk in actor.groups:
        return found | {"space": "coordinator", "belongs_under": reverse("partnerships:group-list")}
    return found | {"space": space_of(actor)}
