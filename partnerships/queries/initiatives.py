"""Which initiatives ask for attention, and which lie near."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative, Theme

MOST_NEARBY = 4


@written
def longest_without_news(*, partnership: int) -> QuerySet[Initiative]:
    """The initiatives of a partnership that wait for an update, the longest first; ended ones need none."""
    under_way = Initiative.objects.filter(
        partnership=partnership,
        state__in=[InitiativePhase.IDEA, InitiativePhase.PREPARATION, InitiativePhase.RUNNING],
    )
    return under_way.only("partnership", "slug", "title", "state", "refreshed_on").longest_unchanged_first()


def nearby(initiative: Initiative) -> list[Initiative]:
    """Four published initiatives in one of the same provinces, the newest first."""
    return list(Initiative.objects.published().nearby(initiative).for_list()[:MOST_NEARBY])


@written
def newest(most: int) -> QuerySet[Initiative]:
    """The published initiatives that were updated last."""
    return Initiative.objects.published().for_list()[:most]


@written
def by_key(*, keys: list[int]) -> QuerySet[Initiative]:
    """Initiatives of a list that says which may be seen, with what a card shows."""
    return Initiative.objects.filter(pk__in=keys).for_cards()


@written
def all_themes() -> QuerySet[Theme]:
    """By name."""
    return Theme.objects.order_by("name", "pk")
