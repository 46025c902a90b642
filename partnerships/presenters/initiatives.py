"""Initiatives as visitors see them: in an index, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from core.provinces import PROVINCES
from partnerships.actors import Actor
from partnerships.enums import Branch, InitiativeKind
from partnerships.filters.initiatives import BRANCH_SLUGS
from partnerships.models import Initiative, StoryVersion, Theme
from partnerships.models.initiatives import GOING_ON
from partnerships.presenters import contacts
from partnerships.presenters.fundings import NO_MONEY, money_of
from partnerships.presenters.indicators import plots_of
from partnerships.presenters.public import about_initiative
from partnerships.queries.initiatives import (
    CALL,
    CAME_BEFORE,
    COMES_AFTER,
    OWN_THEME,
    Related,
    all_themes,
    nearby,
    related_to,
)

ICONS = {
    InitiativeKind.PROJECT: "flag-3",
    InitiativeKind.EXPERIMENT: "flask",
    InitiativeKind.LEARNING_WORKPLACE: "tools",
    InitiativeKind.PROGRAMME: "school",
    InitiativeKind.EXCHANGE: "arrows-exchange",
    InitiativeKind.TRAINING: "books",
}


@dataclass(frozen=True, slots=True)
class InitiativeCard:
    """What an index shows of an initiative, as plain values. `open_places` is None where nobody counted them."""

    url: str
    kind: str
    icon: str
    place: str
    title: str
    summary: str
    provinces: tuple[str, ...]
    themes: tuple[str, ...]
    branches: tuple[str, ...]
    employers: int
    schools: int
    open_places: int | None = None


def cards(
    initiatives: Collection[Initiative],
    open_places: Mapping[int, int] | None = None,
    themes: Iterable[Theme] | None = None,
) -> list[InitiativeCard]:
    """A card for each initiative; `open_places` gives the number of open places by the initiative's id.

    `themes` are all there are, where they were read already.
    """
    if not initiatives:
        return []
    names = {theme.pk: theme.name for theme in (all_themes() if themes is None else themes)}
    return [
        _card(item, None if open_places is None else open_places.get(item.pk, 0), names)
        for item in initiatives
    ]


def _card(item: Initiative, open_places: int | None, names: Mapping[int, str]) -> InitiativeCard:
    kind = InitiativeKind(item.kind)
    return InitiativeCard(
        url=item.get_absolute_url(),
        kind=capfirst(str(kind.label)),
        icon=ICONS[kind],
        place=item.place_label,
        title=item.title,
        summary=item.summary,
        provinces=tuple(item.provinces),
        themes=tuple(name for pk, name in names.items() if pk in item.theme_ids),
        branches=tuple(capfirst(label) for label in item.branch_labels),
        employers=item.employers,
        schools=item.schools,
        open_places=open_places,
    )


def detail_context(initiative: Initiative, open_places: int, actor: Actor | None) -> dict[str, Any]:
    """Everything on the public page of an initiative; themes, branches and provinces lead to those that share them."""
    facts: Any = initiative
    partners = (
        initiative.partners.joined().select_related("organisation").order_by("organisation__name", "pk")
    )
    related = related_to(initiative, actor)
    themes = all_themes()
    return {
        "initiative": initiative,
        "about": about_initiative(initiative),
        "contacts": contacts.of_initiative(initiative, actor),
        "open_places": open_places,
        "own_themes": [_own_theme(row, initiative) for row in related if row.kind == OWN_THEME],
        "is_inside": actor is not None and initiative.partnership_id in actor.inside,
        "themes": [
            (theme.name, _browse(thema=theme.slug)) for theme in themes if theme.pk in initiative.theme_ids
        ],
        "branches": [
            (Branch(value).label, _browse(branche=BRANCH_SLUGS[Branch(value)]))
            for value in initiative.branches
        ],
        "provinces": [(PROVINCES[code].name, _browse(provincie=code)) for code in initiative.provinces],
        # What was corrected stands with its correction.
        "results": initiative.results.for_list().filter(corrected_by=None),
        "plots": plots_of(initiative.indicators.with_measurements()),
        "partners": partners,
        "story": _story(initiative) if facts.has_story else None,
        "going_on": GOING_ON,
        "money": money_of(initiative) if facts.has_money else NO_MONEY,
        "kin": [
            (row.kind == COMES_AFTER, row.title, reverse("partnerships:initiative-detail", args=[row.key]))
            for row in related
            if row.kind in (COMES_AFTER, CAME_BEFORE)
        ],
        "calls": [
            (row.title, reverse("partnerships:call-detail", args=[row.key]))
            for row in related
            if row.kind == CALL
        ],
        "nearby": cards(nearby(initiative), themes=themes),
    }


def _story(initiative: Initiative) -> StoryVersion | None:
    """What visitors read first."""
    story = initiative.stories.published().first()
    if story is not None:
        story.initiative = initiative
    return story


def _own_theme(row: Related, initiative: Initiative) -> tuple[str, str]:
    """The name and the page of a theme of its partnership that it comes under."""
    url = reverse("partnerships:partnership-theme", args=[initiative.partnership.slug, row.key])
    return row.title, url


def _browse(**state: str) -> str:
    """The list of initiatives, filtered."""
    return reverse("partnerships:initiative-list", query=state)
