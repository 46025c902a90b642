"""Who plans a meeting, invites to it, keeps its report and what comes of it (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core import states
from core.access import ALLOW, Verdict, deny, not_now
from meetings.enums import MeetingState
from meetings.models import AgendaItem, Attendance, Meeting
from partnerships.models import Group, Partnership
from partnerships.rules.partnerships import can_coordinate, can_write, goes_on

if TYPE_CHECKING:
    from partnerships.actors import Actor

ONLY_THE_TABLE = deny(
    _("Only a coordinator of this partnership, or the chair or secretary of this group, can do this.")
)
GROUP_HAS_ENDED = not_now(_("This group has ended."))
REPORT_STANDS = not_now(_("The report has gone out, so nothing of this meeting changes any more."))
IS_ADOPTED = not_now(
    _("This report was adopted. A mistake in it is corrected in the report of a later meeting.")
)
WAS_ADOPTED = not_now(_("This report was adopted already."))
NO_REPORT = not_now(
    _("Only the report of an earlier meeting of this table that has gone out can be adopted.")
)
IS_CANCELLED = not_now(_("This meeting was cancelled."))
NOBODY_TO_INVITE = not_now(_("Nobody sits at this table yet, so there is nobody to invite."))


def can_preside(actor: Actor, partnership: Partnership, group: Group | None) -> Verdict:
    """Run a table: for coordinators, and for chair and secretary of the group, or of the steering group for all members."""
    if group is None:
        return can_write(actor, partnership)
    if group.pk in actor.presides or can_coordinate(actor, partnership):
        return ALLOW
    return ONLY_THE_TABLE


def can_plan(actor: Actor, partnership: Partnership, group: Group | None) -> Verdict:
    """Plan a meeting of a table that goes on."""
    verdict = can_preside(actor, partnership, group)
    if verdict and group is not None and group.is_over:
        return GROUP_HAS_ENDED
    return verdict and goes_on(partnership)


def can_prepare(actor: Actor, meeting: Meeting) -> Verdict:
    """Change when and where it is, and its agenda, until it is over; what is invited to is mailed again."""
    verdict = can_preside(actor, meeting.partnership, meeting.group)
    if not verdict:
        return verdict
    if meeting.state == MeetingState.CANCELLED:
        return IS_CANCELLED
    return REPORT_STANDS if meeting.state == MeetingState.CLOSED else ALLOW


def can_change(actor: Actor, meeting: Meeting) -> Verdict:
    """Change when and where it is: until it is held."""
    verdict = can_prepare(actor, meeting)
    if verdict and not meeting.is_coming:
        return not_now(_("This meeting has been held."))
    return verdict


def can_invite(actor: Actor, meeting: Meeting) -> Verdict:
    """Send the invitations of a meeting in preparation."""
    return can_prepare(actor, meeting) and states.permits(meeting, "invite")


def can_cancel(actor: Actor, meeting: Meeting) -> Verdict:
    """Call a meeting off that is still to be held."""
    return can_preside(actor, meeting.partnership, meeting.group) and states.permits(meeting, "cancel")


def can_hold(actor: Actor, meeting: Meeting) -> Verdict:
    """Begin to write down who is there and what is said: from its first minute on."""
    verdict = can_prepare(actor, meeting) and states.permits(meeting, "hold")
    if verdict and not meeting.has_begun:
        return not_now(_("This meeting has not started yet."))
    return verdict


def can_minute(actor: Actor, meeting: Meeting) -> Verdict:
    """Write minutes, decisions and actions of a meeting that is held."""
    verdict = can_prepare(actor, meeting)
    if verdict and meeting.state != MeetingState.HELD:
        return not_now(_("First start the report of the meeting."))
    return verdict


def can_move_initiatives(actor: Actor, meeting: Meeting) -> Verdict:
    """Start, stop or scale up an initiative by a decision: for who writes for the partnership (story E-03)."""
    return can_write(actor, meeting.partnership)


def can_commission(actor: Actor, meeting: Meeting) -> Verdict:
    """Set up a committee by a decision of a meeting that is held: for who writes for the partnership (story D-10)."""
    return can_write(actor, meeting.partnership) and can_minute(actor, meeting)


def can_sit_in(actor: Actor, meeting: Meeting) -> bool:
    """Whether the page of the meeting opens: as `visible_to` says it, of a row that was loaded beside another."""
    if meeting.is_not_sent:
        return bool(can_preside(actor, meeting.partnership, meeting.group))
    if meeting.partnership_id in actor.coordinates:
        return True
    if meeting.group_id is None:
        return meeting.partnership_id in actor.inside
    return meeting.group_id in actor.groups


def can_close(actor: Actor, meeting: Meeting) -> Verdict:
    """Send the report to everyone who was asked."""
    return can_minute(actor, meeting) and states.permits(meeting, "close")


def can_reopen(actor: Actor, meeting: Meeting, *, is_adopted: bool) -> Verdict:
    """Take a report up again, with the reason: for the coordinators, until it was adopted."""
    verdict = can_coordinate(actor, meeting.partnership) and states.permits(meeting, "reopen")
    return IS_ADOPTED if verdict and is_adopted else verdict


def can_adopt(meeting: Meeting, report: Meeting, *, is_adopted: bool) -> Verdict:
    """Adopt the report of an earlier meeting of the same table, that has gone out; asks nothing about people."""
    if is_adopted:
        return WAS_ADOPTED
    same = (meeting.partnership_id, meeting.group_id) == (report.partnership_id, report.group_id)
    if not same or report.state != MeetingState.CLOSED or report.starts_at >= meeting.starts_at:
        return NO_REPORT
    return ALLOW


def can_answer(meeting: Meeting) -> Verdict:
    """Answer an invitation until the meeting begins; asks nothing about people."""
    if meeting.state == MeetingState.CANCELLED:
        return IS_CANCELLED
    if not meeting.is_coming:
        return not_now(_("This meeting has been held."))
    return not_now(_("This meeting has started already.")) if meeting.has_begun else ALLOW


def can_answer_for(actor: Actor, attendance: Attendance) -> Verdict:
    """Answer for oneself, or write down what someone said to who runs the table."""
    meeting = attendance.meeting
    own = attendance.person_id == actor.person_id
    return (ALLOW if own else can_preside(actor, meeting.partnership, meeting.group)) and can_answer(meeting)


def can_pass(other: AgendaItem | None) -> Verdict:
    """Let an item pass another; it is None at either end of the agenda. Asks nothing about people."""
    return ALLOW if other is not None else not_now(_("This item is first or last already."))
