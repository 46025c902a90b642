"""What waits for someone around places, matches and placements; `next_steps` merges this with agreements."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.dates import today
from core.formats import local_day
from core.next_steps import NextStep, by_urgency
from partnerships.actors import Actor
from partnerships.enums import Role
from placements.enums import CONFIRM_AFTER_DAYS, OPEN_MATCH, MatchState, SlotState
from placements.models import Match, Placement, Slot
from programmes.models import CohortTeacher

MOST = 20
ANSWER_DAYS = 7  # how long a proposal may wait before it becomes urgent


def for_student(actor: Actor) -> list[NextStep]:
    """Places to which the employer said yes: now the student's answer."""
    waiting = _loaded(
        Match.objects.filter(enrolment__student__user=actor.user_id, state=MatchState.EMPLOYER_AGREED)
    )
    return by_urgency(
        NextStep(
            title=format_lazy(_("Do you want a place at {employer}?"), employer=match.slot.organisation.name),
            text=format_lazy(_("{slot}. Say yes or no."), slot=match.slot.title),
            url=match.get_absolute_url(),
            button=_("Look and answer"),
            due=_answer_by(match),
            kind="match",
            icon="briefcase",
        )
        for match in waiting
    )


def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Proposals to answer, and places nobody confirmed for a while."""
    steps = []
    if organisation_id in actor.employer_organisations:
        asked = Match.objects.filter(slot__organisation=organisation_id, state=MatchState.PROPOSED)
        steps = [_answer_step(match) for match in _loaded(asked)]
    stale = Slot.objects.own(actor).filter(
        organisation=organisation_id,
        state=SlotState.ONLINE,
        ends_on__gte=today(),
        confirmed_on__lte=today() - timedelta(days=CONFIRM_AFTER_DAYS),
    )
    rows = stale.select_related("organisation", "location").order_by("confirmed_on", "pk")[:MOST]
    return by_urgency([*steps, *(_confirm_step(slot) for slot in rows)])[:MOST]


def _answer_step(match: Match) -> NextStep:
    return NextStep(
        title=format_lazy(_("{name} is proposed to you"), name=match.enrolment.student.first_name),
        text=format_lazy(_("For {slot}. Say yes or no."), slot=match.slot.title),
        url=match.get_absolute_url(),
        button=_("Look and answer"),
        due=_answer_by(match),
        kind="match",
        icon="user-plus",
    )


def _confirm_step(slot: Slot) -> NextStep:
    confirmed = slot.confirmed_on or today()
    return NextStep(
        title=format_lazy(_("Is “{slot}” still right?"), slot=slot.title),
        text=_("Nobody has confirmed this place for a while. After 45 days others do not see it any more."),
        url=reverse("placements:slot-manage", args=[slot.organisation.slug, slot.public_id]),
        button=_("Look at the place"),
        due=confirmed + timedelta(days=45),
        kind="slot",
        icon="refresh",
    )


def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Own students whose place lost its accreditation, and proposals that were turned down last."""
    steps = [_lost_step(placement) for placement in _without_accreditation(actor, organisation_id)]
    taught = _taught(actor).filter(cohort=OuterRef("enrolment__cohort"))
    again = Match.objects.filter(
        enrolment=OuterRef("enrolment"), state__in=[*OPEN_MATCH, MatchState.ACCEPTED]
    )
    declined = (
        Match.objects.filter(
            Exists(taught),
            ~Exists(again),
            enrolment__cohort__programme__school=organisation_id,
            state=MatchState.DECLINED,
            enrolment__state="enrolled",
        )
        .order_by("enrolment_id", "-asked_at", "-pk")
        .distinct("enrolment_id")
        .values("pk")
    )
    for match in _loaded(Match.objects.filter(pk__in=declined)):
        steps.append(_look_on_step(match))
    return by_urgency(steps)[:MOST]


def _without_accreditation(actor: Actor, organisation_id: int) -> QuerySet[Placement]:
    taught = _taught(actor).filter(cohort=OuterRef("enrolment__cohort"))
    return (
        Placement.objects.without_accreditation()
        .filter(Exists(taught), enrolment__cohort__programme__school=organisation_id)
        .for_list()[:MOST]
    )


def _taught(actor: Actor) -> QuerySet[CohortTeacher]:
    return CohortTeacher.objects.filter(membership__in=actor.memberships(Role.TEACHER))


def _lost_step(placement: Placement) -> NextStep:
    return NextStep(
        title=format_lazy(_("{name} needs another place"), name=placement.student.full_name),
        text=format_lazy(
            _("The accreditation of {employer} was withdrawn."), employer=placement.slot.organisation.name
        ),
        url=placement.get_absolute_url(),
        button=_("Look at the placement"),
        due=today(),
        kind="accreditation",
        icon="alert-triangle",
    )


def _look_on_step(match: Match) -> NextStep:
    cohort = match.enrolment.cohort
    page = reverse("placements:match-propose-cohort", args=[cohort.programme.school.slug, cohort.public_id])
    return NextStep(
        title=format_lazy(_("Look for another place for {name}"), name=match.enrolment.student.full_name),
        text=format_lazy(_("{slot} was declined."), slot=match.slot.title),
        url=f"{page}?inschrijving={match.enrolment.public_id}",
        button=_("Look for a place"),
        kind="match",
        icon="search",
    )


def _loaded(matches: QuerySet[Match]) -> QuerySet[Match]:
    """The longest waiting first, no more than fit."""
    return (
        matches.filter(~Q(state=MatchState.WITHDRAWN))
        .select_related("slot__organisation", "enrolment__student", "enrolment__cohort__programme__school")
        .order_by("asked_at", "pk")[:MOST]
    )


def _answer_by(match: Match) -> date:
    return local_day(match.asked_at) + timedelta(days=ANSWER_DAYS)
