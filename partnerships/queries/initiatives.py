"""Which initiatives ask for attention, and which lie near."""

from __future__ import annotations

from partnerships.enums import InitiativePhase
from partnerships.models import Initiative
from partnerships.models.initiatives import InitiativeQuerySet

MOST_NEARBY = 4


def longest_without_news(partnership_id: int) -> list[Initiative]:
    """The initiatives of a partnership that wait for an update, the longest first; ended ones need none."""
    under_way = Initiative.objects.filter(
        partnership=partnership_id,
        state__in=[InitiativePhase.IDEA, InitiativePhase.PREPARATION, InitiativePhase.RUNNING],
    )
    return list(under_way.longest_unchanged_first())


def nearby(initiative: Initiative) -> InitiativeQuerySet:
    """Four published initiatives in one of the same provinces, the newest first."""
    return Initiative.objects.published().nearby(initiative).for_list()[:MOST_NEARBY]
