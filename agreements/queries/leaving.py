"""Which agreements end when a student is taken out of the cohort, in sentences for the page that asks."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from agreements.enums import AgreementState
from agreements.models import Agreement
from placements.models import Placement
from placements.models.placements import PlacementQuerySet
from students.models import Enrolment

OPEN = (AgreementState.DRAFT, AgreementState.SIGNING, AgreementState.ACTIVE)


def consequences(enrolment: Enrolment) -> list[str | Promise]:
    """An agreement in force ends; one that was not yet, lapses."""
    return _ending(Placement.objects.live().filter(enrolment=enrolment))


def of_break_off(placement: Placement) -> list[str | Promise]:
    """The same when one placement ends early."""
    return _ending(Placement.objects.filter(pk=placement.pk))


def _ending(placements: PlacementQuerySet) -> list[str | Promise]:
    rows = Agreement.objects.filter(placement__in=placements, state__in=OPEN)
    return [
        format_lazy(
            _("The practice agreement with {employer} ends. The parties are told.")
            if row.state == AgreementState.ACTIVE
            else _("The practice agreement with {employer} lapses: it was not in force yet."),
            employer=row.placement.slot.organisation.name,
        )
        for row in rows.select_related("placement__slot__organisation").order_by("pk")
    ]
