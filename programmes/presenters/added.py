"""What programmes add to the pages of apps below: the work process that a need is about."""

from __future__ import annotations

from collections.abc import Collection

from meetings.models import Need
from meetings.presenters.spots import ON_NEED
from partnerships.actors import Actor
from programmes.models import Difference
from ui.sections import Section


@ON_NEED.register
def on_need(needs: Collection[Need], _actor: Actor) -> dict[int, Section]:
    """Where diploma and work differ, for everyone who may read the need. One query."""
    rows = Difference.objects.filter(need__in=[row.pk for row in needs]).for_list()
    return {row.need_id: Section("programmes/added/difference.html", row.work_process) for row in rows}
