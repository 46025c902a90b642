"""What waits for someone around learning plans; a first page merges these with the steps of other apps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.dates import today
from core.readlog import Subject, unseen
from partnerships.actors import Actor
from students.enums import GoalState
from students.models import Goal, Student
from students.presenters.cohort_steps import for_cohorts
from students.presenters.reports import reported_to_student, reported_to_teacher
from students.queries import waiting
from ui.formats import day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep, by_urgency

SOON_DAYS = 14


@unseen()
def for_student(actor: Actor) -> list[NextStep]:
    """Consent asked, texts sent back, goals to take up again or to hand in soon, texts that were reported."""
    steps = [
        consent_step(reverse("students:plan-consent", args=[row["plan__public_id"]]), row["number"])
        for row in waiting.asked_of_student(person=actor.person_id)
    ]
    soon = today() + timedelta(days=SOON_DAYS)
    for goal in waiting.to_do_of_student(person=actor.person_id, soon=soon):
        steps.append(goal_step(goal, is_sent_back=goal.is_sent_back))  # type: ignore[attr-defined]  # annotated there
    steps += reported_to_student(actor)
    return by_urgency(steps)[:MOST]


def consent_step(url: str, number: int, name: str = "", about: Subject | None = None) -> NextStep:
    """The step of a party that is asked to agree; the most urgent thing there is: two others wait for it."""
    words = ngettext(
        "Your consent is asked for %(number)d goal", "Your consent is asked for %(number)d goals", number
    )
    text: str | Promise = _("Read and say whether you agree. The others wait for your answer.")
    if name:
        text = format_lazy(_("Learning plan of {name}. The others wait for your answer."), name=name)
    return NextStep(
        title=words % {"number": number},
        text=text,
        url=url,
        button=_("Read and answer"),
        due=today(),
        kind="consent",
        about=about,
        many=_("Answer what is asked in learning plans"),
        count=number,
    )


def goal_step(goal: Goal, *, is_sent_back: bool, about: Subject | None = None) -> NextStep:
    """What is next with one goal, for the student, or for a teacher of whomever it is about."""
    url = goal.get_absolute_url()
    if is_sent_back:
        return NextStep(
            title=_("View the requested change"),
            text=told(_("It is about: {goal}."), goal=dutch(goal.latest)),
            url=url,
            button=_("See the remark"),
            kind="sent_back",
            due=today(),
            about=about,
        )
    if goal.state == GoalState.ASSESSED:
        return NextStep(
            title=_("Take up a goal that was not achieved yet"),
            text=dutch(goal.shown),
            url=url,
            button=_("See what is needed"),
            kind="not_yet",
        )
    due = goal.shown.due_on if goal.shown else today()
    words = _("{goal}. Ready today.") if due == today() else _("{goal}. Due by {day}.")
    return NextStep(
        title=_("Show what you can do"),
        text=told(words, goal=dutch(goal.shown), day=day(due)),
        url=url,
        button=_("Add evidence"),
        kind="due",
        due=due,
    )


def assess_step(goal: Goal, *, name: str = "", about: Subject | None = None) -> NextStep:
    """What a teacher does with a goal that was handed in."""
    return NextStep(
        title=_("Assess what was handed in"),
        text=format_html("{}: {}", name, dutch(goal.shown)) if name else dutch(goal.shown),
        url=goal.get_absolute_url(),
        button=_("Assess the goal"),
        kind="assess",
        about=about,
    )


@unseen()
def for_teacher(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Goals handed in or sent back, answers asked, and what waits in own cohorts at that school as a whole."""
    cohorts = actor.cohorts_at(organisation_id)
    to_do = waiting.to_do_of_school(cohorts=cohorts)
    steps = [_school_step(goal, goal.plan.enrolment.student) for goal in to_do]
    steps += _consent_steps(waiting.asked_of_school(cohorts=cohorts))
    steps += for_cohorts(cohorts)
    steps += reported_to_teacher(cohorts)
    return by_urgency(steps)[:MOST]


@unseen()
def for_employer(actor: Actor, organisation_id: int) -> list[NextStep]:
    """Goals of own students that wait for the employer's answer."""
    if organisation_id not in actor.employer_organisations:
        return []
    return by_urgency(_consent_steps(waiting.asked_of_employer(organisation=organisation_id)))[:MOST]


@unseen()
def for_supervisor(actor: Actor) -> list[NextStep]:
    """Goals of own students that wait for an answer, for those who may give it."""
    if not actor.consenting_memberships:
        return []
    asked = waiting.asked_of_supervisor(memberships=actor.consenting_memberships)
    return by_urgency(_consent_steps(asked))[:MOST]


def _school_step(goal: Goal, student: Student) -> NextStep:
    if goal.state == GoalState.DEMONSTRATED:
        return assess_step(goal, name=student.full_name, about=student.subject)
    return goal_step(goal, is_sent_back=True, about=student.subject)


def _consent_steps(rows: Iterable[tuple[Any, ...]]) -> Iterable[NextStep]:
    for _plan, plan, student, person, *names, number in rows:
        url = reverse("students:plan-consent", args=[plan])
        yield consent_step(url, number, " ".join(filter(None, names)), Subject(student, person))
