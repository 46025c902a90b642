"""Whom a work supervisor guides, who is guided by nobody, and what else of an employer's places hangs on a role."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest, Least
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.enums import Role
from core.dates import today
from core.readlog import unseen
from partnerships.models import Membership
from partnerships.queries.leaving import Hanging
from partnerships.roles import EMPLOYER_PARTY
from placements.enums import MatchState, SlotState
from placements.models import Match, Placement, Slot, Supervision, Supervisor
from placements.models.placements import PlacementQuerySet
from placements.models.slots import SlotQuerySet
from placements.models.supervisors import SupervisorQuerySet

if TYPE_CHECKING:
    from partnerships.actors import Actor

# A student may begin without a supervisor's name; from this many days before the first day on it is a task.
NAMED_BEFORE = timedelta(days=14)
GUIDES, NAMED = "students", "slots"  # under what students, and the places that name someone, go over
NOBODY = 0


def key_of(placement_id: int) -> str:
    """Under what one of several students goes over."""
    return f"{GUIDES}-{placement_id}"


def going_on() -> PlacementQuerySet:
    """The placements that run or are to come."""
    return Placement.objects.live().filter(ends_on__gte=today())


def guided_by(membership: Membership) -> PlacementQuerySet:
    """The placements, now or to come, whose student this supervisor guides or is to guide."""
    standing = Supervision.objects.standing().filter(membership=membership.pk)
    return going_on().filter(pk__in=standing.values("placement"))


def guided_by_nobody(among: PlacementQuerySet | None = None) -> PlacementQuerySet:
    """The placements, `among` these or all, with a day within a fortnight on which nobody guides the student."""
    rows = Placement.objects.all() if among is None else among
    soon = Value(today() + NAMED_BEFORE, output_field=models.DateField())
    first = Greatest(Value(today(), output_field=models.DateField()), OuterRef("starts_on"))
    standing = Supervision.objects.held()
    then = standing.filter(
        Q(ends_on=None) | Q(ends_on__gt=OuterRef("ends_on")),
        placement=OuterRef("placement"),
        starts_on__lte=OuterRef("ends_on") + timedelta(days=1),
    )
    last_of = standing.filter(~Exists(then), ends_on__lt=Least(soon, OuterRef("ends_on")))
    without = ~Exists(standing.filter(placement=OuterRef("pk"), starts_on__lte=first)) | Exists(
        last_of.filter(placement=OuterRef("pk"))
    )
    return rows.live().filter(without, starts_on__lte=today() + NAMED_BEFORE, ends_on__gte=today())


def candidates(organisation_id: int, but: Membership | None = None) -> SupervisorQuerySet:
    """The employer's supervisors who stay, by name, each with the number of students whom they guide, as `load`."""
    rows = Supervisor.objects.staying().filter(organisation=organisation_id)
    return (rows.exclude(pk=but.pk) if but else rows).with_load().for_list()


def unguided(placement: Placement) -> tuple[date, date | None]:
    """The first and last of the days on which nobody guides a student who is in `guided_by_nobody`; None for no last."""
    day = today()
    for row in placement.supervisions.held().order_by("starts_on", "pk"):
        if row.starts_on > max(day, placement.starts_on):
            return day, row.starts_on - timedelta(days=1)
        if row.ends_on is not None:
            day = max(day, row.ends_on + timedelta(days=1))
    return day, None


def hangs_on(membership: Membership, by: Actor) -> list[Hanging]:
    """Students to guide, places that name the supervisor, and proposals that nobody else answers.

    By name only for who knows the students; for others by their place.
    """
    if membership.role == Role.SUPERVISOR:
        own = membership.person_id == by.person_id
        return _of_supervisor(membership, own or membership.organisation_id in by.employer_organisations)
    if membership.role not in EMPLOYER_PARTY:
        return []
    others = Membership.objects.able().filter(
        organisation=membership.organisation_id, role__in=EMPLOYER_PARTY
    )
    asked = Match.objects.filter(slot__organisation=membership.organisation_id, state=MatchState.PROPOSED)
    number = asked.filter(~Exists(others.exclude(pk=membership.pk))).count()
    words = ngettext_lazy(
        "Nobody else can answer {number} proposal. Invite another contact person first.",
        "Nobody else can answer {number} proposals. Invite another contact person first.",
        "number",
    )
    return [Hanging(_counted(words, number))] if number else []


def _of_supervisor(membership: Membership, knows_them: bool) -> list[Hanging]:
    with nullcontext() if knows_them else unseen():
        guided = list(guided_by(membership).for_list())
    named = named_at(membership).count()
    if not guided and not named:
        return []
    colleagues = tuple(
        (row.pk, f"{row.name} ({row.load})") for row in candidates(membership.organisation_id, membership)
    )
    found = []
    if number := len(guided):
        words = ngettext_lazy(
            "Guides {number} student. Whom nobody takes over becomes a task of the contact persons.",
            "Guides {number} students. Whom nobody takes over becomes a task of the contact persons.",
            "number",
        )
        label = ngettext_lazy("Who guides this student?", "Who guides these students?", "number")
        found.append(Hanging(_counted(words, number), GUIDES, _counted(label, number), colleagues))
    if number > 1 and colleagues:
        found += [_one_of(row, colleagues, knows_them) for row in guided]
    if named:
        words = ngettext_lazy(
            "Is named as supervisor of {number} training place, which then names nobody.",
            "Is named as supervisor of {number} training places, which then name nobody.",
            "number",
        )
        label = ngettext_lazy(
            "Who is named for new students at this training place?",
            "Who is named for new students at these training places?",
            "number",
        )
        found.append(Hanging(_counted(words, named), NAMED, _counted(label, named), colleagues))
    return found


def _one_of(placement: Placement, colleagues: tuple[tuple[int, str], ...], by_name: bool) -> Hanging:
    """One of several students, for whom someone else can be chosen than for all."""
    if by_name:
        label = format_lazy(_("Someone else for {student}?"), student=placement.student.full_name)
    else:
        words = _("Someone else for student {number} at “{slot}”, until {day}?")
        until = date_format(placement.ends_on, "j F Y")
        label = format_lazy(words, number=placement.seat_no, slot=placement.slot.title, day=until)
    successors: tuple[tuple[int, Any], ...] = ((NOBODY, _("Nobody yet")), *colleagues)
    return Hanging(
        "", key_of(placement.pk), label, successors, _("The same as for all"), placement.slot.title
    )


def named_at(membership: Membership) -> SlotQuerySet:
    """The places, but for those that are closed or over, that name this supervisor for new students."""
    own = Slot.objects.filter(supervisor=membership.pk, ends_on__gte=today())
    return own.exclude(state=SlotState.CLOSED)


def _counted(words: Promise, number: int) -> str:
    return str(words % {"number": number}).format(number=number)
