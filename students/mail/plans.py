"""Mails about plans and their goals."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from core.models import StateChange
from partnerships.actors import Actor
from students.enums import GoalResult, Party
from students.models import Consent, Goal, LearningPlan
from students.queries import asks
from students.queries.people import people_of


def parties_consent_asked(plan: LearningPlan, *, number: int, party: Party | None, by: Actor) -> None:
    """The other parties hear at once that texts wait for their answer; the reminders follow when it stays away."""
    enrolment = plan.enrolment
    ask = asks.of_cohort(enrolment.cohort_id)
    for person in people_of(enrolment, *(other for other in Party if other != party)):
        if person.pk == by.person_id:
            continue
        letters.to_person(
            person,
            "students/mail/parties_consent_asked.txt",
            link=reverse("students:plan-consent", args=[plan.public_id]),
            is_student=enrolment.student.person_id == person.pk,
            student=enrolment.student.full_name,
            student_first=enrolment.student.first_name,
            ask=ask,
            number=number,
        )


def parties_goal_sent_back(goal: Goal, consent: Consent) -> None:
    """A party asks another text: the other two hear, so that someone writes it. What was asked stays in the portal."""
    enrolment = goal.plan.enrolment
    ask = asks.of_cohort(enrolment.cohort_id)
    others = [party for party in Party if party != consent.party]
    for person in people_of(enrolment, *others):
        if person.pk == consent.by_id:
            continue
        letters.to_person(
            person,
            "students/mail/parties_goal_sent_back.txt",
            link=goal.get_absolute_url(),
            is_student=enrolment.student.person_id == person.pk,
            student=enrolment.student.full_name,
            student_first=enrolment.student.first_name,
            ask=ask,
            party=consent.get_party_display(),
            goal=str(goal.latest),
        )


def teachers_goal_handed_in(goal: Goal, *, about: StateChange) -> None:
    """The student handed a goal in: a teacher assesses it."""
    for person in people_of(goal.plan.enrolment, Party.SCHOOL):
        letters.to_person(
            person,
            "students/mail/teachers_goal_handed_in.txt",
            link=goal.get_absolute_url(),
            about=about,
            student=goal.plan.enrolment.student.full_name,
            goal=str(goal.shown),
        )


def student_goal_assessed(goal: Goal, *, about: StateChange) -> None:
    """The school assessed a goal that the student handed in; one that was achieved has a page for the moment."""
    moment = reverse("goal-moment", args=[goal.public_id]) if goal.result == GoalResult.PASSED else ""
    _to_student(goal, "students/mail/student_goal_assessed.txt", about, link=moment)


def student_goal_corrected(goal: Goal, *, about: StateChange) -> None:
    """The school corrected a result; why stays in the portal."""
    _to_student(goal, "students/mail/student_goal_corrected.txt", about)


def student_goal_dropped(goal: Goal, *, about: StateChange) -> None:
    """A goal is dropped; why stays in the portal."""
    _to_student(goal, "students/mail/student_goal_dropped.txt", about)


def student_plan_closed(plan: LearningPlan, *, about: StateChange) -> None:
    """The school closed the plan while the student goes on."""
    for person in people_of(plan.enrolment, Party.STUDENT):
        letters.to_person(
            person,
            "students/mail/student_plan_closed.txt",
            link=plan.get_absolute_url(),
            about=about,
            by=about.by,
        )


def _to_student(goal: Goal, template: str, about: StateChange, link: str = "") -> None:
    """To the student, unless it was the student who did it."""
    for person in people_of(goal.plan.enrolment, Party.STUDENT):
        if person.pk == about.by_id:
            continue
        letters.to_person(
            person,
            template,
            link=link or goal.get_absolute_url(),
            about=about,
            goal=str(goal.shown),
            result=goal.result,
        )
