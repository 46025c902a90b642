"""Learning plans: made by the school, agreed goal by goal by three parties (docs/domain.md 3).

Every verb takes the lock on the plan first, so that two last answers at the same moment activate it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.mail import letters
from core import states, versions
from core.access import ensure
from core.models import StateChange
from partnerships.actors import Actor
from programmes.models import WorkProcess
from students import mail, rules
from students.enums import Answer, GoalOrigin, GoalState, Party, PlanState
from students.models import Consent, Enrolment, Goal, GoalVersion, LearningPlan, PlanVersion
from students.models.answers import answers_that_count
from students.models.consents import SAY_WHAT
from students.models.plans import HAS_PLAN
from students.queries.suggestions import first_person
from students.services.locks import locked, locked_even_closed, locked_goal

TEXTS = ("text", "criterion", "way_of_working", "evidence_asked", "due_on")


@transaction.atomic
def create(
    *, enrolment_id: int, by: Actor, work_process_ids: Collection[int] = (), due_on: date | None = None
) -> LearningPlan:
    """Make the plan of an enrolment, with a suggested goal for each work process named."""
    Enrolment.objects.select_for_update(of=("self",), no_key=True).get(pk=enrolment_id)
    enrolment = Enrolment.objects.with_parties().select_related("cohort").get(pk=enrolment_id)
    ensure(rules.can_create_plan(by, enrolment))
    if enrolment.plans.open().exists():
        raise ValidationError(HAS_PLAN)
    plan = LearningPlan.objects.create(enrolment=enrolment)
    processes = WorkProcess.objects.of_programme(enrolment.cohort.programme_id).filter(
        pk__in=work_process_ids
    )
    _suggest(plan, processes, by=by, due_on=due_on or enrolment.ends_on)
    return plan


def _suggest(plan: LearningPlan, processes: Iterable[WorkProcess], *, by: Actor, due_on: date) -> None:
    """The first goals of a plan that has none yet, one for each work process: three queries, however many there are."""
    goals = Goal.objects.bulk_create(
        Goal(plan=plan, origin=GoalOrigin.QUALIFICATION, work_process=process, position=position)
        for position, process in enumerate(processes)
    )
    texts = GoalVersion.objects.bulk_create(
        GoalVersion(
            goal=goal,
            number=1,
            created_by_id=by.person_id,
            text=first_person(goal.work_process.title if goal.work_process else ""),
            due_on=due_on,
        )
        for goal in goals
    )
    for goal, text in zip(goals, texts, strict=True):
        goal.latest = text
    Goal.objects.bulk_update(goals, ["latest"])


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
    ensure(rules.can_propose_goal(by, plan))
    alike = plan.goals.live().filter(work_process=work_process_id, latest__text=text)
    same = alike.select_related("latest").first()
    if same is not None and same.latest is not None:
        if (same.latest.created_by_id, same.latest.due_on) == (by.person_id, due_on):
            return same  # a form sent twice
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

    `based_on` is the version the writer read. Raises ValidationError when someone else wrote a newer one meanwhile;
    the same words of the same writer, sent a second time, make no new version.
    """
    goal = locked_goal(goal_id)
    ensure(rules.can_change_goal(by, goal))
    newest = goal.latest
    if newest is None:
        raise ValueError(f"Goal {goal_id} has no text.")
    wanted = {name: texts.get(name, getattr(newest, name)) for name in TEXTS}
    same = all(getattr(newest, name) == value for name, value in wanted.items())
    if based_on is not None and based_on != newest.pk:
        if same and newest.created_by_id == by.person_id:
            return newest
        raise ValidationError(_("Someone else has just changed this goal. Read the new text first."))
    if same and not newest.consents.filter(answer=Answer.CHANGE).exists():
        raise ValidationError(_("You have changed nothing yet."))
    return _write(goal, by, **wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewriting:
    """A new text for one goal, and the version its writer read."""

    goal_id: int
    based_on: int
    texts: Mapping[str, Any]


@transaction.atomic
def save_texts(
    *,
    plan_id: int,
    by: Actor,
    changes: Collection[Rewriting],
    work_process_id: int | None = None,
    new: Mapping[str, Any] | None = None,
) -> None:
    """Write all texts of a page of the editor or none: those changed, and a new goal of its work process."""
    for change in changes:
        change_goal(goal_id=change.goal_id, by=by, based_on=change.based_on, **change.texts)
    if new is not None:
        add_goal(plan_id=plan_id, by=by, work_process_id=work_process_id, **new)


@transaction.atomic
def propose_goal(*, plan_id: int, by: Actor, work_process_id: int | None, texts: Mapping[str, Any]) -> Goal:
    """Add a goal as a party, and put it to consent at once when there is an employer to ask."""
    plan = locked(plan_id)
    origin = rules.origin_of(by, plan, has_process=work_process_id is not None)
    goal = add_goal(plan_id=plan_id, by=by, origin=origin, work_process_id=work_process_id, **texts)
    _ask_for(goal.latest, plan, by)
    return locked_goal(goal.pk)


@transaction.atomic
def rewrite_goal(*, goal_id: int, by: Actor, based_on: int, texts: Mapping[str, Any]) -> bool:
    """Write a new text of one goal and put it to consent at once; gives whether there was an employer to ask."""
    version = change_goal(goal_id=goal_id, by=by, based_on=based_on, **texts)
    return _ask_for(version, locked_goal(goal_id).plan, by)


def _ask_for(version: GoalVersion | None, plan: LearningPlan, by: Actor) -> bool:
    """Put one's own text to consent. Gives False when there is no employer to ask: the plan is still a draft then."""
    if version is None or plan.enrolment.parties.employer is None:
        return False
    if version.asked_at is None:
        ask_consent(plan_id=plan.pk, by=by, goal_ids=[version.goal_id])
    return True


def _write(goal: Goal, by: Actor, **texts: Any) -> GoalVersion:
    version = GoalVersion.objects.create(
        goal=goal, number=(goal.latest.number if goal.latest else 0) + 1, created_by_id=by.person_id, **texts
    )
    goal.latest = version
    goal.save(update_fields=["latest"])
    return version


@transaction.atomic
def ask_consent(
    *,
    plan_id: int,
    by: Actor,
    goal_ids: Collection[int] | None = None,
    shown: Collection[int] | None = None,
) -> PlanVersion:
    """Put every text that was not asked yet to consent, as the next numbered version of the plan.

    Asking as a party is saying yes to the texts asked, so they must all be among those `shown`. `goal_ids` narrows it
    to one's own proposals. Without an employer there is nobody to ask: the plan stays a draft. Asked once more when all
    was asked, it gives what the same person asked last.
    """
    plan = locked(plan_id)
    ensure(rules.can_ask_consent(by, plan))
    goals = list(plan.goals.assessable().select_related("current", "latest").order_by("position", "pk"))
    asked = [
        goal
        for goal in goals
        if goal.latest and goal.latest.asked_at is None and (goal_ids is None or goal.pk in goal_ids)
    ]
    if not asked:
        newest = plan.versions.order_by("-number").first()
        if newest is None or newest.asked_by_id != by.person_id:
            raise ValidationError(_("There is no new text to ask consent for."))
        return newest
    if shown is not None and not {goal.latest_id for goal in asked} <= set(shown):
        raise versions.Changed
    now = timezone.now()
    GoalVersion.objects.filter(pk__in=[goal.latest_id for goal in asked]).update(asked_at=now)
    last = plan.versions.aggregate(last=Max("number"))["last"] or 0
    version = PlanVersion.objects.create(plan=plan, number=last + 1, asked_by_id=by.person_id)
    live = plan.goals.live().filter(Q(latest__asked_at__isnull=False) | Q(current__isnull=False))
    texts = (
        goal.latest if goal.latest and goal.latest.asked_at else goal.current
        for goal in live.select_related("current", "latest")
    )
    version.goal_versions.set([text for text in texts if text is not None])
    party = rules.party_of(by, plan.enrolment)
    for goal in asked:
        if party is not None:
            goal.plan = plan
            _record(goal, party, Answer.YES, "", by)
    mail.parties_consent_asked(plan, number=len(asked), party=party, by=by)
    return version


@transaction.atomic
def answer(*, goal_version_id: int, answer: str, by: Actor, remark: str = "") -> Consent:
    """The answer of the actor's party to one text: yes, or the wish for another text with the reason.

    The third yes puts the text in force; the last goal agreed makes the plan active, once and for good.
    """
    of_version = Goal.objects.filter(versions=goal_version_id).values_list("pk", flat=True).first()
    if of_version is None:
        raise versions.Changed
    goal = locked_goal(of_version)
    if goal.latest_id != goal_version_id:
        raise ValidationError(_("There is a newer text of this goal. Read it and answer again."))
    party = rules.party_of(by, goal.plan.enrolment)
    if same := _said_already(goal, party, answer, remark.strip(), by):
        return same
    ensure(rules.can_answer(by, goal))
    if answer == Answer.CHANGE and not remark.strip():
        raise ValidationError(SAY_WHAT)
    if party is None:
        raise ValueError("can_answer lets only parties through")
    return _record(goal, party, Answer(answer), remark.strip(), by)


@transaction.atomic
def answer_many(*, plan_id: int, answers: Mapping[int, tuple[str, str]], by: Actor) -> int:
    """Several answers from one form: all of them or none. Version id → (answer, remark)."""
    locked(plan_id)
    for version_id, (said, remark) in answers.items():
        answer(goal_version_id=version_id, answer=said, remark=remark, by=by)
    return len(answers)


def _said_already(goal: Goal, party: Party | None, said: str, remark: str, by: Actor) -> Consent | None:
    """The newest answer of the party when it is this one, by the same person: then it was sent twice."""
    newest = goal.answers_of(goal.plan.enrolment.parties.employer).get(party or "")
    if newest and (newest.answer, newest.remark, newest.by_id) == (said, remark, by.person_id):
        return newest
    return None


def _record(goal: Goal, party: Party, said: Answer, remark: str, by: Actor) -> Consent:
    """Write one party's answer to the newest text, and what follows from it."""
    if goal.latest is None:
        raise ValueError(f"Goal {goal.pk} has no text.")
    employer = goal.plan.enrolment.parties.employer
    consent = Consent.objects.create(
        goal_version=goal.latest,
        number=goal.latest.consents.count() + 1,
        party=party,
        capacity=rules.capacity_of(by, goal.plan.enrolment),
        answer=said,
        remark=remark,
        by_id=by.person_id,
        organisation_id=employer if party == Party.EMPLOYER else None,
        at=timezone.now(),
    )
    if said == Answer.CHANGE:
        mail.parties_goal_sent_back(goal, consent)
    elif _agreed_versions(goal.plan, [goal.latest_id]):
        _put_in_force(goal, consent, by)
    return consent


def _put_in_force(goal: Goal, last: Consent, by: Actor) -> None:
    """All three said yes, `last` as the last: a new employer's yes to what was agreed before changes nothing of that."""
    GoalVersion.objects.filter(pk=last.goal_version_id, agreed_at=None).update(agreed_at=last.at)
    goal.current = goal.latest
    if goal.state == GoalState.PROPOSED:
        states.advance(goal, "agree", by=by.person_id, current=goal.latest)
    else:
        goal.save(update_fields=["current"])
    activate_if_agreed(plan=goal.plan, by=by)


@transaction.atomic
def activate_if_agreed(*, plan: LearningPlan, by: Actor) -> None:
    """Make the plan active at the first moment that all its goals are agreed. Call it under the plan's lock."""
    if plan.state != PlanState.DRAFT:
        return
    goals = dict(plan.goals.live().exclude(state=GoalState.ASSESSED).values_list("pk", "current"))
    if not plan.goals.live().exists() or None in goals.values():
        return
    if len(_agreed_versions(plan, list(goals.values()))) == len(goals):
        states.advance(plan, "activate", by=by.person_id, activated_at=timezone.now())


def _agreed_versions(plan: LearningPlan, version_ids: Collection[int | None]) -> set[int]:
    """Those of the texts to which student, school and today's employer say yes."""
    employer = plan.enrolment.parties.employer
    if employer is None:
        return set()
    given: dict[int, list[Consent]] = defaultdict(list)
    for row in Consent.objects.filter(goal_version__in=version_ids).order_by("number"):
        given[row.goal_version_id].append(row)
    counted = {pk: answers_that_count(rows, employer) for pk, rows in given.items()}
    return {
        pk
        for pk, answers in counted.items()
        if set(answers) == set(Party) and {row.answer for row in answers.values()} == {Answer.YES}
    }


@transaction.atomic
def close(*, plan_id: int, by: Actor, cause: StateChange | None = None, read: str | None) -> LearningPlan:
    """Close the plan; `cause` is the end of the enrolment, when that is why. A closed plan stays as it is."""
    plan = locked_even_closed(plan_id)
    if plan.state == PlanState.CLOSED:
        return plan
    if cause is None:
        ensure(rules.can_close_plan(by, plan))
    versions.ensure(read, plan)
    act = states.advance(plan, "close", by=by.person_id, cause=cause)
    if cause is None:  # else the student hears of that
        mail.student_plan_closed(plan, about=act)
    return plan


@transaction.atomic
def reopen(*, plan_id: int, by: Actor, cause: StateChange | None = None, read: str | None) -> LearningPlan:
    """Take the closing back; `cause` takes back what closed it. An open plan stays as it is."""
    plan = locked_even_closed(plan_id)
    if plan.state != PlanState.CLOSED:
        return plan
    act = states.last_act(plan)
    if cause is None:
        ensure(rules.can_reopen_plan(by, plan, act))
    versions.ensure(read, plan)
    if act is None or plan.enrolment.plans.open().exists():
        raise ValidationError(HAS_PLAN)
    back = states.take_back(plan, act, by=by.person_id, cause=cause)
    letters.taken_back(back.mailed, by=str(back.change.by))
    return plan


@transaction.atomic
def go_on(*, enrolment: Enrolment, by: Actor) -> None:
    """The student came back: the plan of the former enrolment, if any, goes on under this one with all that is in it."""
    if enrolment.continues_id is None:
        return
    plans = LearningPlan.objects.select_for_update(of=("self",), no_key=True)
    plan = plans.filter(enrolment=enrolment.continues_id).order_by("-pk").first()
    if plan is not None:
        states.advance(
            plan, "reopen" if plan.activated_at else "redraft", by=by.person_id, enrolment=enrolment
        )
