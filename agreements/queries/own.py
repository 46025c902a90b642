"""A student's own agreements, for the page about work."""

from __future__ import annotations

from django.db.models import QuerySet

from agreements.models import Agreement
from core.written import written
from placements.enums import LIVE_PLACEMENT


@written
def of_places(*, person: int) -> QuerySet[Agreement]:
    """Those of the places that one has or is to have, the newest first; with no more than what names and state say."""
    own = Agreement.objects.filter(placement__student__person=person, placement__state__in=LIVE_PLACEMENT)
    shown = own.select_related("placement__slot__organisation").only(
        *("public_id", "state", "ended_on", "placement__slot__organisation__name"),
        "placement__student",  # whose it is, or the read log would have to ask
    )
    return shown.order_by("-placement__starts_on", "-number", "pk")
