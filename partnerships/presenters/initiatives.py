"""Initiatives as visitors see them: in an index, and one with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.provinces import PROVINCES
from partnerships.actors import Actor
from partnerships.enums import Branch, InitiativeKind
from partnerships.filters import BRANCH_SLUGS
from partnerships.models import Initiative
from partnerships.presenters import contacts
from partnerships.queries.initiatives import nearby

ICONS = {
    InitiativeKind.PROJECT: "flag-3",
    InitiativeKind.EXPERIMENT: "flask",
    InitiativeKind.LEARNING_WORKPLACE: "tools",
    InitiativeKind.PROGRAMME: "school",
    InitiativeKind.EXCHANGE: "arrows-exchange",
    InitiativeKind.TRAINING: "books",
}


@dataclass(frozen=True)
class InitiativeCard:
    """An initiative in an index. `open_places` is None where nobody counted them."""

    initiative: Initiative
    open_places: int | None = None

    @property
    def icon(self) -> str:
        """The drawing of its kind."""
        return ICONS[InitiativeKind(self.initiative.kind)]


def cards(
    initiatives: Iterable[Initiative], open_places: Mapping[int, int] | None = None
) -> list[InitiativeCard]:
    """A card for each initiative; `open_places` gives the number of open places by the initiative's id."""
    return [
        InitiativeCard(item, None if open_places is None else open_places.get(item.pk, 0))
        for item in initiatives
    ]


def detail_context(initiative: Initiative, open_places: int, actor: Actor | None) -> dict[str, Any]:
    """Everything on the public page of an initiative; themes, branches and provinces lead to those that share them."""
    partners = initiative.partners.select_related("organisation").order_by("organisation__name", "pk")
    return {
        "initiative": initiative,
        "contacts": contacts.of_initiative(initiative, actor),
        "open_places": open_places,
        "themes": [(theme.name, _browse(thema=theme.slug)) for theme in initiative.themes.all()],
        "branches": [
            (Branch(value).label, _browse(branche=BRANCH_SLUGS[Branch(value)]))
            for value in initiative.branches
        ],
        "provinces": [(PROVINCES[code].name, _browse(provincie=code)) for code in initiative.provinces],
        # What was corrected stands with its correction.
        "results": initiative.results.for_list().filter(corrected_by=None),
        "partners": partners,
        "calls": initiative.calls.open().order_by("deadline", "pk"),
        "nearby": cards(nearby(initiative)),
    }


def _browse(**state: str) -> str:
    """The list of initiatives, filtered."""
    return reverse("partnerships:initiative-list", query=state)
