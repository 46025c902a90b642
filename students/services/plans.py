"""Learning plans: made by the school, agreed goal by goal by three parties (style.md 2.3, "Consent").

Every verb takes the lock on the plan first, so that two last answers at the same moment activate it once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import states
from partnerships.actors import Actor
from programmes.models import Cohort, WorkProcess
from students import mail
from students.enums import Answer, EnrolmentState, GoalOrigin, GoalState, Party, PlanState
from students.models import Consent, Enrolment, Goal, GoalVersion, LearningPlan, PlanVersion
from students.queries.suggestions import first_person
from students.rules import party_of

TEXTS = ("text", "criterion", "way_of_working", "evidence_asked", "due_on")
_PARTIES = 3


def locked(plan_id: int) -> LearningPlan:
    """The plan under a row lock, with the parties of its enrolment; a closed plan is refused."""
    plan = LearningPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan_id)
    if plan.state == PlanState.CLOSED:
        raise ValidationError(_("This learning plan is closed."))
    plan.enrolment = Enrolment.objects.with_parties().get(pk=plan.enrolment_id)
    return plan


def locked_goal(goal_id: int) -> Goal:
    """A goal with its plan locked; the row is read after the lock was won."""
    plan = locked(Goal.objects.values_list("plan_id", flat=True).get(pk=goal_id))
    goal = Goal.objects.select_related("current", "latest").get(pk=goal_id)
    goal.plan = plan
    return goal


@transaction.atomic
def create(
    *, enrolment_id: int, by: Actor, work_process_ids: Collection[int] = (), due_on: date | None = None
) -> LearningPlan:
    """Make the plan of an enrolment, with a suggested goal for each work process named."""
    enrolment = Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    if enrolment.state != EnrolmentState.ENROLLED:
        raise ValidationError(_("A learning plan is made for a student who is enrolled."))
    if enrolment.plans.open().exists():
        raise ValidationError(_("This student already has a learning plan."))
    plan = LearningPlan.objects.create(enrolment=enrolment)
    programme = Cohort.objects.values_list("programme", flat=True).get(pk=enrolment.cohort_id)
    for process in WorkProcess.objects.of_programme(programme).filter(pk__in=work_process_ids):
        add_goal(
            plan_id=plan.pk,
            by=by,
            origin=GoalOrigin.QUALIFICATION,
            work_process_id=process.pk,
            text=first_person(process.title),
            due_on=due_on or enrolment.ends_on,
        )
    return plan


@transaction.atomic
def add_goal(
    *,
    plan_id: int,
    by: Actor,
    text: str,
    due_on: date,
    origin: str = GoalOrigin.QUALIFICATION,
    work_process_id: int | None = None,
    criterion: str = "",
    way_of_working: str = "",
    evidence_asked: str = "",
) -> Goal:
    """Add a goal with its first text; nobody is asked yet."""
    plan = locked(plan_id)
    if plan.goals.live().filter(work_process=work_process_id, latest__text=text).exists():
        raise ValidationError(_("This goal is already in the learning plan."))
    last = plan.goals.aggregate(last=Max("position"))["last"]
    goal = Goal.objects.create(
        plan=plan, origin=origin, work_process_id=work_process_id, position=0 if last is None else last + 1
    )
    _write(
        goal,
        by,
        text=text,
        due_on=due_on,
        criterion=criterion,
        way_of_working=way_of_working,
        evidence_asked=evidence_asked,
    )
    return goal


@transaction.atomic
def change_goal(*, goal_id: int, by: Actor, based_on: int | None = None, **texts: Any) -> GoalVersion:
    """Write a new text of one goal; the agreed one holds until three parties agree on this one.

    `based_on` is the version the writer read: who writes over someone else's newer text is told so. One's own words
    sent a second time stand as they were.
    """
    goal = locked_goal(goal_id)
    newest = goal.latest
    if goal.state not in {GoalState.PROPOSED, GoalState.AGREED, GoalState.BUSY} or newest is None:
        raise ValidationError(_("This goal was handed in or assessed: its text stands."))
    wanted = {name: texts.get(name, getattr(newest, name)) for name in TEXTS}
    same = all(getattr(newest, name) == value for name, value in wanted.items())
    if based_on is not None and based_on != newest.pk:
        if same and newest.created_by_id == by.user_id:
            return newest
        raise ValidationError(_("Someone else has just changed this goal. Read the new text first."))
    if same and not newest.consents.filter(answer=Answer.CHANGE).exists():
        raise ValidationError(_("You have changed nothing yet."))
    return _write(goal, by, **wanted)


def _write(goal: Goal, by: Actor, **texts: Any) -> GoalVersion:
    version = GoalVersion.objects.create(
        goal=goal, number=(goal.latest.number if goal.latest else 0) + 1, created_by_id=by.user_id, **texts
    )
    goal.latest = version
    goal.save(update_fields=["latest"])
    return version


@transaction.atomic
def ask_consent(*, plan_id: int, by: Actor, goal_ids: Collection[int] | None = None) -> PlanVersion:
    """Put every text that was not asked yet to consent, as the next numbered version of the plan.

    Asking as a party is saying yes to the texts asked. `goal_ids` narrows it to one's own proposals. Without an
    employer there is nobody to ask: the plan stays a draft (style.md 2.2).
    """
    plan = locked(plan_id)
    if plan.enrolment.parties.employer is None:
        raise ValidationError(
            _("There is no employer to ask yet: the plan stays a draft until the student has a place.")
        )
    goals = list(plan.goals.assessable().select_related("current", "latest").order_by("position", "pk"))
    asked = [
        goal
        for goal in goals
        if goal.latest and goal.latest.asked_at is None and (goal_ids is None or goal.pk in goal_ids)
    ]
    if not asked:
        raise ValidationError(_("There is no new text to ask consent for."))
    now = timezone.now()
    GoalVersion.objects.filter(pk__in=[goal.latest_id for goal in asked]).update(asked_at=now)
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(plan=plan, number=last + 1, asked_by_id=by.user_id)
    live = plan.goals.live().filter(Q(latest__asked_at__isnull=False) | Q(current__isnull=False))
    texts = (
        goal.latest if goal.latest and goal.latest.asked_at else goal.current
        for goal in live.select_related("current", "latest")
    )
    version.goal_versions.set([text for text in texts if text is not None])
    party = party_of(by, plan.enrolment)
    for goal in asked:
        if party is not None:
            goal.plan = plan
            _record(goal, party, Answer.YES, "", by)
    mail.parties_consent_asked(plan, number=len(asked), party=party, by=by.user_id)
    return version


@transaction.atomic
def answer(*, goal_version_id: int, party: str, answer: str, by: Actor, remark: str = "") -> Consent:
    """One party's answer to one text: yes, or the wish for another text with the reason.

    The third yes puts the text in force; the last goal agreed makes the plan active, once and for good.
    """
    goal = locked_goal(Goal.objects.values_list("pk", flat=True).get(versions=goal_version_id))
    party = Party(party)
    if goal.latest_id != goal_version_id:
        raise ValidationError(_("There is a newer text of this goal. Read it and answer again."))
    if goal.state in {GoalState.ASSESSED, GoalState.LAPSED}:
        raise ValidationError(_("Nobody has to agree to this goal any more."))
    if goal.latest is None or goal.latest.asked_at is None:
        raise ValidationError(_("Nobody has asked consent for this text yet."))
    employer = goal.plan.enrolment.parties.employer
    if party == Party.EMPLOYER and employer is None:
        raise ValidationError(_("This student has no employer at the moment."))
    if goal.answer_of(party, employer) is not None:
        raise ValidationError(_("Your side has already answered to this text."))
    if answer == Answer.CHANGE and not remark.strip():
        raise ValidationError(_("Say what should change."))
    return _record(goal, party, Answer(answer), remark.strip(), by)


@transaction.atomic
def answer_many(*, plan_id: int, party: str, answers: Mapping[int, tuple[str, str]], by: Actor) -> int:
    """Several answers from one form: all of them or none. Version id → (answer, remark)."""
    locked(plan_id)
    for version_id, (said, remark) in answers.items():
        answer(goal_version_id=version_id, party=party, answer=said, remark=remark, by=by)
    return len(answers)


def _record(goal: Goal, party: Party, said: Answer, remark: str, by: Actor) -> Consent:
    employer = goal.plan.enrolment.parties.employer
    if goal.latest is None:
        raise ValidationError(_("Nobody has asked consent for this text yet."))
    consent = Consent.objects.create(
        goal_version=goal.latest,
        party=party,
        answer=said,
        remark=remark,
        by_id=by.user_id,
        organisation_id=employer if party == Party.EMPLOYER else None,
        at=timezone.now(),
    )
    if said == Answer.CHANGE:
        mail.parties_goal_sent_back(goal, consent)
    elif _agreed_versions(goal.plan, [goal.latest_id]):
        _put_in_force(goal, by)
    return consent


def _put_in_force(goal: Goal, by: Actor) -> None:
    goal.current = goal.latest
    if goal.state == GoalState.PROPOSED:
        states.advance(goal, "agree", by=by.user_id, current=goal.latest)
    else:
        goal.save(update_fields=["current"])
    activate_if_agreed(goal.plan, by)


def activate_if_agreed(plan: LearningPlan, by: Actor) -> None:
    """Make the plan active at the first moment that all its goals are agreed. Call it under the plan's lock."""
    if plan.state != PlanState.DRAFT:
        return
    goals = dict(plan.goals.live().exclude(state=GoalState.ASSESSED).values_list("pk", "current"))
    if not plan.goals.live().exists() or None in goals.values():
        return
    if len(_agreed_versions(plan, list(goals.values()))) == len(goals):
        states.advance(plan, "activate", by=by.user_id, activated_at=timezone.now())


def _agreed_versions(plan: LearningPlan, version_ids: Collection[int | None]) -> set[int]:
    """Those of the texts to which student, school and today's employer said yes."""
    employer = plan.enrolment.parties.employer
    counted = (
        Consent.objects.filter(goal_version__in=version_ids, answer=Answer.YES)
        .filter(~Q(party=Party.EMPLOYER) | Q(organisation=employer))
        .values("goal_version")
        .annotate(yes=Count("party", distinct=True))
        .order_by("goal_version")
    )
    return {row["goal_version"] for row in counted if row["yes"] == _PARTIES}


@transaction.atomic
def close(*, plan_id: int, by: Actor) -> LearningPlan:
    """Close the plan when the student has finished or left."""
    plan = locked(plan_id)
    states.advance(plan, "close", by=by.user_id)
    return plan
