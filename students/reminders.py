"""What this app reminds of: plans that wait for consent, and goals that fall due."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from accounts.mail import letters
from accounts.models import Person
from accounts.queries import privacy
from core.dates import local_day
from core.privacy.declared import Term
from core.privacy.terms import Duration, last_kept
from core.reminding.ladders import Calendar, Due, Rung, due_rungs, in_days, on_days
from core.reminding.waiting import Item, Told, Waiting
from students.enums import EnrolmentState, GoalState, Party, PlanState
from students.models import Enrolment, Evidence, Goal, LearnerAccess, LearningPlan, WorkSituation
from students.queries.consent import standing_of
from students.queries.people import people

PLAN_LADDER = (
    Rung("working-day-3", 3, working=True),
    Rung("working-day-7", 7, working=True),
    Rung("working-day-14", 14, working=True),
)
OPEN = (PlanState.DRAFT, PlanState.ACTIVE)


class PlanConsent:
    """A plan waits for consent: 3, 7 and 14 working days after a party was asked, then it stops.

    The days of a party count from the oldest text it has not answered; a new employer was asked on the day its access
    began. It goes to the people who may answer for the party now (`students.rules.party_of`, for many at once).
    """

    kind = "plan_consent"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(PLAN_LADDER, calendar)
        asked = Goal.objects.assessable().filter(in_days("latest__asked_at", due))
        begun = LearnerAccess.objects.of_employers().filter(on_days("starts_on", due))
        plans = LearningPlan.objects.filter(
            Q(pk__in=asked.values("plan")) | Q(enrolment__in=begun.values("enrolment")),
            state__in=OPEN,
            enrolment__state=EnrolmentState.ENROLLED,
        )
        keys = plans.order_by("enrolment__cohort", "pk").values_list("pk", flat=True)
        enrolments = Enrolment.objects.with_parties().select_related("student__person__user")
        rows = LearningPlan.objects.prefetch_related(Prefetch("enrolment", enrolments)).order_by()
        return Waiting(keys, rows, lambda rows: _of_plans(rows, due))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "students/mail/party_plan_waiting.txt", items, kind=self.kind)


def _of_plans(rows: list[LearningPlan], due: Due) -> Iterator[Told]:
    waiting = _waiting(rows)
    able = people([row.enrolment for row in rows])
    for row in rows:
        for party, (number, anchor) in waiting.get(row.pk, {}).items():
            rung = due.get(anchor)
            if rung is None:
                continue
            overview = reverse("students:plan-consent", args=[row.public_id])
            for person in able[row.enrolment_id][party]:
                words = {
                    "student": row.enrolment.student.full_name,
                    "student_first": row.enrolment.student.first_name,
                    "is_own": row.enrolment.student.person_id == person.pk,
                    "number": number,
                    "path": overview,
                    "overview": "/",
                }
                yield person, "", Item(f"plan:{row.pk}:{party}", rung, words)


def _waiting(rows: list[LearningPlan]) -> dict[int, dict[Party, tuple[int, dt.date]]]:
    """Per plan and party the number of texts not answered, and the day of the oldest question."""
    plans = {row.pk: row for row in rows}
    begun = _begun(rows)
    found: dict[int, dict[Party, list[dt.date]]] = defaultdict(lambda: defaultdict(list))
    goals = Goal.objects.assessable().filter(plan__in=rows).select_related("latest")
    for goal in goals.prefetch_related("latest__consents").order_by("pk"):
        goal.plan = plans[goal.plan_id]
        employer = goal.plan.enrolment.parties.employer
        standing = standing_of(goal, employer)
        for party in Party:
            if standing.waits_for(party) and goal.latest and goal.latest.asked_at:
                asked = local_day(goal.latest.asked_at)
                start = begun.get((goal.plan_id, employer)) if party == Party.EMPLOYER else None
                found[goal.plan_id][party].append(max(asked, start) if start else asked)
    return {
        plan: {party: (len(days), min(days)) for party, days in parties.items()}
        for plan, parties in found.items()
    }


def _begun(rows: list[LearningPlan]) -> dict[tuple[int, int | None], dt.date]:
    """The first day of the running access of each employer on a plan."""
    plans = {row.enrolment_id: row.pk for row in rows}
    held = LearnerAccess.objects.of_employers().filter(enrolment__in=plans)
    return {
        (plans[enrolment], organisation): starts_on
        for enrolment, organisation, starts_on in held.order_by("starts_on", "pk").values_list(
            "enrolment_id", "organisation_id", "starts_on"
        )
    }


# A week before may be caught up until the day before; the day itself for a week after.
ON_THE_DAY = Rung("on-the-day", 0, urgent=True)
GOAL_LADDER = (Rung("week-before", -7, window=7), ON_THE_DAY)
UNFINISHED = (GoalState.AGREED, GoalState.BUSY)


class GoalDue:
    """A goal falls due: a week before, on a working day, and on the day itself.

    Only the student can hand something in; teachers see it on the page of the cohort.
    """

    kind = "goal_due"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        due = due_rungs(GOAL_LADDER, calendar)
        coming = Goal.objects.filter(
            on_days("current__due_on", due),
            state__in=UNFINISHED,
            plan__state__in=[PlanState.DRAFT, PlanState.ACTIVE],
            plan__enrolment__state=EnrolmentState.ENROLLED,
            plan__enrolment__student__person__user__is_active=True,
        )
        keys = coming.order_by("plan", "pk").values_list("pk", flat=True)
        rows = Goal.objects.select_related("current", "plan__enrolment__student__person__user").order_by()
        return Waiting(keys, rows, lambda rows: _of_goals(rows, due, calendar.day))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "students/mail/student_goal_due.txt", items, kind=self.kind)


def _of_goals(rows: list[Goal], due: Due, day: dt.date) -> Iterator[Told]:
    overview = reverse("student-start")
    for row in rows:
        person = row.plan.enrolment.student.person
        if row.current is None or row.state not in UNFINISHED:
            continue
        rung = due.get(row.current.due_on)
        if rung is None:
            continue
        words = {
            "goal": str(row.current),
            "due_on": row.current.due_on,
            "is_today": row.current.due_on == day,
            "is_over": row.current.due_on < day,
            "path": row.get_absolute_url(),
            "overview": overview,
        }
        # What falls due on a holiday is told the day before: not in one mail with what is for today, or was before.
        together = f"{rung.name} {words['is_today']} {words['is_over']}"
        yield person, together, Item(f"goal:{row.pk}", rung, words)


class OwnWords:
    """Someone left, and the own words go after their term: told at once and a week before, to take them along first.

    Nothing of a student who can be told goes before that (`students.personal.offered`). It asks whether there is
    anything left to take, so whoever removed it hears nothing.
    """

    kind = "own_words"

    def waiting(self, calendar: Calendar) -> Waiting | None:
        months, days = privacy.lengths_on(calendar.day)[Term.WORDS]
        length = (months * 30) + days
        due = due_rungs(
            (Rung("left", 1, window=max(1, length - 7)), Rung("week-before", max(2, length - 7))), calendar
        )
        gone = Enrolment.objects.filter(on_days("ended_on", due), student__person__user__is_active=True)
        gone = gone.exclude(student__enrolments__in=Enrolment.objects.open()).filter(_has_words())
        rows = Enrolment.objects.select_related("student__person__user")
        keys = gone.order_by("pk").values_list("pk", flat=True)
        return Waiting(keys, rows, lambda rows: _of_words(rows, due, (months, days)))

    def send(self, person: Person, items: list[dict[str, Any]]) -> None:
        letters.remind(person, "students/mail/student_own_words_going.txt", items, kind=self.kind)


def _has_words() -> Q:
    mine = {"goal__plan__enrolment": OuterRef("pk")}
    evidence, situations = (
        Evidence.objects.filter(**mine),
        WorkSituation.objects.filter(enrolment=OuterRef("pk")),
    )
    return Q(Exists(evidence)) | Q(Exists(situations.exclude(text=""))) | ~Q(wishes="")


def _of_words(rows: list[Enrolment], due: Due, length: Duration) -> Iterator[Told]:
    own = reverse("accounts:own-data")
    for row in rows:
        rung = due.get(row.ended_on) if row.ended_on else None
        if row.ended_on is None or rung is None:
            continue
        words = {
            "left_on": row.ended_on,
            "goes_on": last_kept(row.ended_on, length),
            "path": own,
            "overview": own,
        }
        yield row.student.person, "", Item(f"enrolment:{row.pk}", rung, words)


REMINDERS = (PlanConsent(), GoalDue(), OwnWords())
