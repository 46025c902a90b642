"""Plans, goals and consent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from students.enums import Answer, EnrolmentState, GoalState, Party, PlanState
from students.models import Assessment, Consent, Enrolment, Goal, HandIn, LearningPlan, PracticeOpinion
from students.rules import at_work
from tests.demo.rules.base import Faults, actor_then, enrolment_then, party_then, past, rule


@rule(lambda: Consent.objects.select_related("goal_version__goal__plan"))
def consent_is_of_the_party_of_then(consent: Consent) -> Faults:
    enrolment = consent.goal_version.goal.plan.enrolment_id
    if party_then(consent.by_id, enrolment, consent.at) != consent.party:
        yield "who answered did not stand for this party"
    employer = enrolment_then(enrolment, consent.at).parties.employer
    if consent.organisation_id != (employer if consent.party == Party.EMPLOYER else None):
        yield "another organisation than the employer of then"


@rule(
    lambda: Consent.objects.select_related("goal_version__goal").prefetch_related(
        "goal_version__goal__versions"
    )
)
def consent_is_to_a_text_that_was_asked(consent: Consent) -> Faults:
    version = consent.goal_version
    if version.asked_at is None or consent.at < version.asked_at:
        yield "answered before it was asked"
    elif version.created_at > version.asked_at:
        yield "asked before it was written"
    newer = (other for other in version.goal.versions.all() if other.number > version.number)
    if any(other.created_at < consent.at for other in newer):
        yield "there was a newer text"


@rule(lambda: Goal.objects.select_related("plan", "current", "latest").prefetch_related("versions__consents"))
def goal_in_force_has_three_yeses(goal: Goal) -> Faults:
    versions = sorted(goal.versions.all(), key=lambda version: version.number)
    if goal.latest_id != versions[-1].pk or [version.number for version in versions] != [
        *range(1, len(versions) + 1)
    ]:
        yield "its versions are not numbered up to the newest"
    agreed = [version for version in versions if {row.party for row in _yes(version)} == set(Party)]
    if goal.current_id != (agreed[-1].pk if agreed else None):
        yield "the text in force is not the last one that three parties agreed to"
    moments = [change.at for change in past(goal, "agree")]
    if agreed and moments != [max(row.at for row in _yes(agreed[0]))]:
        yield "not agreed at the third yes"
    for version in versions:
        if version.agreed_at != (max(row.at for row in _yes(version)) if version in agreed else None):
            yield "a text does not say when it was agreed"


def _yes(version: Any) -> list[Consent]:
    return [row for row in version.consents.all() if row.answer == Answer.YES]


@rule(lambda: Goal.objects.exclude(state__in=[GoalState.PROPOSED, GoalState.LAPSED]).select_related("plan"))
def goal_is_worked_on_by_whom_it_concerns(goal: Goal) -> Faults:
    wanted = {
        "begin": {Party.STUDENT},
        "hand_in": {Party.STUDENT},
        "assess": {Party.SCHOOL},
        "correct": {Party.SCHOOL},
        "resume": {Party.STUDENT, Party.SCHOOL},
        "lapse": {Party.SCHOOL},
    }
    for change in past(goal):
        if party_then(change.by_id, goal.plan.enrolment_id, change.at) not in wanted.get(
            change.action, set(Party)
        ):
            yield f"{change.action} by someone who may not"


@rule(lambda: Goal.objects.filter(state=GoalState.ASSESSED))
def assessment_is_written_down(goal: Goal) -> Faults:
    decided = [(row.at, row.by_id) for row in Assessment.objects.of_goal(goal)]
    if sorted(decided) != [
        (change.at, change.by_id) for change in past(goal) if change.action in {"assess", "correct"}
    ]:
        yield "assessed at another moment or by someone else than the history says"
    if not decided or decided[0] != (goal.assessed_at, goal.assessed_by_id):
        yield "not assessed when its newest decision was made"


@rule(lambda: HandIn.objects.prefetch_related("evidence").select_related("goal", "opinion"))
def hand_in_is_of_its_moment(hand_in: HandIn) -> Faults:
    if hand_in.at not in [change.at for change in past(hand_in.goal, "hand_in")]:
        yield "handed in at another moment than the history says"
    if any(piece.created_at > hand_in.at for piece in hand_in.evidence.all()):
        yield "handed in with evidence that was not there yet"
    if any(piece.edited_at and piece.edited_at > hand_in.at for piece in hand_in.evidence.all()):
        yield "evidence was changed after it was handed in"
    if hand_in.opinion and hand_in.opinion.at > hand_in.at:
        yield "rests on what was not seen yet"
    if hand_in.version_id != hand_in.goal.current_id:
        yield "handed in on another text than the agreed one"


@rule(lambda: PracticeOpinion.objects.select_related("version__goal__plan"))
def opinion_is_of_who_saw_the_student_work(opinion: PracticeOpinion) -> Faults:
    enrolment = enrolment_then(opinion.version.goal.plan.enrolment_id, opinion.at)
    role = at_work(actor_then(opinion.by_id, opinion.at), enrolment)
    if role is None or role.membership_id != opinion.membership_id:
        yield "whoever gave it did not work with the student"
    if opinion.version.agreed_at is None or opinion.version.agreed_at > opinion.at:
        yield "on a text that was not agreed yet"


def _plans() -> Iterable[LearningPlan]:
    return LearningPlan.objects.prefetch_related(
        "goals__current__consents",
        "goals__evidence",
        "goals__remarks",
        "goals__latest",
        "versions__goal_versions",
    )


@rule(_plans)
def plan_is_active_from_the_last_agreement(plan: LearningPlan) -> Faults:
    goals = [goal for goal in plan.goals.all() if goal.state != GoalState.LAPSED]
    agreed = bool(goals) and all(goal.current_id for goal in goals)
    if plan.state == PlanState.DRAFT and agreed:
        yield "a draft of which everything is agreed"
    if plan.activated_at is None:
        return
    if not agreed:
        yield "active, and not every goal is agreed"
        return
    last = max(change.at for goal in goals for change in past(goal, "agree"))
    if [change.at for change in past(plan, "activate")] != [plan.activated_at] or plan.activated_at != last:
        yield "not active from the moment that the last goal was agreed"


@rule(_plans)
def plan_versions_hold_what_was_asked(plan: LearningPlan) -> Faults:
    versions = sorted(plan.versions.all(), key=lambda version: version.number)
    if [version.number for version in versions] != [*range(1, len(versions) + 1)]:
        yield "versions that are not numbered from 1"
    asked = {goal.latest for goal in plan.goals.all() if goal.latest and goal.latest.asked_at}
    held = {text for version in versions for text in version.goal_versions.all()}
    if not asked <= held:
        yield "a text was asked that no version holds"
    for version in versions:
        if party_then(version.asked_by_id, plan.enrolment_id, version.asked_at) is None:
            yield f"version {version.number} was asked by someone who is no party"
        if enrolment_then(plan.enrolment_id, version.asked_at).parties.employer is None:
            yield f"version {version.number} was asked while there was no employer"
        if any(
            text.asked_at is None or text.asked_at > version.asked_at for text in version.goal_versions.all()
        ):
            yield f"version {version.number} holds a text that was not asked yet"


@rule(_plans)
def closed_plan_is_left_alone(plan: LearningPlan) -> Faults:
    reopened = past(plan, "reopen") or past(plan, "redraft")
    closed = past(plan, "close") if not reopened else []
    running = Enrolment.objects.get(pk=plan.enrolment_id).state == EnrolmentState.ENROLLED
    if running == (plan.state == PlanState.CLOSED):
        yield "open without a running enrolment, or closed with one"
    for goal in plan.goals.all() if closed else ():
        marks = [*(row.created_at for row in goal.evidence.all()), *(row.at for row in goal.remarks.all())]
        if any(moment > closed[0].at for moment in [*marks, *(change.at for change in past(goal))]):
            yield "something happened after it was closed"
