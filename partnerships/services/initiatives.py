"""Changes of an initiative that touch more than its own row."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import states
from core.dates import today
from core.slugs import free_slug
from partnerships.enums import InitiativePhase
from partnerships.models import Initiative, Organisation, Partnership, Theme


@transaction.atomic
def save(
    *,
    partnership: Partnership,
    initiative: Initiative | None,
    themes: list[Theme],
    partners: list[Organisation],
    **values: Any,
) -> Initiative:
    """Make an initiative, or change one, with its themes and partners; it counts as updated today.

    Raises ValidationError for a new one with the title of another.
    """
    if initiative is None:
        # The lock makes a second press of the button wait for the first.
        Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)
        if partnership.initiatives.filter(title__iexact=values["title"]).exists():
            raise ValidationError(
                {"title": _("There is an initiative with this title already. Look in the list.")}
            )
        initiative = Initiative(partnership=partnership, slug=free_slug(Initiative, values["title"]))
    for name, value in values.items():
        setattr(initiative, name, value)
    initiative.refreshed_on = today()
    initiative.save()
    initiative.themes.set(themes)
    initiative.partners.exclude(organisation__in=partners).delete()
    present = set(initiative.partners.values_list("organisation_id", flat=True))
    for organisation in partners:
        if organisation.pk not in present:
            initiative.partners.create(organisation=organisation)
    return initiative


@transaction.atomic
def move(*, initiative_id: int, action: str, by: int, reason: str = "") -> Initiative:
    """Take an initiative to another phase; stopping keeps the reason (story E-03)."""
    initiative = Initiative.objects.select_for_update(of=("self",), no_key=True).get(pk=initiative_id)
    tied: dict[str, Any] = {"refreshed_on": today()}
    if Initiative.TRANSITIONS[action][1] == InitiativePhase.STOPPED:
        tied["stop_reason"] = reason.strip()
    states.advance(initiative, action, by=by, reason=reason, **tied)
    return initiative
