"""What this app does when something happens in an app below it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.functional import Promise
from django.utils.translation import gettext

from accounts.enums import Role
from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Location, Member, Membership, Partnership
from partnerships.queries.leaving import Hanging
from partnerships.signals import (
    location_closed,
    location_closing_considered,
    location_reopened,
    member_ended,
    member_leaving_considered,
    member_restored,
    membership_ended,
    membership_restored,
    organisation_relied_on,
    partnership_closed,
    partnership_closing_considered,
    partnership_reopened,
    role_leaving_considered,
)
from placements.models import Slot
from placements.models.slots import SlotQuerySet
from placements.queries.leaving import consequences
from placements.queries.slot_ends import (
    follows_for_location,
    follows_for_member,
    follows_for_partnership,
)
from placements.queries.supervising import hangs_on
from placements.services import enrolments, members, supervisors
from students.models import Enrolment
from students.signals import (
    enrolment_days_changed,
    enrolment_ended,
    enrolment_reinstated,
    leaving_considered,
)


@receiver(role_leaving_considered, dispatch_uid="placements.places_hang_on")
def places_hang_on(sender: Any, membership: Membership, by: Actor, **kwargs: Any) -> list[Hanging]:
    """Someone is about to end a role: the students, places and proposals that hang on it."""
    return hangs_on(membership, by)


@receiver(membership_ended, dispatch_uid="placements.supervisor_leaves")
def supervisor_leaves(
    sender: Any,
    membership: Membership,
    by: Actor,
    act: StateChange,
    successors: dict[str, int],
    **kwargs: Any,
) -> None:
    """A role ended: when it was a supervisor's, colleagues take over what was chosen, and the rest is nobody's."""
    if membership.role == Role.SUPERVISOR:
        supervisors.hand_over_all(membership=membership, successors=successors, by=by, act=act)
    supervisors.leave(membership=membership, by=by, act=act)


@receiver(membership_restored, dispatch_uid="placements.supervisor_comes_back")
def supervisor_comes_back(
    sender: Any, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """A role goes on after all: what colleagues took over comes back, and whom nobody else guides is guided again."""
    return supervisors.come_back(act=act, undo=undo)


@receiver(organisation_relied_on, dispatch_uid="placements.is_host")
def is_host(sender: Any, organisation_id: int, **kwargs: Any) -> SlotQuerySet:
    """Someone wants to know whether others count on an organisation: those do for whom it has or had places."""
    return Slot.objects.filter(organisation=organisation_id)


@receiver(member_ended, dispatch_uid="placements.close_with_member")
def close_with_member(sender: Any, member: Member, by: Actor, act: StateChange, **kwargs: Any) -> None:
    """An organisation left a partnership: it offers nothing there any more."""
    offered = Slot.objects.filter(organisation=member.organisation_id, partnership=member.partnership_id)
    reason = gettext("The organisation has left the partnership.")
    members.close_slots(offered=offered, reason=reason, by=by, act=act)


@receiver(member_restored, dispatch_uid="placements.reopen_with_member")
def reopen_with_member(
    sender: Any, by: Actor, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """An organisation did not leave after all: what it offered is online again, as far as it can."""
    return members.reopen_slots(by=by, act=act, undo=undo)


@receiver(partnership_closed, dispatch_uid="placements.close_with_partnership")
def close_with_partnership(
    sender: Any, partnership: Partnership, by: Actor, act: StateChange, **kwargs: Any
) -> None:
    """A partnership is closed: nothing is offered there any more."""
    offered = Slot.objects.filter(partnership=partnership)
    reason = gettext("The partnership has ended.")
    members.close_slots(offered=offered, reason=reason, by=by, act=act)


@receiver(partnership_reopened, dispatch_uid="placements.reopen_with_partnership")
def reopen_with_partnership(
    sender: Any, by: Actor, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """A partnership goes on after all: what was offered there is online again, as far as it can."""
    return members.reopen_slots(by=by, act=act, undo=undo)


@receiver(location_closed, dispatch_uid="placements.close_with_location")
def close_with_location(sender: Any, location: Location, by: Actor, act: StateChange, **kwargs: Any) -> None:
    """A location is closed: nothing is offered there any more."""
    offered = Slot.objects.filter(location=location)
    members.close_slots(offered=offered, reason=gettext("The location is closed."), by=by, act=act)


@receiver(location_reopened, dispatch_uid="placements.reopen_with_location")
def reopen_with_location(
    sender: Any, by: Actor, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """A location goes on after all: what was offered there is online again, as far as it can."""
    return members.reopen_slots(by=by, act=act, undo=undo)


@receiver(location_closing_considered, dispatch_uid="placements.would_close_there")
def would_close_there(sender: Any, location: Location, **kwargs: Any) -> list[str | Promise]:
    """A manager is about to close a location: what closes there."""
    return follows_for_location(location)


@receiver(partnership_closing_considered, dispatch_uid="placements.would_close_all")
def would_close_all(sender: Any, partnership: Partnership, **kwargs: Any) -> list[str | Promise]:
    """A coordinator is about to close a partnership: what closes at the workplaces."""
    return follows_for_partnership(partnership)


@receiver(member_leaving_considered, dispatch_uid="placements.would_close")
def would_close(sender: Any, member: Member, **kwargs: Any) -> list[str | Promise]:
    """A coordinator is about to end a membership: what closes at the workplaces."""
    return follows_for_member(member)


@receiver(enrolment_ended, dispatch_uid="placements.end_with_enrolment")
def end_with_enrolment(sender: Any, enrolment: Enrolment, by: Actor, act: StateChange, **kwargs: Any) -> None:
    """An enrolment ended: what the student has and waits for at workplaces ends with it."""
    enrolments.end(enrolment=enrolment, by=by, act=act)


@receiver(enrolment_reinstated, dispatch_uid="placements.come_back")
def come_back(
    sender: Any, by: Actor, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """A student did not leave after all: places and proposals come back, as far as they can."""
    return enrolments.reinstate(by=by, act=act, undo=undo)


@receiver(enrolment_days_changed, dispatch_uid="placements.stay_within")
def stay_within(sender: Any, enrolment: Enrolment, former: tuple[date, date | None], **kwargs: Any) -> None:
    """An enrolment has other days: not such as leave out days of a placement."""
    enrolments.ensure_within(enrolment=enrolment, former=former)


@receiver(leaving_considered, dispatch_uid="placements.would_end")
def would_end(sender: Any, enrolment: Enrolment, **kwargs: Any) -> list[str | Promise]:
    """A teacher is about to take a student out: what ends at the workplaces."""
    return consequences(enrolment)
