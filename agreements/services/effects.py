"""What an agreement does to its placement: a signed text moves the period, an early end ends it, and both can go back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementVersion
from core import states
from core.models import StateChange
from core.versions import NO_PAGE
from partnerships.actors import Actor
from placements.enums import LIVE_PLACEMENT, PlacementState
from placements.models import Placement
from placements.services import break_offs, terms


@transaction.atomic
def take_effect(*, version: AgreementVersion, by: Actor | None) -> None:
    """What was signed by all holds for the placement too. Call it under `locks.with_placement`.

    Its first day is that of the first agreement: a next one goes on where the former ends.
    """
    agreement = version.agreement
    is_first = agreement.follows_id is None
    terms.apply(
        placement_id=agreement.placement_id,
        starts_on=version.starts_on if is_first else agreement.placement.starts_on,
        ends_on=version.ends_on,
        because=version.reason or str(version.get_kind_display()),
        by=by,
    )


@transaction.atomic
def go_back(*, version: AgreementVersion, cause: StateChange) -> None:
    """What was signed before holds for the placement again; where its days were given away since, it ends early."""
    agreement = version.agreement
    is_first = agreement.follows_id is None
    terms.go_back(
        placement_id=agreement.placement_id,
        starts_on=version.starts_on if is_first else agreement.placement.starts_on,
        ends_on=version.ends_on,
        because=str(_("A signature under the change of the agreement was disputed.")),
        taken=str(
            _(
                "A signature under the change of the agreement was disputed. The training place or "
                "the student is not free on the days that were agreed before. So the placement cannot "
                "continue until that day."
            )
        ),
        cause=cause,
    )


@transaction.atomic
def end_placement(
    *, agreement: Agreement, last_day: date, reason: str, by: Actor | None, cause: StateChange
) -> None:
    """The placement ends with its agreement, on the same day; `cause` is the end of the agreement."""
    placement = Placement.objects.get(pk=agreement.placement_id)
    if placement.state in LIVE_PLACEMENT and placement.state != PlacementState.ENDING:
        break_offs.break_off(
            placement_id=placement.pk, reason=reason, by=by, last_day=last_day, cause=cause, read=NO_PAGE
        )


@transaction.atomic
def restore_placement(*, act: StateChange, by: Actor | None, undo: StateChange) -> None:
    """The end of an agreement is taken back: the placement that ended with it goes on."""
    for change in states.caused(act, Placement):
        break_offs.restore(act=change, by=by, cause=undo)
