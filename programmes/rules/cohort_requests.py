"""Who asks for a cohort, and who answers for the school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny
from partnerships.models import Partnership
from partnerships.rules.partnerships import can_coordinate, goes_on
from programmes.models import CohortRequest
from programmes.rules.cohorts import can_add_cohort

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_ask(actor: Actor, partnership: Partnership) -> Verdict:
    """Ask a school for a cohort: for coordinators, as long as the partnership goes on."""
    return can_coordinate(actor, partnership) and goes_on(partnership)


def can_confirm(actor: Actor, request: CohortRequest) -> Verdict:
    """Make the cohort: for who adds cohorts to the programme, as long as the partnership that asked goes on."""
    asking = request.programme.partnership
    verdict = can_add_cohort(actor, request.programme) and (goes_on(asking) if asking else ALLOW)
    return verdict and states.permits(request, "confirm")


def can_decline(actor: Actor, request: CohortRequest) -> Verdict:
    """Say that there will be no such cohort, and why."""
    return can_add_cohort(actor, request.programme) and states.permits(request, "decline")


def can_withdraw(actor: Actor, request: CohortRequest) -> Verdict:
    """Ask no longer, as long as the school has not answered: for the coordinators."""
    partnership = request.programme.partnership
    if partnership is None:
        return deny(_("This programme is not in a partnership any more."))
    return can_coordinate(actor, partnership) and states.permits(request, "withdraw")


def can_take_back(actor: Actor, request: CohortRequest) -> Verdict:
    """Take back a no: for the school."""
    return can_add_cohort(actor, request.programme)
