"""Placements of students count for a duty of social return."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.small_cells import SMALLEST_SHOWN, is_small
from partnerships.actors import Actor
from partnerships.enums import SocialReturnKind
from partnerships.models import SocialReturnActivity, SocialReturnObligation
from partnerships.services import social_returns
from placements.queries.social_returns import counted_for

NOTHING = _("No placement counts for this duty yet, or no rule says what a week is worth.")
# Stored, so in Dutch.
FEW, NUMBER = f"Plaatsingen van studenten: minder dan {SMALLEST_SHOWN}", "Plaatsingen van studenten: {number}"


@transaction.atomic
def count(*, obligation_id: int, by: Actor) -> SocialReturnActivity:
    """Put what the placements count for until today among the activities, in place of what stood there of them.

    The text says how many there are, and never which; fewer than five are not counted out. Raises ValidationError when
    nothing counts.
    """
    obligation = SocialReturnObligation.objects.select_related("organisation").get(pk=obligation_id)
    counted = counted_for(obligation)
    if counted.value is None or counted.starts_on is None or counted.ends_on is None:
        raise ValidationError(NOTHING)
    activity = SocialReturnActivity(
        kind=SocialReturnKind.PLACEMENT,
        what=FEW if is_small(counted.number) else NUMBER.format(number=counted.number),
        quantity=counted.weeks,
        value=counted.value,
        starts_on=counted.starts_on,
        ends_on=counted.ends_on,
    )
    return social_returns.count_placements(obligation=obligation, counted=activity, by=by)
