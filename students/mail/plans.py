"""Mails about plans and their goals."""

from __future__ import annotations

from django.urls import reverse

from accounts.mail import letters
from partnerships.actors import Actor
from students.enums import Party
from students.models import Consent, Goal, LearningPlan
from students.queries.people import people_of


def parties_consent_asked(plan: LearningPlan, *, number: int, party: Party | None, by: Actor) -> None:
    """The other parties hear at once that texts wait for their answer; the reminders follow when it stays away."""
    enrolment = plan.enrolment
    for user in people_of(enrolment, *(other for other in Party if other != party)):
        if user.pk == by.user_id:
            continue
        letters.to_user(
            user,
            "students/mail/parties_consent_asked.txt",
            link=reverse("students:plan-consent", args=[plan.public_id]),
            is_student=enrolment.student.user_id == user.pk,
            student=enrolment.student.full_name,
            number=number,
        )


def parties_goal_sent_back(goal: Goal, consent: Consent) -> None:
    """A party asks another text: the other two hear, so that someone writes it. What was asked stays in the portal."""
    enrolment = goal.plan.enrolment
    others = [party for party in Party if party != consent.party]
    for user in people_of(enrolment, *others):
        if user.pk == consent.by_id:
            continue
        letters.to_user(
            user,
            "students/mail/parties_goal_sent_back.txt",
            link=goal.get_absolute_url(),
            is_student=enrolment.student.user_id == user.pk,
            student=enrolment.student.full_name,
            party=consent.get_party_display(),
            goal=str(goal.latest),
        )


def student_goal_assessed(goal: Goal) -> None:
    """The school assessed a goal that the student handed in."""
    for user in people_of(goal.plan.enrolment, Party.STUDENT):
        letters.to_user(
            user,
            "students/mail/student_goal_assessed.txt",
            link=goal.get_absolute_url(),
            goal=str(goal.shown),
            result=goal.result,
        )
