"""Mails about goals."""

from __future__ import annotations

from django.urls import reverse

from core import mail
from students.enums import Party
from students.mail.recipients import people_of
from students.models import Consent, Goal, LearningPlan


def parties_consent_asked(plan: LearningPlan, *, number: int, party: Party | None, by: int) -> None:
    """The other parties hear at once that texts wait for their answer; the reminders follow when it stays away."""
    enrolment = plan.enrolment
    for user in people_of(enrolment, *(other for other in Party if other != party)):
        if user.pk == by:
            continue
        mail.send(
            kind="consent_asked",
            to_email=user.email,
            user=user,
            language=user.language,
            template="students/mail/parties_consent_asked.txt",
            context={
                "greeting": user.get_short_name(),
                "is_student": enrolment.student.user_id == user.pk,
                "student": enrolment.student.full_name,
                "number": number,
            },
            link=reverse("students:plan-consent", args=[plan.public_id]),
        )


def parties_goal_sent_back(goal: Goal, consent: Consent) -> None:
    """A party asks another text: the other two hear, so that someone writes it. What was asked stays in the portal."""
    enrolment = goal.plan.enrolment
    others = [party for party in Party if party != consent.party]
    for user in people_of(enrolment, *others):
        if user.pk == consent.by_id:
            continue
        mail.send(
            kind="goal_sent_back",
            to_email=user.email,
            user=user,
            language=user.language,
            template="students/mail/parties_goal_sent_back.txt",
            context={
                "greeting": user.get_short_name(),
                "is_student": enrolment.student.user_id == user.pk,
                "student": enrolment.student.full_name,
                "party": consent.get_party_display(),
                "goal": str(goal.latest),
            },
            link=goal.get_absolute_url(),
        )


def student_goal_assessed(goal: Goal) -> None:
    """The school assessed a goal that the student handed in."""
    for user in people_of(goal.plan.enrolment, Party.STUDENT):
        mail.send(
            kind="goal_assessed",
            to_email=user.email,
            user=user,
            language=user.language,
            template="students/mail/student_goal_assessed.txt",
            context={"greeting": user.get_short_name(), "goal": str(goal.shown), "result": goal.result},
            link=goal.get_absolute_url(),
        )
