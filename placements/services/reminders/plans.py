"""A plan waits for consent: 3, 7 and 14 working days after a party was asked, then it stops.

A party's days count from the oldest text it has not answered. A new employer was asked on the day its grant began.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, Q
from django.urls import reverse

from accounts.models import User
from core.formats import local_day
from partnerships.enums import Role
from partnerships.models import Membership
from placements.mail import reminders as mail
from placements.services import recipients
from placements.services.reminders.batches import batches, gathered
from placements.services.reminders.engine import Item, Notice
from placements.services.reminders.ladders import Calendar, Due, Step, due_steps, in_days, on_days
from students.enums import AccessScope, Answer, EnrolmentState, Party, PlanState
from students.models import Enrolment, Goal, LearnerAccess, LearningPlan

STEPS = (
    Step("working-day-3", 3, working=True),
    Step("working-day-7", 7, working=True),
    Step("working-day-14", 14, working=True),
)
OPEN = (PlanState.DRAFT, PlanState.ACTIVE)


class PlanConsent:
    """The people who may answer for a party now: `students.rules.party_of`, asked for many at once."""

    kind = "plan_consent"

    def notices(self, calendar: Calendar) -> Iterator[list[Notice]]:
        due = due_steps(STEPS, calendar)
        asked = Goal.objects.assessable().filter(in_days("latest__asked_at", due))
        begun = LearnerAccess.objects.running().filter(
            on_days("starts_on", due), scope=AccessScope.PLAN, membership__isnull=True
        )
        plans = LearningPlan.objects.filter(
            Q(pk__in=asked.values("plan")) | Q(enrolment__in=begun.values("enrolment")),
            state__in=OPEN,
            enrolment__state=EnrolmentState.ENROLLED,
        )
        keys = plans.order_by("enrolment__cohort", "pk").values_list("pk", flat=True)
        enrolments = Enrolment.objects.with_parties().select_related("student__user")
        rows = LearningPlan.objects.prefetch_related(Prefetch("enrolment", enrolments)).order_by()
        for chunk in batches(keys, rows):
            yield gathered(_pairs(chunk, due))

    def send(self, user: User, items: list[dict[str, Any]]) -> None:
        mail.party_plan_waiting(user, items)


def _pairs(rows: list[LearningPlan], due: Due) -> Iterator[tuple[User, str, Item]]:
    waiting = _waiting(rows)
    people = _People(rows)
    for row in rows:
        for party, (number, anchor) in waiting.get(row.pk, {}).items():
            step = due.get(anchor)
            if step is None:
                continue
            overview = reverse("students:plan-consent", args=[row.public_id])
            for user in people.of(row.enrolment, party):
                words = {
                    "student": row.enrolment.student.full_name,
                    "is_own": row.enrolment.student.user_id == user.pk,
                    "number": number,
                    "path": overview,
                    "overview": "/",
                }
                yield user, "", Item(f"plan:{row.pk}:{party}", step, words)


def _waiting(rows: list[LearningPlan]) -> dict[int, dict[Party, tuple[int, dt.date]]]:
    """Per plan and party the number of texts not answered, and the day of the oldest question."""
    employers = {row.pk: row.enrolment.parties.employer for row in rows}
    begun = _begun(rows)
    found: dict[int, dict[Party, list[dt.date]]] = defaultdict(lambda: defaultdict(list))
    goals = (
        Goal.objects.assessable()
        .filter(plan__in=rows, latest__asked_at__isnull=False)
        .select_related("latest")
        .prefetch_related("latest__consents")
        .order_by("pk")
    )
    for goal in goals:
        if any(consent.answer == Answer.CHANGE for consent in goal.latest.consents.all()):  # type: ignore[union-attr]
            continue  # waits for a new text, not for consent
        asked = local_day(goal.latest.asked_at)  # type: ignore[union-attr, arg-type]
        employer = employers[goal.plan_id]
        for party in Party:
            if goal.answer_of(party, employer) is None:
                start = begun.get((goal.plan_id, employer)) if party == Party.EMPLOYER else None
                found[goal.plan_id][party].append(max(asked, start) if start else asked)
    return {
        plan: {party: (len(days), min(days)) for party, days in parties.items()}
        for plan, parties in found.items()
    }


def _begun(rows: list[LearningPlan]) -> dict[tuple[int, int | None], dt.date]:
    """The first day of the running grant of each employer on a plan."""
    plans = {row.enrolment_id: row.pk for row in rows}
    grants = LearnerAccess.objects.running().filter(
        enrolment__in=plans, scope=AccessScope.PLAN, membership__isnull=True
    )
    return {
        (plans[enrolment], organisation): starts_on
        for enrolment, organisation, starts_on in grants.order_by("starts_on", "pk").values_list(
            "enrolment_id", "organisation_id", "starts_on"
        )
    }


class _People:
    """Accounts behind the parties of a batch of plans, in two queries."""

    def __init__(self, rows: list[LearningPlan]) -> None:
        parties = [row.enrolment.parties for row in rows]
        self._contacts = recipients.contacts({one.employer for one in parties if one.employer is not None})
        wanted = {pk for one in parties for pk in one.teacher_memberships | one.supervisors}
        memberships = Membership.objects.running().filter(
            Q(role=Role.TEACHER) | Q(role=Role.SUPERVISOR, may_consent=True),
            pk__in=wanted,
            user__is_active=True,
        )
        self._members = {row.pk: row for row in memberships.select_related("user").order_by("pk")}

    def of(self, enrolment: Enrolment, party: Party) -> list[User]:
        parties = enrolment.parties
        if party == Party.STUDENT:
            student = enrolment.student.user
            return [student] if student is not None and student.is_active else []
        if party == Party.SCHOOL:
            return self._held(parties.teacher_memberships, Role.TEACHER)
        if parties.employer is None:
            return []
        people = [
            *self._contacts.get(parties.employer, []),
            *self._held(parties.supervisors, Role.SUPERVISOR),
        ]
        return list({user.pk: user for user in people}.values())

    def _held(self, memberships: frozenset[int], role: Role) -> list[User]:
        held = (self._members[pk] for pk in sorted(memberships) if pk in self._members)
        return [row.user for row in held if row.role == role]
