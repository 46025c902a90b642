"""Whom a work supervisor guides, who is guided by nobody, and what else of an employer's places hangs on a role."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy

from accounts.enums import Role
from core.dates import today
from partnerships.models import Membership
from partnerships.queries.leaving import Hanging
from partnerships.roles import EMPLOYER_PARTY
from placements.enums import MatchState, SlotState
from placements.models import Match, Placement, Slot, Supervision, Supervisor
from placements.models.placements import PlacementQuerySet
from placements.models.supervisors import SupervisorQuerySet

# A student may begin without a supervisor's name; from this many days before the first day on it is a task.
NAMED_BEFORE = timedelta(days=14)
GUIDES = "students"


def going_on() -> PlacementQuerySet:
    """The placements that run or are to come."""
    return Placement.objects.live().filter(ends_on__gte=today())


def guided_by(membership: Membership) -> PlacementQuerySet:
    """The placements, now or to come, whose student this supervisor guides or is to guide."""
    standing = Supervision.objects.standing().filter(membership=membership.pk)
    return going_on().filter(pk__in=standing.values("placement"))


def guided_by_nobody(among: PlacementQuerySet | None = None) -> PlacementQuerySet:
    """The placements, `among` these or all, that run or begin within a fortnight without anyone to guide the student."""
    rows = Placement.objects.all() if among is None else among
    standing = Supervision.objects.standing().filter(placement=OuterRef("pk"))
    return rows.live().filter(~Exists(standing), starts_on__lte=today() + NAMED_BEFORE, ends_on__gte=today())


def candidates(organisation_id: int, but: Membership | None = None) -> SupervisorQuerySet:
    """The employer's supervisors of today by name, each with the number of students whom they guide, as `load`."""
    rows = Supervisor.objects.running().filter(organisation=organisation_id)
    return (rows.exclude(pk=but.pk) if but else rows).with_load().for_list()


def hangs_on(membership: Membership) -> list[Hanging]:
    """Students to guide, places that name the supervisor, and proposals that nobody else answers: numbers, no names."""
    if membership.role == Role.SUPERVISOR:
        return _of_supervisor(membership)
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


def _of_supervisor(membership: Membership) -> list[Hanging]:
    found = []
    if number := guided_by(membership).count():
        words = ngettext_lazy(
            "Guides {number} student. Whom nobody takes over becomes a task of the contact persons.",
            "Guides {number} students. Whom nobody takes over becomes a task of the contact persons.",
            "number",
        )
        found.append(
            Hanging(
                _counted(words, number),
                key=GUIDES,
                label=_counted(
                    ngettext_lazy("Who guides this student?", "Who guides these students?", "number"), number
                ),
                successors=tuple(
                    (row.pk, f"{row.name} ({row.load})")
                    for row in candidates(membership.organisation_id, membership)
                ),
            )
        )
    named = Slot.objects.filter(supervisor=membership.pk, ends_on__gte=today()).exclude(
        state=SlotState.CLOSED
    )
    if number := named.count():
        words = ngettext_lazy(
            "Is named as supervisor of {number} place, which then names nobody.",
            "Is named as supervisor of {number} places, which then name nobody.",
            "number",
        )
        found.append(Hanging(_counted(words, number)))
    return found


def _counted(words: Promise, number: int) -> str:
    return str(words % {"number": number}).format(number=number)
