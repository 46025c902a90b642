"""The kick-off of a call: all partners and the employers that pledged, with the way of working and the results to agree."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from core.access import ensure
from core.versions import NO_PAGE
from meetings.enums import ItemKind, MeetingKind
from meetings.models import AgendaItem, Meeting
from meetings.queries.tables import kick_off_of
from meetings.rules.meetings import can_plan
from meetings.services import agenda, meetings
from meetings.services.locks import partnership_under_lock
from partnerships.actors import Actor

ITEMS = (gettext_noop("How we work together"), gettext_noop("Which results we expect"))


@transaction.atomic
def plan(*, meeting: Meeting, by: Actor) -> Meeting:
    """Plan the kick-off of a call, with what is to be agreed on its agenda. A call has one; pressed twice it is that one."""
    partnership_under_lock(meeting.partnership_id)
    ensure(can_plan(by, meeting.partnership, None))
    known = kick_off_of(meeting.call_id)
    if known is not None:
        return known
    meeting.kind = MeetingKind.KICK_OFF
    meetings.save(meeting=meeting, by=by, version=NO_PAGE)
    initiative = meeting.call.initiative if meeting.call else None
    for title in ITEMS:
        with override("nl"):  # what is stored is in Dutch
            item = AgendaItem(meeting=meeting, title=_(title), kind=ItemKind.DECIDE, initiative=initiative)
        agenda.save(item=item, by=by, version=NO_PAGE)
    return meeting
