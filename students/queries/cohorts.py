"""What a cohort of `programmes` looks like from here: seats, and what waits for its teachers.

Functions on the lower app's querysets, so that pages, filters and next steps count the same things.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.dates import today
from programmes.models import Session
from students.enums import EnrolmentState, GoalState, Party, PlanState, SituationState, VisibleFor
from students.models.enrolments import Enrolment
from students.models.goals import Goal
from students.models.situations import WorkSituation

# Agreed and not handed in: only these can be late. What is not agreed yet binds nobody.
TO_DO = (GoalState.AGREED, GoalState.BUSY)


def goals_needing(need: str) -> Any:
    """Goals that ask the school for this act."""
    if need == "akkoord":
        return Goal.objects.awaiting(Party.SCHOOL)
    if need == "beoordelen":
        return Goal.objects.filter(state=GoalState.DEMONSTRATED)
    return Goal.objects.filter(state__in=TO_DO, current__due_on__lt=today(), plan__state=PlanState.ACTIVE)


def waiting_situations() -> Any:
    """Work situations that no session has yet; never those the student keeps private."""
    return WorkSituation.objects.filter(state=SituationState.SUBMITTED).exclude(visible_for=VisibleFor.ME)


def with_enrolled(cohorts: Any) -> Any:
    """Cohorts with seats taken, people waiting and the next session."""
    enrolled = Enrolment.objects.filter(cohort=OuterRef("pk"))
    sessions = Session.objects.upcoming().filter(cohort=OuterRef("pk"))
    return cohorts.annotate(
        taken=_count(enrolled.running(), "cohort"),
        n_wachtlijst=_count(enrolled.filter(state=EnrolmentState.WAITING), "cohort"),
        next_session=Subquery(sessions.values("starts_at")[:1]),
    )


def with_whole_needs(cohorts: Any) -> Any:
    """The same, with what waits in the cohort as a whole."""
    enrolled = Enrolment.objects.running().filter(cohort=OuterRef("pk"))
    waiting = waiting_situations().filter(enrolment__cohort=OuterRef("pk"))
    return with_enrolled(cohorts).annotate(
        n_werksituaties=_count(waiting, "enrolment__cohort"),
        n_zonder_plan=_count(enrolled.filter(plans=None), "cohort"),
    )


def with_needs(cohorts: Any) -> Any:
    """The same, with a count per act that goals ask of the school."""
    return with_whole_needs(cohorts).annotate(
        n_akkoord=_count_goals("akkoord"),
        n_beoordelen=_count_goals("beoordelen"),
        n_te_laat=_count_goals("te-laat"),
    )


def _count_goals(need: str) -> Coalesce:
    goals = goals_needing(need).filter(
        plan__enrolment__cohort=OuterRef("pk"), plan__enrolment__state=EnrolmentState.ENROLLED
    )
    return _count(goals, "plan__enrolment__cohort")


def _count(rows: Any, key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
