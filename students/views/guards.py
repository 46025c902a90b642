"""The ways into pages around a student: load what may be seen, 404 otherwise."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from core.access import Forbidden, require
from core.written import one_or_404
from partnerships.actors import Actor, ActorRequest
from programmes.models import Cohort
from programmes.views.guards import cohort_or_404
from students.models import (
    Enrolment,
    Evidence,
    Goal,
    GoalRemark,
    LearningPlan,
    PracticeOpinion,
    WorkSituation,
)
from students.queries.own import newest_enrolment
from students.queries.visible import enrolment_at, evidence_at, goal_at, goal_by_key, plan_at
from students.rules import enrolments as rules
from ui.acts import number_read


def plan_or_404(request: ActorRequest, public_id: UUID) -> LearningPlan:
    """A plan that the actor may see."""
    return one_or_404(plan_at(actor=request.actor, public_id=public_id))


def goal_or_404(request: ActorRequest, public_id: UUID) -> Goal:
    """A goal that the actor may see."""
    return one_or_404(goal_at(actor=request.actor, public_id=public_id))


def remark_or_404(request: ActorRequest, public_id: UUID) -> GoalRemark:
    """Feedback on a goal that the actor may see."""
    visible = GoalRemark.objects.visible_to(request.actor).select_related("by")
    remark = get_object_or_404(visible, public_id=public_id)
    remark.goal = one_or_404(goal_by_key(actor=request.actor, key=remark.goal_id))
    return remark


def opinion_or_404(request: ActorRequest, public_id: UUID) -> tuple[PracticeOpinion, Goal]:
    """What someone at work saw of a goal that the actor may see, and the goal."""
    visible = PracticeOpinion.objects.visible_to(request.actor).with_hand_ins().select_related("version")
    opinion = get_object_or_404(visible, public_id=public_id)
    return opinion, one_or_404(goal_by_key(actor=request.actor, key=opinion.version.goal_id))


def enrolment_or_404(request: ActorRequest, public_id: UUID) -> Enrolment:
    """An enrolment in which the actor is a party."""
    return one_or_404(enrolment_at(actor=request.actor, public_id=public_id))


def evidence_or_404(request: ActorRequest, public_id: UUID) -> Evidence:
    """A piece of evidence that the student shows to the actor."""
    return one_or_404(evidence_at(actor=request.actor, public_id=public_id))


def taught_cohort_or_404(request: ActorRequest, school: str, cohort: UUID) -> Cohort:
    """A cohort, for its teachers: 403 for others of the school, who see it without its students."""
    group = cohort_or_404(request, school, cohort)
    require(rules.can_see_students(request.actor, group))
    return group


def cohort_enrolment_or_404(
    request: ActorRequest, school: str, cohort: UUID, enrolment: UUID
) -> tuple[Cohort, Enrolment]:
    """The cohort, for its teachers only, and one of its enrolments."""
    group = taught_cohort_or_404(request, school, cohort)
    mine = Enrolment.objects.visible_to(request.actor).with_parties()
    related = mine.select_related(
        "student__invitation",
        "student__person__user",
        "student__person__contact_card",
        "cohort__programme__school",
        "continues__cohort__programme__school",
        "continued_by__cohort__programme__school",
    )
    return group, get_object_or_404(related, cohort=group, public_id=enrolment)


def situation_or_404(request: ActorRequest, cohort: Cohort, situation: UUID) -> WorkSituation:
    """A work situation of a student in the cohort that was shown to the actor."""
    visible = WorkSituation.objects.visible_to(request.actor).for_list()
    return get_object_or_404(visible, enrolment__cohort=cohort, public_id=situation)


def shown_situation_or_404(request: ActorRequest, situation: UUID) -> WorkSituation:
    """A work situation that the student shows to the actor."""
    visible = WorkSituation.objects.visible_to(request.actor).for_list()
    return get_object_or_404(visible, public_id=situation)


def own_situation_or_404(request: ActorRequest, situation: UUID) -> WorkSituation:
    """One of the student's own work situations."""
    mine = WorkSituation.objects.own(request.actor).for_list()
    return get_object_or_404(mine, public_id=situation)


def uuid_read(text: str) -> UUID:
    """The public id that a page sent; 404 for anything else."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def version_read(goal: Goal, asked: str) -> int:
    """The text that was on the screen, by the number that the page sent; 0, which no text has, for an unknown one."""
    number = number_read(asked)
    return number if number == goal.latest_id or goal.versions.filter(pk=number).exists() else 0


def own_enrolment(actor: Actor) -> Enrolment:
    """The newest enrolment of a student; the running one before those that ended."""
    newest = newest_enrolment(person=actor.person_id)
    if not newest:
        raise Forbidden(_("These pages are for students."))
    return newest[0]
