"""What programmes add to the pages of apps below: the work process that a need is about, and where one reports it."""

from __future__ import annotations

from collections.abc import Collection

from meetings.models import Need
from meetings.presenters.spots import BESIDE_NEEDS, ON_NEED
from partnerships.actors import Actor
from partnerships.models import Partnership
from programmes.models import Difference
from programmes.queries.differences import reports_in
from ui.sections import Section


@ON_NEED.register
def on_need(needs: Collection[Need], _actor: Actor) -> dict[int, Section]:
    """Where diploma and work differ, for everyone who may read the need. One query."""
    rows = Difference.objects.filter(need__in=[row.pk for row in needs]).for_list()
    return {row.need_id: Section("programmes/added/difference.html", row.work_process) for row in rows}


@BESIDE_NEEDS.register
def beside_needs(partnerships: Collection[Partnership], actor: Actor) -> dict[int, Section]:
    """Where one reports it, at a partnership that gives a programme. One query."""
    rows = reports_in(actor).filter(pk__in=[row.pk for row in partnerships])
    return {row.pk: Section("programmes/added/report.html", row) for row in rows}
