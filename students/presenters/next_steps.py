"""What waits for someone around learning plans; a first page merges these with the steps of other apps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise, lazy
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.dates import today
from core.readlog import Subject, unseen
from partnerships.actors import Actor
from programmes.models import Cohort
from students.enums import GoalState
from students.models import Goal
from students.presenters.cohort_steps import for_cohorts
from students.presenters.reports import reported_to_student, reported_to_teacher
from students.queries import waiting
from ui.formats import day
from ui.languages import dutch, told
from ui.next_steps import MOST, NextStep, by_urgency

SOON_DAYS = 14


def _about(sentence: Promise, goal: str) -> str:
    return told(sentence, goal=dutch(goal))


def _whose(name: str, goal: str) -> str:
    return format_html("{}: {}", name, dutch(goal))


# Of a school many more steps are made than are shown: their words and addresses are made as they are printed.
_told = lazy(_about, str)
_named = lazy(_whose, str)


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


def goal_step(goal: Goal, *, is_sent_back: bool) -> NextStep:
    """What is next with one goal, for the student."""
    url = goal.get_absolute_url()
    if is_sent_back:
        return _sent_back_step(url, str(goal.latest))
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


def assess_step(goal: Goal) -> NextStep:
    """What a teacher does with a goal that was handed in."""
    return _assess_step(goal.get_absolute_url(), dutch(goal.shown))


def _assess_step(url: str | Promise, text: str | Promise, about: Subject | None = None) -> NextStep:
    return NextStep(
        title=_("Assess what was handed in"),
        text=text,
        url=url,
        button=_("Assess the goal"),
        kind="assess",
        about=about,
    )


def _sent_back_step(url: str | Promise, newest: str, about: Subject | None = None) -> NextStep:
    return NextStep(
        title=_("View the requested change"),
        text=_told(_("It is about: {goal}."), newest),
        url=url,
        button=_("See the remark"),
        kind="sent_back",
        due=today(),
        about=about,
    )


@unseen()
def for_teacher(actor: Actor, organisation_id: int, known: Sequence[Cohort] | None = None) -> list[NextStep]:
    """Goals handed in or sent back, answers asked, and what waits in own cohorts there as a whole (`for_cohorts`)."""
    cohorts = actor.cohorts_at(organisation_id)
    steps = [_school_step(*row) for row in waiting.to_do_of_school(cohorts=cohorts)]
    steps += _consent_steps(waiting.asked_of_school(cohorts=cohorts))
    steps += for_cohorts(cohorts, known)
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


def _school_step(
    goal: UUID, is_handed_in: bool, agreed: str | None, newest: str, student: UUID, person: int, *names: str
) -> NextStep:
    url, about = reverse_lazy("students:goal-detail", args=[goal]), Subject(student, person)
    if is_handed_in:
        name = " ".join(filter(None, names))
        return _assess_step(url, _named(name, agreed or newest), about)
    return _sent_back_step(url, newest, about)


def _consent_steps(rows: Iterable[tuple[Any, ...]]) -> Iterable[NextStep]:
    for _plan, plan, student, person, *names, number in rows:
        url = reverse("students:plan-consent", args=[plan])
        yield consent_step(url, number, " ".join(filter(None, names)), Subject(student, person))
