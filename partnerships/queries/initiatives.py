"""Which initiatives ask for attention, and which lie near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from core.written import written
from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative, PartnershipTheme, Theme

MOST_NEARBY = 4
COMES_AFTER, CAME_BEFORE, CALL, OWN_THEME = "after", "before", "call", "theme"


@dataclass(frozen=True, slots=True)
class Related:
    """Something that an initiative leads to: `key` is its slug, of a theme its public id."""

    kind: str
    key: str
    title: str
    until: date | None


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


def related_to(initiative: Initiative, actor: Actor | None) -> list[Related]:
    """What it goes on as and came from, its open calls, and the themes of its partnership. One query.

    As far as the reader, None for a visitor, may open these; calls by their last day, the others by title.
    """
    kin = Initiative.objects.filter(Q(successor=initiative) | Q(pk=initiative.successor_id))
    seen = kin.published() if actor is None else kin.visible_to(actor)
    comes_after = Case(
        When(pk=initiative.successor_id, then=Value(COMES_AFTER)),
        default=Value(CAME_BEFORE),
        output_field=CharField(),
    )
    parts: list[QuerySet[Any, Any]] = [
        seen.order_by().values_list(comes_after, "slug", "title", Cast(Value(None), DateField())),
        initiative.calls.open().order_by().values_list(_text(CALL), "slug", "title", "deadline"),
    ]
    if actor is not None and initiative.partnership_id in actor.inside:
        themes = PartnershipTheme.objects.running().filter(
            partnership=initiative.partnership, root__in=initiative.theme_ids
        )
        key = Cast("public_id", CharField())
        parts.append(
            themes.order_by().values_list(_text(OWN_THEME), key, "name", Cast(Value(None), DateField()))
        )
    found = [Related(*row) for row in parts[0].union(*parts[1:], all=True)]
    return sorted(found, key=lambda row: (row.until or date.min, row.title, row.key))


def _text(value: str) -> Value:
    return Value(value, output_field=CharField())


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
