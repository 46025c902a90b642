"""Themes as the members of a partnership see them: what is tried under each, and under which nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core import endings
from partnerships.actors import Actor
from partnerships.models import ActionLine, Initiative, Partnership, PartnershipTheme
from partnerships.presenters.spaces import space_of
from partnerships.queries.themes import going_on_under
from partnerships.rules import parts as rules
from partnerships.rules.partnerships import can_change_texts
from ui.history import dated_trail
from ui.languages import dutch, told
from ui.pages import Page


@dataclass(frozen=True)
class ThemeRow:
    """A theme of `themes_of` in the list of its partnership; `lacks` where no initiative runs under it."""

    theme: PartnershipTheme
    initiatives: Sequence[Initiative]
    lacks: bool


def list_context(actor: Actor, partnership: Partnership, page: Page) -> dict[str, Any]:
    """The page of the themes of a partnership."""
    themes = list(page)
    under = going_on_under(themes, actor)
    return {
        "space": space_of(actor),
        "partnership": partnership,
        "page": page,
        "rows": [ThemeRow(theme, under.get(theme.pk, ()), lacks(theme)) for theme in themes],
        "may_write": can_change_texts(actor, partnership),
    }


def lacks(theme: Any) -> bool:
    """Whether no initiative runs under a theme of `themes_of` that is not over."""
    return not (theme.is_tried or theme.is_over)


def detail_context(actor: Actor, theme: PartnershipTheme, page: Page) -> dict[str, Any]:
    """The page of one theme of `themes_of`, with its initiatives."""
    return {
        "space": space_of(actor),
        "partnership": theme.partnership,
        "theme": theme,
        "lacks": lacks(theme),
        "page": page,
        "lines": ActionLine.objects.running().filter(theme=theme).for_list(),
        "may_change": rules.can_change(actor, theme),
        "may_end": rules.can_end(actor, theme),
        "may_reopen": theme.ended_at and rules.can_reopen(actor, theme, endings.last_end(theme)),
        "history": dated_trail(theme),
    }


def ending(theme: PartnershipTheme) -> dict[str, Any]:
    """Before a theme is ended."""
    says = [
        _("Its initiatives go on. Visitors still find them by the shared theme."),
        _("It no longer stands on the public page. It can be taken back for 14 days."),
    ]
    return {
        "of": dutch(theme.name),
        "heading": told(_("End the theme “%(name)s”?"), name=dutch(theme.name)),
        "says": says,
        "word": _("End the theme"),
        "back_url": theme.get_absolute_url(),
        "space": "coordinator",
        "belongs_under": reverse("partnerships:partnership-themes", args=[theme.partnership.slug]),
    }
