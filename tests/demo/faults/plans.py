"""Faults in plans, goals, consents and hand-ins."""

import datetime as dt

from django.db.models import F
from django.utils import timezone

from demo.seed.history import made_at
from placements.models import Slot
from students.enums import EnrolmentState, GoalState, Party, PlanState
from students.models import (
    Consent,
    Enrolment,
    Evidence,
    Goal,
    GoalRemark,
    GoalVersion,
    HandIn,
    LearningPlan,
    PlanVersion,
    PracticeOpinion,
)
from tests.demo.faults.base import DAY, LONG_AGO, ORDINARY, Fault, change, step, stranger

ACTIVE = LearningPlan.objects.filter(state=PlanState.ACTIVE)
FIRST_TEXTS = GoalVersion.objects.filter(number=1, asked_at__isnull=False)


def write_a_newer_text() -> None:
    first = FIRST_TEXTS.earliest("pk")
    with made_at(first.asked_at or LONG_AGO):
        GoalVersion.objects.create(goal=first.goal, number=9, text="Anders", due_on=first.due_on)


def write_what_was_seen_before_it_was_agreed() -> None:
    seen = PracticeOpinion.objects.earliest("pk")
    PracticeOpinion.objects.create(
        version=seen.version, by=seen.by, membership=seen.membership, text="Te vroeg", at=LONG_AGO
    )


def unagree() -> None:
    Consent.objects.filter(
        goal_version=Goal.objects.filter(state=GoalState.AGREED).earliest("pk").current
    ).delete()


def organisation_elsewhere() -> int:
    """An employer that is not the one of the first placement and its plan."""
    return (
        Slot.objects.exclude(organisation=ORDINARY.earliest("pk").slot.organisation_id)
        .earliest("pk")
        .organisation_id
    )


FAULTS: list[Fault] = [
    (
        "consent_is_of_the_party_of_then",
        "did not stand for this party",
        change(Consent.objects.filter(party=Party.SCHOOL), by=stranger),
    ),
    (
        "consent_is_of_the_party_of_then",
        "another organisation",
        change(Consent.objects.filter(party=Party.EMPLOYER), organisation=organisation_elsewhere),
    ),
    (
        "consent_is_to_a_text_that_was_asked",
        "answered before it was asked",
        change(Consent.objects.all(), at=LONG_AGO),
    ),
    (
        "consent_is_to_a_text_that_was_asked",
        "asked before it was written",
        change(FIRST_TEXTS, created_at=timezone.now),
    ),
    ("consent_is_to_a_text_that_was_asked", "there was a newer text", write_a_newer_text),
    ("goal_in_force_has_three_yeses", "not numbered", change(FIRST_TEXTS, number=5)),
    ("goal_in_force_has_three_yeses", "not the last one that three parties agreed to", unagree),
    (
        "goal_in_force_has_three_yeses",
        "not agreed at the third yes",
        step("agree", "students.goal", at=F("at") + DAY),
    ),
    (
        "goal_in_force_has_three_yeses",
        "does not say when it was agreed",
        change(GoalVersion.objects.filter(agreed_at=None), agreed_at=timezone.now()),
    ),
    ("goal_is_worked_on_by_whom_it_concerns", "assess by someone who may not", step("assess", by=stranger)),
    (
        "assessment_is_written_down",
        "than the history says",
        step("assess", "students.goal", by=stranger),
    ),
    (
        "assessment_is_written_down",
        "when its newest decision",
        change(Goal.objects.filter(state=GoalState.ASSESSED), assessed_at=timezone.now),
    ),
    ("hand_in_is_of_its_moment", "than the history says", change(HandIn.objects.all(), at=LONG_AGO)),
    (
        "hand_in_is_of_its_moment",
        "not there yet",
        lambda: Evidence.objects.update(created_at=timezone.now() + DAY),
    ),
    (
        "hand_in_is_of_its_moment",
        "was changed after",
        lambda: Evidence.objects.update(edited_at=timezone.now() + DAY),
    ),
    (
        "hand_in_is_of_its_moment",
        "was not seen yet",
        change(HandIn.objects.filter(opinion__isnull=False), at=LONG_AGO),
    ),
    (
        "opinion_is_of_who_saw_the_student_work",
        "did not work with the student",
        change(PracticeOpinion.objects.all(), by=stranger),
    ),
    (
        "opinion_is_of_who_saw_the_student_work",
        "not agreed yet",
        write_what_was_seen_before_it_was_agreed,
    ),
    (
        "hand_in_is_of_its_moment",
        "another text",
        change(HandIn.objects.all(), version=lambda: HandIn.objects.latest("pk").version_id),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "a draft of which everything is agreed",
        change(ACTIVE, state=PlanState.DRAFT),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "not every goal is agreed",
        change(Goal.objects.filter(state=GoalState.AGREED), state=GoalState.PROPOSED, current=None),
    ),
    (
        "plan_is_active_from_the_last_agreement",
        "not active from the moment",
        change(ACTIVE, activated_at=timezone.now),
    ),
    ("plan_versions_hold_what_was_asked", "not numbered from 1", change(PlanVersion.objects.all(), number=7)),
    (
        "plan_versions_hold_what_was_asked",
        "that no version holds",
        lambda: PlanVersion.objects.latest("pk").goal_versions.clear(),
    ),
    (
        "plan_versions_hold_what_was_asked",
        "who is no party",
        change(PlanVersion.objects.all(), asked_by=stranger),
    ),
    (
        "plan_versions_hold_what_was_asked",
        "was no employer",
        change(PlanVersion.objects.all(), asked_at=LONG_AGO),
    ),
    ("plan_versions_hold_what_was_asked", "not asked yet", change(FIRST_TEXTS, asked_at=timezone.now)),
    (
        "closed_plan_is_left_alone",
        "open without a running enrolment",
        change(
            Enrolment.objects.filter(plans__state=PlanState.ACTIVE),
            state=EnrolmentState.COMPLETED,
            ended_on=dt.date.today,
        ),
    ),
    (
        "closed_plan_is_left_alone",
        "something happened after it was closed",
        change(GoalRemark.objects.filter(goal__plan__state=PlanState.CLOSED), at=timezone.now),
    ),
]
