"""What ends at the workplaces when a student is taken out of the cohort, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from placements.models import Match, Placement
from students.models import Enrolment


def consequences(enrolment: Enrolment) -> list[str | Promise]:
    """The placements that are broken off, and the proposals that are withdrawn."""
    live = Placement.objects.live().filter(enrolment=enrolment).select_related("slot__organisation")
    waiting = Match.objects.open().filter(enrolment=enrolment).select_related("slot__organisation")
    return [
        *(
            format_lazy(
                _("The placement at {employer} ends and its seat comes free. The employer is told, not why."),
                employer=row.slot.organisation.name,
            )
            for row in live.order_by("starts_on", "pk")
        ),
        *(
            format_lazy(_("The proposal to {employer} is withdrawn."), employer=row.slot.organisation.name)
            for row in waiting.order_by("asked_at", "pk")
        ),
    ]
