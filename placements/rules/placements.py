"""Placements: who ends them and who names the supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny, not_now
from core.dates import local_day, today
from core.states import has_way_back, permits, permits_undo
from partnerships.rules.organisations import can_act_for
from placements.enums import LIVE_PLACEMENT, PlacementState
from placements.models import Slot
from placements.rules.matches import is_school_side
from students.enums import EnrolmentState

if TYPE_CHECKING:
    from datetime import date

    from core.models import StateChange
    from partnerships.actors import Actor
    from partnerships.models import Membership
    from placements.models import Placement


NOT_YOURS = _("Only the school, the coordinator and the employer end a placement.")
NOT_ENROLLED = _("This student is not enrolled here any more.")
NAMES_SUPERVISORS = _("Only contact persons and practice trainers of the employer name the supervisor.")


def ends_placements(actor: Actor, placement: Placement) -> bool:
    """The school's side and the employer; a student talks to one of them first."""
    return placement.organisation_id in actor.employer_organisations or is_school_side(actor, placement)


def can_break_off(actor: Actor, placement: Placement) -> Verdict:
    """End a placement early, on a day that is chosen."""
    if not ends_placements(actor, placement):
        return deny(NOT_YOURS)
    if placement.state == PlacementState.ENDING:
        return not_now(_("The last day was chosen already. Take that back first to choose another."))
    return permits(placement, "break_off")


def permits_last_day(placement: Placement, day: date) -> Verdict:
    """Whether a placement can end early on a day; asks nothing about people.

    A day inside the period; for a placement that has not begun there is none before its first day.
    """
    if day >= (placement.would_end_on or placement.ends_on):
        return not_now(_("The placement ends on that day anyway. Choose an earlier day."))
    if day < placement.starts_on <= today():
        return not_now(_("Choose a day in the period of the placement."))
    return ALLOW


def undo_from(placement: Placement, act: StateChange) -> date:
    """The day from which the days for taking it back count: that of the act, or the last day when that comes later."""
    return max(local_day(act.at), placement.ends_on) if placement.would_end_on else local_day(act.at)


def permits_going_on(placement: Placement) -> Verdict:
    """Whether a placement that ended can be there again as far as the enrolment goes; asks nothing about people."""
    enrolled = placement.enrolment.state == EnrolmentState.ENROLLED
    return ALLOW if enrolled else not_now(NOT_ENROLLED)


def _goes_back_with(cause: StateChange) -> bool:
    """Whether what followed from this is taken back with it, and not by itself."""
    return cause.model != Slot._meta.label_lower and has_way_back(cause)


def can_take_back_break_off(actor: Actor, placement: Placement, act: StateChange | None) -> Verdict:
    """Let a placement that was ended early go on; `act` is what ended it, or none.

    Who leaves as a place closes was chosen student by student, and is taken back like that; the place stays closed. What
    followed from an objection to a signature, which stands, is taken back by itself too.
    """
    if not ends_placements(actor, placement):
        return deny(NOT_YOURS)
    if not (verdict := permits_going_on(placement)):
        return verdict
    if act is not None and act.cause is not None and _goes_back_with(act.cause):
        return not_now(_("This end followed from another act, so only that one can be taken back."))
    since = None if act is None else undo_from(placement, act)
    over = PlacementState.BROKEN_OFF if act is not None and act.action == "announce" else None
    return permits_undo(placement, act, since=since, by_clock=over)


def can_change_supervisor(actor: Actor, placement: Placement) -> Verdict:
    """Name who guides the student, as long as the placement could still be ended."""
    if placement.organisation_id not in actor.employer_organisations:
        return deny(NAMES_SUPERVISORS)
    return permits(placement, "break_off")


def can_fill_gaps(actor: Actor, organisation_id: int) -> Verdict:
    """Name supervisors for students whom nobody guides; the page names the students."""
    return ALLOW if organisation_id in actor.employer_organisations else deny(NAMES_SUPERVISORS)


def can_correct_supervisor(actor: Actor, membership: Membership, *, is_known_elsewhere: bool) -> Verdict:
    """Change the name and address of a supervisor: of whoever has no account to do so, and is known here alone."""
    if membership.role != Role.SUPERVISOR:
        return deny(NAMES_SUPERVISORS)
    if not (may := can_act_for(actor, membership.organisation_id)):
        return may
    if membership.person.has_account:
        return not_now(_("This supervisor has an account, and keeps name and address up to date there."))
    if is_known_elsewhere:
        return not_now(_("Others work with this person too. An administrator can correct the address."))
    return ALLOW


def sees_contact(actor: Actor, placement: Placement) -> bool:
    """How to reach the student: the school's side always, the employer's as long as the student has the place.

    The name stays in what was agreed. The row is loaded `with_taught`.
    """
    return placement.state in LIVE_PLACEMENT or is_school_side(actor, placement)
