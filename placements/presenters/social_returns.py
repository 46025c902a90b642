"""What places add to the page of a duty of social return: how many students learnt at the organisation, never who."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from core.small_cells import is_small
from partnerships.actors import Actor
from partnerships.models import SocialReturnObligation
from partnerships.presenters.social_returns import money
from partnerships.presenters.spots import ON_SOCIAL_RETURN
from partnerships.roles import KEEPS_SOCIAL_RETURN
from placements.queries.social_returns import Counted, counted_for
from ui import formats
from ui.sections import Section


@dataclass(frozen=True)
class Places:
    """What counts of placements, and where it is put among the activities."""

    counted: Counted
    weeks: str
    value: str
    url: str

    @property
    def is_small(self) -> bool:
        """Whether so few students are not named by their number."""
        return is_small(self.counted.number)


@ON_SOCIAL_RETURN.register
def places(rows: Collection[SocialReturnObligation], actor: Actor) -> Mapping[int, Section]:
    """For who keeps the duties of the organisation."""
    own = [row for row in rows if actor.has_role(row.organisation_id, *KEEPS_SOCIAL_RETURN)]
    return {row.pk: Section("placements/social_returns/section.html", _of(row)) for row in own}


def _of(row: SocialReturnObligation) -> Places:
    counted = counted_for(row)
    url = reverse("placements:social-return-places", args=[row.organisation.slug, row.public_id])
    value = money(counted.value) if counted.value else ""
    return Places(counted, formats.number(round(float(counted.weeks), 1)), value, url)
