"""The themes of a partnership with the initiatives under them: those that share their root."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q

from partnerships.actors import Actor
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative, Partnership, PartnershipTheme
from partnerships.models.initiatives import InitiativeQuerySet
from partnerships.models.partnerships import PartnershipThemeQuerySet
from partnerships.queries.contacts import OVER

RUNNING = (InitiativePhase.RUNNING, InitiativePhase.SCALED_UP)


def themes_of(partnership: Partnership) -> PartnershipThemeQuerySet:
    """Those of a partnership, what is over last, with `is_tried`: whether an initiative runs under it (story E-01)."""
    running = Initiative.objects.filter(
        partnership=OuterRef("partnership"), themes=OuterRef("root"), state__in=RUNNING
    )
    return (
        PartnershipTheme.objects.filter(partnership=partnership).for_list().annotate(is_tried=Exists(running))
    )


def themes_to_choose(partnership: Partnership, now: int | None = None) -> PartnershipThemeQuerySet:
    """The themes of a partnership that run, and the one that was chosen before."""
    running = PartnershipTheme.objects.running().filter(partnership=partnership).values("pk")
    return PartnershipTheme.objects.filter(Q(pk__in=running) | Q(pk=now)).order_by("name", "pk")


def initiatives_of(theme: PartnershipTheme, actor: Actor) -> InitiativeQuerySet:
    """The initiatives of its partnership under a theme that the actor may see."""
    found = Initiative.objects.visible_to(actor).filter(partnership=theme.partnership)
    return found.filter(theme_ids__contains=[theme.root_id]).select_related("partnership").newest_first()


def going_on_under(themes: Collection[PartnershipTheme], actor: Actor) -> dict[int, list[Initiative]]:
    """The initiatives that are not over under each of these themes of one partnership, by title; one query."""
    if not themes:
        return {}
    partnership = next(iter(themes)).partnership_id
    rows = Initiative.objects.visible_to(actor).filter(
        partnership=partnership, theme_ids__overlap=[theme.root_id for theme in themes]
    )
    shown = list(
        rows.exclude(state__in=OVER).only("slug", "title", "state", "theme_ids").order_by("title", "pk")
    )
    return {theme.pk: [row for row in shown if theme.root_id in row.theme_ids] for theme in themes}
